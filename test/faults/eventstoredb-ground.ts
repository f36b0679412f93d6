import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEventStoreDBServers } from '../support/eventstoredb-servers.js';
import type { Ground, GroundOptions } from './grounds.js';
import { serverFault } from './server-faults.js';

/** The application over EventStoreDB's own server; all else is embedded. */
export const eventStoreDBGround = async ({ serverCommand }: GroundOptions): Promise<Ground> => {
  if (serverCommand === undefined)
    throw new Error(
      "Say with --server-command how a server is started, in the foreground: '… {port} … {data} …', " +
        'and with {seeds} a node of a cluster.',
    );
  const servers = await startEventStoreDBServers(serverCommand);
  const folder = await mkdtemp(join(tmpdir(), 'kim-faults-'));
  return {
    settings: { KIM_DEMO: 'true', KIM_DATA_DIR: folder, KIM_EVENT_STORE: servers.connectionString },
    killStore: async () => {
      await serverFault('kill')(servers);
      await servers.ready();
    },
    fault: (name) => {
      const strike = serverFault(name);
      return () => strike(servers);
    },
    remove: async () => {
      await servers.remove();
      // Whoever guards the database ends it when its folder is gone.
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
};
