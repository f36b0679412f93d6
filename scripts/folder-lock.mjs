// A lock that is a folder: whoever holds it has put a file into it, named for a process. It is free when
// no file in it belongs to a living process, so a holder that was killed never blocks anybody.
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const POLL_MS = 50;
const ENDED = -1;

/**
 * Waits until `folder` is held by this process alone.
 * `onWait` is called once, with the pid of a holder, if that is not at once.
 * @returns {Promise<{ shareWith(pid: number): void, release(): void }>} `shareWith` keeps the lock held as
 * long as that process lives too, even if this one is killed before it can say so.
 */
export async function holdFolder(folder, onWait = () => {}) {
  const mine = processName(process.pid);
  const names = [mine];
  let waiting = false;
  while (!tryToHold(folder, mine)) {
    const [holder] = livingHolders(folder);
    if (holder && !waiting) onWait(Number.parseInt(holder, 10));
    waiting = waiting || Boolean(holder);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const release = () => {
    process.off('exit', release);
    for (const name of names) rmSync(join(folder, name), { force: true });
    ignoring(['ENOENT', 'ENOTEMPTY', 'EEXIST'], () => rmdirSync(folder));
  };
  process.on('exit', release);
  return {
    shareWith(pid) {
      const name = processName(pid);
      writeFileSync(join(folder, name), '');
      names.push(name);
    },
    release,
  };
}

/** `<pid>.<start>`: a pid alone may be given to another process later. */
export function processName(pid) {
  return `${pid}.${startOf(pid) ?? 0}`;
}

/** Whether the process of that name still runs. One that has ended and was not waited for does not run. */
export function isRunning(name) {
  const [pid, start] = name.split('.').map(Number);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
  }
  const startNow = startOf(pid);
  return startNow === undefined || (startNow === start && startNow !== ENDED);
}

// Renaming a folder onto another succeeds only while that one is empty, and a dead holder's file is
// removed by its own name: two that find the same dead holder can never remove each other's.
function tryToHold(folder, mine) {
  const prepared = `${folder}.${mine}`;
  mkdirSync(prepared, { recursive: true });
  writeFileSync(join(prepared, mine), '');
  try {
    renameSync(prepared, folder);
    return true;
  } catch (error) {
    rmSync(prepared, { recursive: true, force: true });
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) throw error;
  }
  for (const name of holders(folder)) {
    if (!isRunning(name)) ignoring(['ENOENT'], () => unlinkSync(join(folder, name)));
  }
  return false;
}

const holders = (folder) => ignoring(['ENOENT'], () => readdirSync(folder)) ?? [];
const livingHolders = (folder) => holders(folder).filter(isRunning);

// Linux says when a process began, in ticks since boot; elsewhere the pid has to do.
function startOf(pid) {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return afterName[0] === 'Z' ? ENDED : Number(afterName[19]);
  } catch {
    return undefined;
  }
}

function ignoring(codes, act) {
  try {
    return act();
  } catch (error) {
    if (!codes.includes(error.code)) throw error;
    return undefined;
  }
}
