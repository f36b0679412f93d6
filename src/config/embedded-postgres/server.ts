import { isRunning, processName } from '#scripts/folder-lock.mjs';
import { type ChildProcess, spawn } from 'node:child_process';
import { type FileHandle, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Account, accountFor } from './account.js';
import {
  type Address,
  freePort,
  makeSocketFolder,
  openConnectionString,
  removeSocketFolder,
} from './address.js';
import { callOn, ensureCluster } from './cluster.js';
import type { Layout } from './layout.js';
import { findPrograms, type ProgramFolder } from './programs.js';

const POLL_MS = 10;
const READY_WITHIN_MS = 300_000;
const START_ATTEMPTS = 6;

export interface Server {
  readonly connectionString: string;
  /** The name of the server's first process, for `isRunning`. */
  readonly process: string;
}

/**
 * The server of this data directory: the one that runs, or else a new one. Only while holding the lock.
 * @throws ServerRefuses, or the reason of `signal` once it is aborted
 */
export const ensureServer = async (layout: Layout, signal?: AbortSignal): Promise<Server> => {
  const running = await findServer(layout, signal);
  if (running) return running;
  const account = await accountFor(layout.cluster);
  const programs = await findPrograms(account, layout.dataDirectory);
  await ensureCluster(layout, account, programs);
  return startServer({ layout, account, programs, signal });
};

/** Ends the server of this data directory, if one runs. Only while holding the lock. */
export const endServer = async (layout: Layout): Promise<void> => {
  const [name, status] = await Promise.all([runningProcess(layout), readStatus(layout)]);
  // SIGINT is PostgreSQL's fast shutdown: connections are ended, everything is written.
  if (name) process.kill(Number.parseInt(name, 10), 'SIGINT');
  while (name && isRunning(name)) await pause(POLL_MS);
  if (status) await removeSocketFolder(status.socketFolder);
};

const findServer = async (layout: Layout, signal?: AbortSignal): Promise<Server | undefined> => {
  const name = await runningProcess(layout);
  return name === undefined ? undefined : untilReady(layout, name, () => isRunning(name), signal);
};

const runningProcess = async (layout: Layout): Promise<string | undefined> => {
  const name = await readProcess(layout);
  return name !== '' && isRunning(name) ? name : undefined;
};

const readProcess = async (layout: Layout): Promise<string> =>
  (await readFile(layout.process, 'utf8').catch(() => '')).trim();

interface Start {
  readonly layout: Layout;
  readonly account: Account;
  readonly programs: ProgramFolder;
  readonly signal: AbortSignal | undefined;
}

const startServer = async (start: Start, attempt = 1): Promise<Server> => {
  const { layout, account, signal } = start;
  const before = await readStatus(layout);
  // Left by a server that was killed. Its process id may be somebody else's now, and PostgreSQL would take
  // that for a server that still runs.
  await rm(join(layout.cluster, 'postmaster.pid'), { force: true });
  const address = {
    // Whoever uses the server that was killed finds this one in the same place, if that is still free.
    port: before && attempt === 1 ? before.port : await freePort(),
    socketFolder: await makeSocketFolder(account, before?.socketFolder),
  };
  const log = await open(layout.log, 'a', 0o600);
  try {
    const { size } = await log.stat();
    const child = await spawnServer(start, address, log);
    const name = await readProcess(layout);
    const runs = () => child.exitCode === null && child.signalCode === null;
    const server = await untilReady(layout, name, runs, signal);
    if (server) return server;
    await removeSocketFolder(address.socketFolder);
    if (attempt === START_ATTEMPTS) throw new Error(await reasonIn(layout.log, size));
  } finally {
    await log.close();
  }
  // The port was taken meanwhile, or processes of a killed server are still ending.
  await pause(50 * 2 ** attempt, undefined, { signal });
  return startServer(start, attempt + 1);
};

