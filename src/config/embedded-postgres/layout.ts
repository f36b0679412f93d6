import { access, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Where the embedded database keeps what in the data directory. */
export interface Layout {
  readonly dataDirectory: string;
  readonly cluster: string;
  /** A cluster that is being made; it becomes `cluster` when it is whole. */
  readonly unfinishedCluster: string;
  readonly password: string;
  readonly log: string;
  /** Which process the server is, written before it starts. */
  readonly process: string;
  /** One file for each process that uses the server. */
  readonly holders: string;
  /** Held while the server is started, joined or left. */
  readonly lock: string;
  readonly guard: string;
}

/**
 * Whether a data directory holds an embedded database already. Its master key was there before it, so whoever asks
 * this first finds that, too.
 */
export const holdsDatabase = (dataDirectory: string): Promise<boolean> =>
  access(clusterIn(resolve(dataDirectory))).then(
    () => true,
    () => false,
  );

const clusterIn = (folder: string): string => join(folder, 'postgres');

/** Makes the folders that are missing, open to their owner only. */
export const makeLayout = async (dataDirectory: string): Promise<Layout> => {
  const folder = resolve(dataDirectory);
  const beside = join(folder, 'postgres-server');
  const holders = join(beside, 'holders');
  await mkdir(holders, { recursive: true, mode: 0o700 });
  return {
    dataDirectory: folder,
    cluster: clusterIn(folder),
    unfinishedCluster: join(folder, 'postgres.unfinished'),
    password: join(beside, 'password'),
    log: join(beside, 'log'),
    process: join(beside, 'process'),
    holders,
    lock: join(beside, 'lock'),
    guard: join(beside, 'guard'),
  };
};
