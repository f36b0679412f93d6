import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isInstalled } from '#scripts/prepare.mjs';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

describe('Preparing what npm start, npm test and npm run kim run', () => {
  let clone: string;

  beforeEach(() => {
    clone = freshClone();
  });

  afterEach(() => {
    rmSync(clone, { recursive: true });
  });

  it('builds a fresh clone, and then has nothing left to do', async () => {
    expect(await prepare(clone)).toEqual({ code: 0, said: ['Building …'] });
    expect(existsSync(join(clone, 'dist/src/main.js'))).toBe(true);
    expect(await prepare(clone)).toEqual({ code: 0, said: [] });
  });

  it('builds again what was changed, and what somebody removed', async () => {
    await prepare(clone);
    writeFileSync(join(clone, 'src/greeting.ts'), `export const greeting = 'Guten Tag';\n`);
    expect((await prepare(clone)).said).toEqual(['Building …']);

    rmSync(join(clone, 'dist/src/greeting.js'));
    expect((await prepare(clone)).said).toEqual(['Building …']);
    expect(existsSync(join(clone, 'dist/src/greeting.js'))).toBe(true);
  });

  it('removes the output of a source that is gone, so that a deleted test does not run', async () => {
    mkdirSync(join(clone, 'test/handover'));
    writeFileSync(join(clone, 'test/handover/old.spec.ts'), 'export const old = 1;\n');
    await prepare(clone);
    expect(existsSync(join(clone, 'dist/test/handover/old.spec.js'))).toBe(true);

    rmSync(join(clone, 'test/handover'), { recursive: true });
    await prepare(clone);
    expect(existsSync(join(clone, 'dist/test/handover'))).toBe(false);
    expect(existsSync(join(clone, 'dist/src/main.js'))).toBe(true);
  });

  it('refuses what does not compile, again and again until it does', async () => {
    writeFileSync(join(clone, 'src/greeting.ts'), `export const greeting: number = 'Guten Tag';\n`);
    expect((await prepare(clone)).code).toBe(1);
    expect((await prepare(clone)).said.at(-1)).toBe('The project could not be built: see above.');

    writeFileSync(join(clone, 'src/greeting.ts'), `export const greeting = 'Guten Tag';\n`);
    expect((await prepare(clone)).code).toBe(0);
  });

  it('builds once when two commands are given at the same time', async () => {
    const both = await Promise.all([prepare(clone), prepare(clone)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(both.flatMap(({ said }) => said).filter((line) => line === 'Building …')).toHaveLength(1);
    expect(existsSync(join(clone, '.preparing'))).toBe(false);
  });

  it('names a folder that it cannot write into, and what to do, in one sentence', async () => {
    chmodSync(clone, 0o555);
    const { code, said } = await prepare(clone, ordinaryUser);
    chmodSync(clone, 0o755);
    expect({ code, said }).toEqual({
      code: 1,
      said: [
        `Nothing can be written into ${clone} (EACCES), which has to be installed or built first: run npm run build there as a user who may, or use a copy of your own.`,
      ],
    });
  });

  it('takes what is installed from what npm wrote down', () => {
    expect(isInstalled(clone)).toBe(true);
    writeLock(clone, { 'node_modules/pg': { integrity: 'sha512-new' } });
    expect(isInstalled(clone)).toBe(false);
    writeInstalled(clone, { 'node_modules/pg': { integrity: 'sha512-old' } });
    expect(isInstalled(clone)).toBe(false);
    writeInstalled(clone, { 'node_modules/pg': { integrity: 'sha512-new' } });
    expect(isInstalled(clone)).toBe(true);
  });

  it('misses what was taken out after it had been there', () => {
    const packages = { 'node_modules/jest': { integrity: 'sha512-x', dev: true } };
    writeLock(clone, packages);
    writeInstalled(clone, packages);
    expect(isInstalled(clone)).toBe(true);
    writeInstalled(clone, {});
    expect(isInstalled(clone)).toBe(false);
    writeInstalled(clone, packages);
    expect(isInstalled(clone)).toBe(true);
    rmSync(join(clone, 'node_modules/.package-lock.json'));
    expect(isInstalled(clone)).toBe(false);
  });

  it('misses the database of this machine, but not the one of another', () => {
    const database = { integrity: 'sha512-x', optional: true, os: [process.platform], cpu: [process.arch] };
    writeLock(clone, { 'node_modules/database': { ...database, cpu: ['another'] } });
    expect(isInstalled(clone)).toBe(true);
    writeLock(clone, { 'node_modules/database': database });
    expect(isInstalled(clone)).toBe(false);
  });
});

/** A project of two files in a folder with a name that shells and URLs trip over. */
const freshClone = () => {
  const clone = mkdtempSync(join(tmpdir(), 'Übergänge für #1 '));
  for (const folder of ['src', 'libs', 'test', 'node_modules']) mkdirSync(join(clone, folder));
  symlinkSync(resolve('node_modules/typescript'), join(clone, 'node_modules/typescript'));
  const compilerOptions = {
    rootDir: '.',
    outDir: 'dist',
    incremental: true,
    tsBuildInfoFile: 'dist/.tsbuildinfo',
    types: [],
    lib: ['es5'],
    skipLibCheck: true,
  };
  writeFileSync(
    join(clone, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, include: ['src', 'libs', 'test'] }),
  );
  writeFileSync(join(clone, 'package.json'), '{ "type": "module" }');
  writeLock(clone, {});
  writeInstalled(clone, {});
  writeFileSync(join(clone, 'src/main.ts'), `export { greeting } from './greeting.js';\n`);
  writeFileSync(join(clone, 'src/greeting.ts'), `export const greeting = 'Hello';\n`);
  return clone;
};

const writeLock = (clone: string, packages: object) =>
  writeFileSync(join(clone, 'package-lock.json'), JSON.stringify({ packages }));

const writeInstalled = (clone: string, packages: object) =>
  writeFileSync(join(clone, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));

const ordinaryUser = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

const prepare = async (
  clone: string,
  user: { uid?: number } = {},
): Promise<{ code: number | null; said: string[] }> => {
  const script = pathToFileURL(resolve('scripts/prepare.mjs')).href;
  const call = `const { prepare } = await import(${JSON.stringify(script)}); await prepare(process.argv[1]);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', call, clone], {
    ...user,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((ended) => child.once('close', ended));
  return { code, said: said.split('\n').filter((line) => line !== '' && !line.startsWith('Waiting for')) };
};
