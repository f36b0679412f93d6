import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestPostgres } from './postgres.js';
import type { TestPostgres } from './postgres.js';

export interface TestInstallation {
  /** For `startApplication`: as often as one likes, at the same time or one after the other. */
  readonly settings: Readonly<Record<string, string>>;
  readonly postgres: TestPostgres;
  remove(): Promise<void>;
}

/** A database and a data directory of its own, which outlive the processes that use them. */
export const testInstallation = async (): Promise<TestInstallation> => {
  const postgres = await startTestPostgres();
  const folder = await mkdtemp(join(tmpdir(), 'kim-installation-'));
  return {
    postgres,
    settings: {
      KIM_DEMO: 'true',
      KIM_DATA_DIR: folder,
      KIM_DATABASE: postgres.connectionString,
      KIM_EVENT_STORE: postgres.connectionString,
    },
    remove: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
