import { type ChildProcess, spawn } from 'node:child_process';
import { chown, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import pg from 'pg';
import { type Account, accountFor } from '../../src/config/embedded-postgres/account.js';
import { freePort } from '../../src/config/embedded-postgres/address.js';
import { findPrograms } from '../../src/config/embedded-postgres/programs.js';

export interface TestPostgres {
  readonly connectionString: string;
  /** Makes an empty database on this server and names it: a fresh log costs 30 ms, a server a second. */
  freshDatabase(): Promise<string>;
  /** As a power cut would: every connection breaks, nothing is tidied up. `start` recovers. */
  kill(): Promise<void>;
  /** Starts a killed server again, on the same port and files. */
  start(): Promise<void>;
  /** Ends the server and removes everything it wrote. */
  stop(): Promise<void>;
}

/**
 * A PostgreSQL of its own for one test file, durable as in production (fsync stays on), on a free port of
 * the loopback interface, its files in a temporary folder. Works as root, too: the server then runs as
 * `nobody`, because PostgreSQL refuses to run as root.
 *
 * The server belongs to a guard, a shell in a session of its own that ends the server and removes its files
 * when its standard input closes. That happens on `stop`, and however else this process ends, so that
 * neither Ctrl-C nor kill -9 leaves anything behind.
 */
export const startTestPostgres = async (): Promise<TestPostgres> => {
  const folder = await mkdtemp(join(tmpdir(), 'kim-postgres-'));
  const account = await accountFor(folder);
  const programs = await findPrograms(account, folder);
  if (account.uid !== undefined && account.gid !== undefined) await chown(folder, account.uid, account.gid);
  const guard = startGuard(programs, folder, account);
  try {
    await guard.tell('init');
    const port = await startOnFreePort(guard);
    const connectionString = `postgres://kim@127.0.0.1:${port}/postgres`;
    return {
      connectionString,
      freshDatabase: freshDatabases(connectionString),
      kill: () => guard.tell('kill'),
      start: () => guard.tell(`start ${port}`),
      stop: guard.dismiss,
    };
  } catch (error) {
    await guard.dismiss();
    throw error;
  }
};

interface Guard {
  /** Resolves when the guard has done it; rejects with the server's log when it could not. */
  tell(command: string): Promise<void>;
  readonly dismiss: () => Promise<void>;
}

const guardScript = `
trap '' PIPE HUP
bin=$1 folder=$2
stop_server() { "$bin/pg_ctl" stop --silent --mode immediate -D "$folder/data" >/dev/null 2>&1; }
init_server() {
  "$bin/initdb" -D "$folder/data" -U kim --auth trust --no-sync --no-instructions \\
    --encoding UTF8 --locale C --locale-provider builtin --builtin-locale C.UTF-8 \\
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= >>"$folder/log" 2>&1
}
start_server() {
  "$bin/pg_ctl" start --silent --wait -D "$folder/data" -l "$folder/log" -o "-p $1" >/dev/null 2>&1 </dev/null
}
while read -r command port; do
  case $command in
    init) init_server ;;
    start) start_server "$port" ;;
    kill) stop_server ;;
  esac && echo done || { tail -n 5 "$folder/log" | tr '\\n' ' '; echo; }
done
stop_server
rm -rf "$folder"
`;

const startGuard = (bin: string, folder: string, account: Account): Guard => {
  const guard = spawn('sh', ['-c', guardScript, 'guard', bin, folder], {
    ...account,
    cwd: folder,
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'] },
  });
  const answers = createInterface({ input: guard.stdout });
  const ended = new Promise<void>((end) => guard.once('exit', () => end()));
  guard.stdin.on('error', () => undefined);
  holdProcessOpen(guard, false);
  return {
    tell: async (command) => {
      holdProcessOpen(guard, true);
      guard.stdin.write(`${command}\n`);
      const answer = await nextLine(answers);
      holdProcessOpen(guard, false);
      if (answer !== 'done') throw new Error(`PostgreSQL could not ${command}: ${answer}`);
    },
    dismiss: async () => {
      guard.ref();
      guard.stdin.end();
      await ended;
    },
  };
};

const nextLine = (lines: Interface): Promise<string> =>
  new Promise((answered) => {
    lines.once('line', answered);
    lines.once('close', () => answered('the guard ended'));
  });

/** A script that forgets to stop its server should end all the same; the guard then does the rest. */
const holdProcessOpen = (guard: ChildProcess, open: boolean): void => {
  for (const handle of [guard, guard.stdin, guard.stdout] as { ref(): void; unref(): void }[])
    if (open) handle.ref();
    else handle.unref();
};

const startOnFreePort = async (guard: Guard, attempts = 5): Promise<number> => {
  const port = await freePort();
  try {
    await guard.tell(`start ${port}`);
    return port;
  } catch (error) {
    // Between finding the port and using it somebody else may have taken it.
    if (attempts > 1 && String(error).includes('could not')) return startOnFreePort(guard, attempts - 1);
    throw error;
  }
};

const freshDatabases = (connectionString: string): (() => Promise<string>) => {
  let made = 0;
  return async () => {
    const name = `fresh_${++made}`;
    const client = new pg.Client({ connectionString });
    await client.connect();
    try {
      await client.query(`CREATE DATABASE ${name}`);
    } finally {
      await client.end();
    }
    return connectionString.replace(/postgres$/, name);
  };
};
