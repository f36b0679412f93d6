import { holdFolder, isRunning, processName } from '#scripts/folder-lock.mjs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { unusableDataDirectory } from '../data-directory.js';
import { endGuard, ensureGuard } from './guard.js';
import { type Layout, makeLayout } from './layout.js';
import { checkInstalled } from './programs.js';
import { endServer, ensureServer, type Server } from './server.js';

const CHECK_MS = 1000;

export interface EmbeddedPostgres {
  /** For `pg`. It holds a password; the server listens on a local socket and on loopback only. */
  readonly connectionString: string;
  /** Leaves the server; whoever leaves last ends it. */
  readonly stop: () => Promise<void>;
}

/**
 * The embedded database of a data directory. Several processes may use it at once: the first one starts the
 * server, the others find it, and the last one to leave ends it. Whoever is killed leaves it running for
 * some seconds, and who comes within them takes it over. A server that is killed is started again, in the
 * same place, while anybody uses it.
 * @param signal whoever aborts it does not wait for a server that is starting or recovering any longer
 * @throws an error whose one sentence says why the server cannot be used
 */
export const startEmbeddedPostgres = async (
  dataDirectory: string,
  signal?: AbortSignal,
): Promise<EmbeddedPostgres> => {
  checkInstalled();
  return start(dataDirectory, signal).catch((error: unknown) => {
    throw unusableDataDirectory(dataDirectory, error) ?? error;
  });
};

const start = async (dataDirectory: string, signal: AbortSignal | undefined): Promise<EmbeddedPostgres> => {
  const layout = await makeLayout(dataDirectory);
  const holder = join(layout.holders, `${processName(process.pid)}.${++timesHeld}`);
  const leave = async (): Promise<void> => {
    await rm(holder, { force: true });
    if (await isHeld(layout)) return;
    await endGuard(layout);
    await endServer(layout);
  };
  const server = await whileLocked(layout, async () => {
    try {
      // Before the server, so that whoever is killed while it starts leaves nothing unguarded.
      await writeFile(holder, '');
      await ensureGuard(layout);
      return await ensureServer(layout, signal);
    } catch (error) {
      await leave();
      throw error;
    }
  });

  const stopReviving = reviveWhenKilled(layout, server);
  const stop = async (): Promise<void> => {
    await stopReviving();
    await whileLocked(layout, leave);
  };
  let stopped: Promise<void> | undefined;
  return { connectionString: server.connectionString, stop: () => (stopped ??= stop()) };
};

/** Ends a server that nobody uses. `false` if somebody does. */
export const releaseUnheld = async (dataDirectory: string): Promise<boolean> => {
  const layout = await makeLayout(dataDirectory);
  return whileLocked(layout, async () => {
    if (await isHeld(layout)) return false;
    await endServer(layout);
    return true;
  });
};

let timesHeld = 0;

const isHeld = async (layout: Layout): Promise<boolean> => {
  const holders = await readdir(layout.holders);
  const gone = holders.filter((holder) => !isRunning(holder));
  await Promise.all(gone.map((holder) => rm(join(layout.holders, holder), { force: true })));
  return holders.length > gone.length;
};

const reviveWhenKilled = (layout: Layout, first: Server): (() => Promise<void>) => {
  const stopped = new AbortController();
  const watch = async (): Promise<void> => {
    let server = first;
    while (await waited(CHECK_MS, stopped.signal)) {
      if (isRunning(server.process)) continue;
      // Who uses the database reports that it is away; here it is tried again.
      server = await whileLocked(layout, () => ensureServer(layout, stopped.signal)).catch(() => server);
    }
  };
  const watching = watch();
  return async () => {
    stopped.abort();
    await watching;
  };
};

const waited = (ms: number, signal: AbortSignal): Promise<boolean> =>
  pause(ms, true, { ref: false, signal }).catch(() => false);

const whileLocked = async <Result>(layout: Layout, act: () => Promise<Result>): Promise<Result> => {
  const lock = await holdFolder(layout.lock);
  try {
    return await act();
  } finally {
    lock.release();
  }
};
