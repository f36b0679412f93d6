import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testEventStore } from './event-store.js';
import type { TestEventStore } from './event-store.js';
import { startTestPostgres } from './postgres.js';
import type { TestPostgres } from './postgres.js';

export interface TestInstallation {
  /** For `startApplication`: as often as one likes, at the same time or one after the other. */
  readonly settings: Readonly<Record<string, string>>;
  readonly postgres: TestPostgres;
  remove(): Promise<void>;
}

/** A database, an event store and a data directory of its own, which outlive the processes that use them. */
export const testInstallation = async ({
  eventStore = testEventStore,
}: { readonly eventStore?: () => Promise<TestEventStore> } = {}): Promise<TestInstallation> => {
  const [postgres, store] = await Promise.all([startTestPostgres(), eventStore()]);
  const folder = await mkdtemp(join(tmpdir(), 'kim-installation-'));
  return {
    postgres,
    settings: {
      KIM_DEMO: 'true',
      KIM_DATA_DIR: folder,
      KIM_DATABASE: postgres.connectionString,
      KIM_EVENT_STORE: postgres.connectionString,
      ...store.settings,
    },
    remove: async () => {
      await Promise.all([postgres.stop(), store.remove()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