/** The server is started only when its process id is on record: nobody who is killed here loses sight of it. */
const spawnServer = async (
  { layout, account, programs }: Start,
  address: Address,
  log: FileHandle,
): Promise<ChildProcess> => {
  const { dataFolder, ...options } = callOn(layout.cluster, account);
  const server = [
    join(programs, 'postgres'),
    ...['-D', dataFolder],
    ...['-p', String(address.port)],
    ...['-k', address.socketFolder],
    ...parameters.flatMap((parameter) => ['-c', parameter]),
  ];
  const child = spawn('sh', ['-c', 'read -r recorded && exec "$@"', 'sh', ...server], {
    ...options,
    ...account,
    // In a session of its own, so that Ctrl-C on the terminal does not reach it.
    detached: true,
    stdio: ['pipe', log.fd, log.fd],
  });
  await new Promise((started, failed) => child.once('spawn', started).once('error', failed));
  child.unref();
  await writeFile(layout.process, `${processName(child.pid ?? 0)}\n`);
  child.stdin?.end('recorded\n');
  return child;
};

const parameters = [
  'listen_addresses=127.0.0.1',
  'shared_buffers=128MB',
  'max_connections=60',
  // An acknowledged command is never lost.
  'fsync=on',
  'synchronous_commit=on',
  'full_page_writes=on',
  // Statements here are short; compiling them costs more than it saves.
  'jit=off',
  'timezone=UTC',
  'log_timezone=UTC',
  // The log says when the server started, recovered and stopped. It holds no statement, parameter, value or
  // error of one: those may name a person, and whoever caused an error is told.
  'log_min_messages=log',
  'log_min_error_statement=panic',
  'log_statement=none',
  'log_min_duration_statement=-1',
  'log_parameter_max_length=0',
  'log_parameter_max_length_on_error=0',
  'log_error_verbosity=terse',
  'log_checkpoints=off',
  'log_autovacuum_min_duration=-1',
];

/** Waits for a server that is starting, recovering or stopping; `undefined` when it has ended. */
const untilReady = async (
  layout: Layout,
  name: string,
  runs: () => boolean,
  signal?: AbortSignal,
): Promise<Server | undefined> => {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (runs()) {
    const status = await readStatus(layout);
    // Only when it has written down where it is: whoever ends it removes the folder of its socket, too.
    if (status?.state) signal?.throwIfAborted();
    if (status?.state === 'ready' && status.pid === Number.parseInt(name, 10)) {
      const connectionString = await openConnectionString(layout, status);
      if (connectionString !== undefined) return { connectionString, process: name };
    }
    if (Date.now() > deadline) throw new Error(`The embedded database (process ${name}) does not answer.`);
    await pause(POLL_MS);
  }
  return undefined;
};

interface Status extends Address {
  readonly pid: number;
  /** What it is doing (`starting`, `ready`); empty until it has written down all the rest. */
  readonly state: string;
}

// What the server says of itself, line by line: pid, folder, start, port, socket folder, address, memory, status.
const readStatus = async (layout: Layout): Promise<Status | undefined> => {
  const written = await readFile(join(layout.cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, , , port, socketFolder, , , state] = written.split('\n');
  if (!port) return undefined;
  return {
    pid: Number(pid),
    port: Number(port),
    socketFolder: socketFolder ?? '',
    state: state?.trim() ?? '',
  };
};

/** What it gave as its reason to end, without the lines about ending; or the last lines, if it gave none. */
const reasonIn = async (log: string, from: number): Promise<string> => {
  const written = (await readFile(log)).subarray(from).toString('utf8').trim().split('\n');
  const reasons = written.flatMap((line) => /(?:FATAL|PANIC): +(.*)/.exec(line)?.[1] ?? []);
  const said = reasons.join('; ') || written.slice(-3).join(' ');
  // On a full disk not even the log can be written.
  return `The embedded database could not be started: ${said || 'its log says nothing, perhaps its disk is full'}.`;
};
