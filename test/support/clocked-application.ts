import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import type { Caller } from '../../src/access/index.js';
import { partsOf } from '../../src/app-parts.js';
import { AppModule } from '../../src/app.module.js';
import { loadSettings } from '../../src/config/index.js';
import { createApplication } from '../../src/http/index.js';
import { openInstallation } from '../../src/installation.js';
import { DeadlineRunner } from '../../src/journeys/index.js';
import { RECORD } from '../../src/record/index.js';
import type { Recorder } from '../../src/record/index.js';
import { loadReferenceData } from '../../src/reference/index.js';
import { asking } from './application.js';
import type { Asking } from './application.js';

export interface ClockedApplication extends Asking {
  /** Sets the application's clock; time stands still in between. */
  setClock(instant: string): void;
  /** What the application records with and reads from. */
  readonly recorder: Recorder;
  /** One round of the deadline runner, as if its minute had come. */
  runDeadlines(): Promise<void>;
  stop(): Promise<void>;
}

/** The whole application in the test's own process, by a clock that the test sets. A user's name is their token. */
export const startClockedApplication = async (
  settings: Readonly<Record<string, string>>,
  instant: string,
): Promise<ClockedApplication> => {
  let now = new Date(instant);
  const clock = { now: () => now };
  const installation = await openInstallation(loadSettings({ ...settings, PORT: '0' }));
  const users = new Map<string, Caller>(
    loadReferenceData().users.map(({ username, name, organisation, roles }) => [
      username,
      { userId: username, name, organisationId: organisation, roles },
    ]),
  );
  const verifier = {
    verify: (token: string) => {
      const caller = users.get(token);
      return Promise.resolve(caller && { caller, expiresAt: Number.MAX_SAFE_INTEGER });
    },
  };
  const log = () => undefined;
  const parts = partsOf(installation, { clock, verifier, log });
  const app: INestApplication = await createApplication(AppModule.with(parts), log);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    ...asking(`http://127.0.0.1:${port}`, (user) => Promise.resolve(user)),
    setClock: (next) => {
      now = new Date(next);
    },
    recorder: app.get<{ readonly recorder: Recorder }>(RECORD).recorder,
    runDeadlines: () => app.get(DeadlineRunner).run(),
    stop: async () => {
      await app.close();
      await installation.close();
    },
  };
};
