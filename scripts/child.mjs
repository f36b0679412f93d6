// Children that end with their parent: whatever ends this process, or the npm above it, ends them too.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const GRACE_MS = 10_000;
const PARENT_CHECK_MS = 500;

/**
 * Runs a command in a process group of its own until it ends. A signal that would end this process ends the
 * whole group first (at once where it will not listen), and then this process, with the signal's exit code.
 * @returns {Promise<{ code: number }>}
 */
export function runToEnd(command, args, { onStart = () => {}, ...options }) {
  const child = spawn(command, args, { ...options, detached: true });
  let endedBy;
  const pass = (signal) => {
    endedBy = endedBy || signal;
    signalGroup(child.pid, signal);
    setTimeout(() => signalGroup(child.pid, 'SIGKILL'), GRACE_MS).unref();
  };
  for (const signal of ENDING_SIGNALS) process.on(signal, pass);
  const killOnExit = () => signalGroup(child.pid, 'SIGKILL');
  process.on('exit', killOnExit);

  return new Promise((resolve, reject) => {
    const settled = () => {
      for (const signal of ENDING_SIGNALS) process.off(signal, pass);
      process.off('exit', killOnExit);
    };
    child.once('spawn', () => onStart(child.pid));
    child.once('error', (error) => {
      settled();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      settled();
      signalGroup(child.pid, 'SIGKILL');
      if (endedBy) process.exit(exitCodeOf(endedBy));
      resolve({ code: code ?? exitCodeOf(signal) });
    });
  });
}

/**
 * npm passes SIGINT and SIGTERM on to its script (which `exec` in package.json makes its own child), but not
 * SIGHUP, and nobody passes on SIGKILL: a script that has lost its npm ends as if it had been asked to.
 */
export function endWithParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, PARENT_CHECK_MS).unref();
}

const exitCodeOf = (signal) => 128 + constants.signals[signal];

function signalGroup(pid, signal) {
  try {
    if (pid) process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
