import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEventStoreDB, StoreUnavailable } from '#event-store';
import type { Ground, GroundOptions } from './grounds.js';
import { serverOf } from './server-command.js';

/** The application over the EventStoreDB that KIM_TEST_EVENTSTOREDB names; all else is embedded. */
export const eventStoreDBGround = async ({ serverCommand }: GroundOptions): Promise<Ground> => {
  const connectionString = process.env['KIM_TEST_EVENTSTOREDB'];
  if (connectionString === undefined || serverCommand === undefined)
    throw new Error(
      'Name the server with KIM_TEST_EVENTSTOREDB and how it is started with --server-command.',
    );
  const server = serverOf(serverCommand);
  server.start();
  await answering(connectionString);
  const folder = await mkdtemp(join(tmpdir(), 'kim-faults-'));
  return {
    settings: { KIM_DEMO: 'true', KIM_DATA_DIR: folder, KIM_EVENT_STORE: connectionString },
    killStore: async () => {
      await server.kill();
      server.start();
      await answering(connectionString);
    },
    remove: async () => {
      await server.kill();
      // Whoever guards the database ends it when its folder is gone.
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
};

const answering = async (connectionString: string): Promise<void> => {
  for (;;) {
    try {
      const store = await openEventStoreDB({ connectionString });
      return await store.close();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }
};
