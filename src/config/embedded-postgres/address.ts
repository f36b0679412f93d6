import { randomBytes } from 'node:crypto';
import { chown, mkdir, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import pg from 'pg';
import type { Account } from './account.js';
import { readPassword, user } from './cluster.js';
import type { Layout } from './layout.js';

const CONNECT_WITHIN_MS = 5000;

/** Where a server listens. */
export interface Address {
  readonly port: number;
  readonly socketFolder: string;
}

/** The server is there and lets nobody in; the message is one sentence for the operator. */
export class ServerRefuses extends Error {
  override readonly name = 'ServerRefuses';
}

/**
 * The connection string of a server that answers there, `undefined` where none does yet. A socket in the file
 * system carries small statements faster than the loopback interface, which is there for whoever cannot see
 * the socket.
 * @throws ServerRefuses for a reason that waiting does not take away
 */
export const openConnectionString = async (
  layout: Layout,
  { port, socketFolder }: Address,
): Promise<string | undefined> => {
  const password = await readPassword(layout);
  for (const host of [encodeURIComponent(socketFolder), '127.0.0.1']) {
    const connectionString = `postgres://${user}:${password}@${host}:${port}/postgres`;
    if (host !== '' && (await answers(connectionString))) return connectionString;
  }
  return undefined;
};

const answers = async (connectionString: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError && !passing.has(error.code ?? '')) {
      throw new ServerRefuses(`The embedded database lets nobody in: ${error.message}.`, { cause: error });
    }
    return false;
  } finally {
    await client.end();
  }
};

/** What a server answers that stops, has lost a process, or starts and recovers. */
const passing: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03']);

/**
 * A folder for the server's socket that only its account and root can enter, the one before if there was
 * one; empty where none can be made. Not in the data directory: the path of a socket has 107 bytes at most,
 * and not every file system that holds data knows sockets.
 */
export const makeSocketFolder = async (account: Account, before = ''): Promise<string> => {
  await removeSocketFolder(before);
  for (const folder of [before, `/tmp/kim-${randomBytes(8).toString('hex')}`].filter(isSocketFolder)) {
    try {
      await mkdir(folder, { mode: 0o700 });
      if (account.uid !== undefined && account.gid !== undefined) {
        await chown(folder, account.uid, account.gid);
      }
      return folder;
    } catch {
      // taken, or no folder for such things: the loopback interface is left
    }
  }
  return '';
};

export const removeSocketFolder = async (folder: string): Promise<void> => {
  if (isSocketFolder(folder)) await rm(folder, { recursive: true, force: true });
};

// The name is read from a file of the server's account, which must not make root remove anything else.
const isSocketFolder = (folder: string): boolean => /^\/tmp\/kim-[0-9a-f]{16}$/.test(folder);

/** A port of the loopback interface that nobody listened on a moment ago. */
export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((listening, failed) => probe.once('listening', listening).once('error', failed));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
};
