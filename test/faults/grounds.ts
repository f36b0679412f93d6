import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTheDatabase } from '../support/event-store.js';
import { testInstallation } from '../support/installation.js';
import { eventStoreDBGround } from './eventstoredb-ground.js';

/** An installation on which faults are tried: how the application is started on it, and how it is taken away. */
export interface Ground {
  readonly settings: Readonly<Record<string, string>>;
  /** Kills the store's server, and starts it again unless the application does. */
  killStore(): Promise<void>;
  /** What else can be done to the store's server and the network before it, where that is in these hands. */
  fault?(name: string): () => Promise<void>;
  remove(): Promise<void>;
}

export interface GroundOptions {
  /** How the server of a store that is not shipped with the application is started. */
  readonly serverCommand?: string;
}

/** For each store that faults can be tried on, what makes an installation over it. */
export const grounds = {
  /** As `npm start` has it: the application starts its database, finds it again, and lets it go. */
  embedded: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kim-faults-'));
    return {
      settings: { KIM_DATA_DIR: folder },
      killStore: async () => {
        const running = await readFile(join(folder, 'postgres-server', 'process'), 'utf8');
        process.kill(Number.parseInt(running, 10), 'SIGKILL');
      },
      // Whoever guards the database ends it when its folder is gone.
      remove: () => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
    };
  },
  /** Named, as in production. */
  postgres: async () => {
    const { settings, postgres, remove } = await testInstallation({ eventStore: inTheDatabase });
    return {
      settings,
      killStore: async () => {
        await postgres.kill();
        await postgres.start();
      },
      remove,
    };
  },
  /** As production has it: `--server-command` says how its server is started. */
  eventstoredb: eventStoreDBGround,
} satisfies Readonly<Record<string, (options: GroundOptions) => Promise<Ground>>>;
