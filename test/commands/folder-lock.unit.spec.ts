import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { holdFolder, isRunning, processName } from '#scripts/folder-lock.mjs';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

describe('A folder that one process holds', () => {
  let folder: string;
  const started: ChildProcess[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'));
  });

  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  const run = (code: string) => {
    const lock = pathToFileURL(resolve('scripts/folder-lock.mjs')).href;
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { holdFolder } from ${JSON.stringify(lock)};
         import { readFileSync, writeFileSync } from 'node:fs';
         process.chdir(process.argv[1]);
         ${code}`,
        folder,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    started.push(child);
    return {
      child,
      says: () =>
        new Promise<string>((said) => child.stdout.once('data', (text: Buffer) => said(String(text)))),
      ended: () => new Promise<number | null>((ended) => child.once('close', ended)),
    };
  };
  const lockPath = () => join(folder, 'lock');

  it('lets eight processes count to two hundred without losing a step', async () => {
    writeFileSync(join(folder, 'count'), '0');
    const counters = Array.from({ length: 8 }, () =>
      run(`for (let i = 0; i < 25; i++) {
        const lock = await holdFolder('lock');
        writeFileSync('count', String(Number(readFileSync('count', 'utf8')) + 1));
        lock.release();
      }`).ended(),
    );
    expect(await Promise.all(counters)).toEqual(Array(8).fill(0));
    expect(readFileSync(join(folder, 'count'), 'utf8')).toBe('200');
    expect(existsSync(lockPath())).toBe(false);
  });

  it('is free again when its holder was killed', async () => {
    const holder = run(`await holdFolder('lock'); console.log('held'); setInterval(() => {}, 1000);`);
    await holder.says();
    const waitedFor: number[] = [];
    const held = holdFolder(lockPath(), (pid) => {
      waitedFor.push(pid);
      holder.child.kill('SIGKILL');
    });
    (await held).release();
    expect(waitedFor).toEqual([holder.child.pid]);
  });

  it('stays held for a child that outlives its killed parent', async () => {
    const parent = run(`
      import { spawn } from 'node:child_process';
      const lock = await holdFolder('lock');
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true });
      lock.shareWith(child.pid);
      console.log(child.pid);
      setInterval(() => {}, 1000);`);
    const child = Number(await parent.says());
    parent.child.kill('SIGKILL');
    await parent.ended();

    const waitedFor: number[] = [];
    const held = await holdFolder(lockPath(), (pid) => {
      waitedFor.push(pid);
      process.kill(child, 'SIGKILL');
    });
    held.release();
    expect(waitedFor).toEqual([child]);
  });

  it('does not mistake another process that was given the same pid for its holder', () => {
    const name = processName(process.pid);
    expect(isRunning(name)).toBe(true);
    if (process.platform === 'linux')
      expect(isRunning(`${process.pid}.${1 + Number(name.split('.')[1])}`)).toBe(false);
  });
});
