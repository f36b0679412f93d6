// The built application as a process of its own, over an embedded database in a folder of its own.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

export const program = [process.execPath, join(root, 'dist', 'src', 'main.js')];
export const npmStart = ['npm', 'start', '--silent'];

/** A folder for the application's data; whoever guards its database ends it when the folder is gone. */
export const makeDataDirectory = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kim-bench-'));
  return {
    folder,
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
  };
};

/** Starts it on a free port; resolves when it says that it is running. */
export const startApplication = async (dataDirectory, { command = program, journeys = 0 } = {}) => {
  const [file, ...args] = command;
  const child = spawn(file, args, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: '0',
      KIM_DATA_DIR: dataDirectory,
      KIM_DEMO_JOURNEYS: String(journeys),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const address = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      if (said === undefined) return;
      said += chunk;
      const found = /running at (http:\S+)/.exec(said)?.[1];
      if (found === undefined) return;
      said = undefined;
      resolve(found);
    });
    void ended.then((code) => reject(new Error(`The application ended with ${code}`)));
  });
  return {
    address,
    pid: child.pid,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      process.off('exit', kill);
    },
  };
};

export const tokenFor = async (address, username) => {
  const answer = await fetch(`${address}/demo/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username }),
  });
  return (await answer.json()).accessToken;
};

/** The most memory that a process has had so far, in MiB, and the processor time that it has taken, in µs. */
export const usageOf = (pid) => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .split(') ')[1]
    .split(' ');
  return {
    peak: Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1024,
    // In ticks of a hundredth of a second.
    processorTime: (Number(user) + Number(system)) * 10_000,
  };
};
