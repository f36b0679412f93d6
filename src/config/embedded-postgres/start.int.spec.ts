import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { isRunning } from '#scripts/folder-lock.mjs';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Account } from './account.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start.js';

describe('The embedded database', () => {
  let home: string;
  let dataDirectory: string;
  const users: DatabaseUser[] = [];
  const held: EmbeddedPostgres[] = [];

  beforeAll(() => {
    // closed to everybody else, as root's home is
    home = mkdtempSync(join(tmpdir(), 'Büro für Integration '));
    dataDirectory = join(home, '.data');
  });

  afterEach(async () => {
    await Promise.all(users.splice(0).map((user) => user.kill()));
    await Promise.all(held.splice(0).map((database) => database.stop()));
    // what was killed here is ended by whoever comes next
    await (await startEmbeddedPostgres(dataDirectory)).stop();
  });

  afterAll(() => {
    rmSync(home, { recursive: true });
  });

  const start = async () => {
    const database = await startEmbeddedPostgres(dataDirectory);
    held.push(database);
    return database;
  };
  const user = async (directory = dataDirectory, account: Account = {}) => {
    const coming = comingUser(directory, account);
    users.push(coming);
    return { ...coming, connectionString: await coming.connected() };
  };
  const server = () => processIn(dataDirectory);

  it('starts wherever the data directory lies, keeps what was written, and stops', async () => {
    const first = await start();
    await query(first.connectionString, `CREATE TABLE note AS SELECT 'Grüße' AS said`);
    expect(existsSync(socketOf(first))).toBe(true);
    await first.stop();
    expect(isRunning(server())).toBe(false);
    expect(existsSync(socketOf(first))).toBe(false);

    const second = await start();
    expect(await query(second.connectionString, 'SELECT said, lower(said) FROM note')).toEqual([
      { said: 'Grüße', lower: 'grüße' },
    ]);
    await second.stop();
    await second.stop();
    expect(isRunning(server())).toBe(false);
  });

  it('is shared by all processes that come, and ends with the last', async () => {
    const [first, second] = [await user(), await user()];
    expect(second.connectionString).toBe(first.connectionString);

    await first.leave();
    expect(await query(second.connectionString, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.leave();
    expect(isRunning(server())).toBe(false);
  });

  it('starts once when many come at the same time', async () => {
    const nothingYet = join(home, 'first day');
    const all = await Promise.all(Array.from({ length: 4 }, () => user(nothingYet)));
    expect(new Set(all.map(({ connectionString }) => connectionString)).size).toBe(1);
    await Promise.all(all.map(({ leave }) => leave()));
  });

  it('serves processes that come and go at the same time', async () => {
    const comeAndGo = async () => {
      for (let round = 0; round < 6; round++) {
        const database = await startEmbeddedPostgres(dataDirectory);
        expect(await query(database.connectionString, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
        await database.stop();
      }
    };
    await Promise.all([comeAndGo(), comeAndGo(), comeAndGo()]);
    expect(isRunning(server())).toBe(false);
  });

  it('is taken over from a process that was killed', async () => {
    const killed = await user();
    const running = server();
    await killed.kill();

    const next = await start();
    expect(server()).toBe(running);
    expect(next.connectionString).toBe(killed.connectionString);
    await next.stop();
    expect(isRunning(running)).toBe(false);
  });

  it('ends by itself some seconds after its last user was killed, even while it was starting', async () => {
    await (await start()).stop();
    const before = server();
    const coming = comingUser(dataDirectory, {});
    await until(() => server() !== before && server() !== '');
    await coming.kill();
    await until(() => !isRunning(server()));
  });

  it('recovers when everything was killed', async () => {
    const killed = await user();
    await query(killed.connectionString, 'CREATE TABLE kept AS SELECT 7 AS number');
    process.kill(Number.parseInt(server(), 10), 'SIGKILL');
    await killed.kill();

    const next = await start();
    expect(await query(next.connectionString, 'SELECT number FROM kept')).toEqual([{ number: 7 }]);
  });

  it('comes back in the same place when it alone was killed', async () => {
    const database = await start();
    const running = server();
    process.kill(Number.parseInt(running, 10), 'SIGKILL');
    await until(() => server() !== running && isRunning(server()));
    await until(() =>
      query(database.connectionString, 'SELECT 1').then(
        () => true,
        () => false,
      ),
    );
  });

  it('says at once why it lets nobody in, and leaves nothing behind', async () => {
    const closed = join(home, 'closed');
    const first = await startEmbeddedPostgres(closed);
    const beside = first.connectionString.replace(/postgres$/, 'template1');
    await query(beside, 'ALTER DATABASE postgres ALLOW_CONNECTIONS false');
    await first.stop();
    await expect(startEmbeddedPostgres(closed)).rejects.toThrow(
      'The embedded database lets nobody in: database "postgres" is not currently accepting connections.',
    );
    expect(runningIn(closed)).toBe(false);
    expect(socketsIn(closed).filter((folder) => existsSync(folder))).toEqual([]);
  });

  it('removes the folder of its socket where it cannot be started', async () => {
    const broken = join(home, 'broken');
    await (await startEmbeddedPostgres(broken)).stop();
    // It listens before it finds that it was not told from what to recover.
    writeFileSync(join(broken, 'postgres/recovery.signal'), '');
    await expect(startEmbeddedPostgres(broken)).rejects.toThrow(
      'must specify "restore_command" when standby mode is not enabled.',
    );
    expect(socketsIn(broken).filter((folder) => existsSync(folder))).toEqual([]);
  });

  it('is not waited for any longer by whoever breaks off its start', async () => {
    const recovering = join(home, 'recovering');
    await (await startEmbeddedPostgres(recovering)).stop();
    recoverForEver(recovering);
    const breakingOff = new AbortController();
    const starting = startEmbeddedPostgres(recovering, breakingOff.signal);
    await until(() => existsSync(join(recovering, 'postgres/postmaster.pid')));
    breakingOff.abort(new Error('broken off'));
    await expect(starting).rejects.toThrow('broken off');
    expect(runningIn(recovering)).toBe(false);
    expect(socketsIn(recovering).filter((folder) => existsSync(folder))).toEqual([]);
  });

  it('is not waited for by whoever stops while it comes back from being killed', async () => {
    const coming = join(home, 'coming back');
    const database = await startEmbeddedPostgres(coming);
    const killed = processIn(coming);
    recoverForEver(coming);
    process.kill(Number.parseInt(killed, 10), 'SIGKILL');
    await until(() => processIn(coming) !== killed && runningIn(coming));
    await database.stop();
    expect(runningIn(coming)).toBe(false);
  });

  it('belongs to an ordinary user where an ordinary user starts it', async () => {
    const ordinary = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const theirs = mkdtempSync(join(tmpdir(), 'theirs-'));
    if (ordinary.uid !== undefined) chownSync(theirs, ordinary.uid, ordinary.gid);
    const database = await user(theirs, ordinary);
    expect(await query(database.connectionString, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(statSync(join(theirs, 'postgres')).uid).toBe(ordinary.uid ?? process.getuid?.());
    await database.leave();
    rmSync(theirs, { recursive: true });
  });

  it('writes nothing of what it was told into its log, and keeps its password to itself', async () => {
    const database = await start();
    const canary = randomUUID();
    await expect(query(database.connectionString, `SELECT '${canary}'::integer`)).rejects.toThrow(canary);
    await expect(query(database.connectionString, `SELECT $1::integer`, [canary])).rejects.toThrow(canary);
    await query(database.connectionString, `CREATE TABLE unique_names (name text UNIQUE)`);
    const insert = 'INSERT INTO unique_names VALUES ($1), ($1)';
    await expect(query(database.connectionString, insert, [canary])).rejects.toThrow('duplicate key');
    await database.stop();

    expect(await readFile(join(dataDirectory, 'postgres-server/log'), 'utf8')).not.toContain(canary);
    expect(statSync(join(dataDirectory, 'postgres-server/password')).mode & 0o777).toBe(0o600);
  });

  it('lets nobody in without the password', async () => {
    const database = await start();
    const { port } = new URL(database.connectionString);
    for (const host of [socketOf(database), '127.0.0.1']) {
      const guess = new pg.Client({
        host,
        port: Number(port),
        user: 'kim',
        database: 'postgres',
        password: 'kim',
      });
      await expect(guess.connect()).rejects.toThrow('password authentication failed');
    }
  });
});

interface DatabaseUser {
  /** The connection string, once it has one. */
  readonly connected: () => Promise<string>;
  readonly leave: () => Promise<void>;
  readonly kill: () => Promise<void>;
}

/** Another process that comes to use the database, until it is told to leave. */
const comingUser = (dataDirectory: string, account: Account): DatabaseUser => {
  const start = JSON.stringify(new URL('start.js', import.meta.url).href);
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { startEmbeddedPostgres } = await import(${start});
       const database = await startEmbeddedPostgres(process.argv[1]);
       console.log(database.connectionString);
       process.stdin.on('end', () => database.stop()).resume();`,
      dataDirectory,
    ],
    { ...account, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((end) => child.once('close', () => end()));
  return {
    connected: () =>
      new Promise((said, failed) => {
        createInterface({ input: child.stdout }).once('line', said);
        child.once('exit', (code) => failed(new Error(`The process ended with ${code}`)));
      }),
    leave: () => {
      child.stdin.end();
      return ended;
    },
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
};

const query = async (connectionString: string, text: string, values: unknown[] = []): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as unknown[];
  } finally {
    await client.end();
  }
};

const socketOf = ({ connectionString }: EmbeddedPostgres): string =>
  decodeURIComponent(new URL(connectionString).hostname);

const processIn = (dataDirectory: string): string =>
  readFileSync(join(dataDirectory, 'postgres-server/process'), 'utf8').trim();

const runningIn = (dataDirectory: string): boolean => isRunning(processIn(dataDirectory));

/** The next server waits for more to recover from, for ever, and lets nobody in meanwhile. */
const recoverForEver = (dataDirectory: string): void => {
  writeFileSync(join(dataDirectory, 'postgres/standby.signal'), '');
  appendFileSync(join(dataDirectory, 'postgres/postgresql.auto.conf'), 'hot_standby = off\n');
};

/** The folders of all sockets that its servers have had, as their log tells. */
const socketsIn = (dataDirectory: string): readonly string[] => {
  const log = readFileSync(join(dataDirectory, 'postgres-server/log'), 'utf8');
  const found = [...log.matchAll(/Unix socket "(.*)\/[^/"]+"/g)].map(([, folder = '']) => folder);
  expect(found.length).toBeGreaterThan(1);
  return found;
};

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await pause(50);
};
