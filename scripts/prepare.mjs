// Installs and builds what is missing or stale, and nothing else. What it says goes to stderr, so that the
// output of a command stays the command's own.
import './node-version.mjs';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, readdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runToEnd } from './child.mjs';
import { holdFolder } from './folder-lock.mjs';

/** The folder of the project, wherever the command was called from. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COMPILED_FOLDERS = ['src', 'libs', 'test'];
const BUILD_FILES = ['tsconfig.json', 'package.json', 'package-lock.json'];

/** Brings `root` into a state that can be run; ends this process with a message where that fails. */
export async function prepare(root = ROOT) {
  if (isInstalled(root) && isBuilt(root)) return;
  await whileAlone(root, async (lock) => {
    if (!isInstalled(root)) await install(root, lock);
    if (!isBuilt(root)) await build(root, lock);
  });
}

/** Installs the packages of a folder that is not built, such as bench/. */
export async function prepareInstalled(folder) {
  if (isInstalled(folder)) return;
  await whileAlone(folder, async (lock) => {
    if (!isInstalled(folder)) await install(folder, lock);
  });
}

async function whileAlone(folder, act) {
  let lock;
  try {
    lock = await holdFolder(join(folder, '.preparing'), (pid) =>
      console.error(`Waiting for process ${pid}, which is installing or building.`),
    );
    await act(lock);
  } catch (error) {
    if (!UNWRITABLE.includes(error.code)) throw error;
    fail(
      `Nothing can be written into ${folder} (${error.code}), which has to be installed or built first: ${remedyOf(error)}.`,
    );
  } finally {
    lock?.release();
  }
}

const UNWRITABLE = ['EACCES', 'EROFS', 'EPERM', 'ENOSPC'];
const remedyOf = ({ code }) =>
  code === 'ENOSPC'
    ? 'make room on its disk'
    : 'run npm run build there as a user who may, or use a copy of your own';

/** Whether `folder` has installed what its lock file names, by whatever command. */
export function isInstalled(folder) {
  // npm writes down what it installed when it has finished, so an interrupted installation is seen as well
  const installed = readIfThere(join(folder, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return false;
  const locked = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  const compared = digest([locked, installed, platform]);
  const stamp = join(folder, 'node_modules', '.installed');
  if (readIfThere(stamp) === compared) return true;
  if (!holdsWhatIsLocked(JSON.parse(installed).packages, JSON.parse(locked).packages)) return false;
  try {
    writeFileSync(stamp, compared);
  } catch {
    // somebody else's folder: the comparison is made again next time
  }
  return true;
}

async function install(folder, lock) {
  if (existsSync(join(folder, 'node_modules')) && lstatSync(join(folder, 'node_modules')).isSymbolicLink()) {
    fail(
      'node_modules is a link and does not hold what package-lock.json names: run npm ci where it points to.',
    );
  }
  console.error('Installing the packages that package-lock.json names …');
  const npm = process.env.npm_execpath;
  const [command, args] = npm && npm.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const { code } = await runToEnd(
    command,
    [...args, 'ci', '--loglevel=error', '--include=dev', '--include=optional'],
    {
      cwd: folder,
      stdio: ['ignore', 2, 2],
      onStart: lock.shareWith,
    },
  );
  if (code !== 0) fail('The packages could not be installed: see above.');
}

/** Whether `dist` is what the present sources compile to. */
export function isBuilt(root) {
  return readIfThere(builtStamp(root)) === sourceDigest(root) && missingOutputs(root).length === 0;
}

async function build(root, lock) {
  console.error('Building …');
  const sources = sourceDigest(root);
  rmSync(builtStamp(root), { force: true });
  await compile(root, lock);
  if (missingOutputs(root).length > 0) {
    // the compiler believes its own notes and not what lies there
    rmSync(join(root, 'dist', '.tsbuildinfo'), { force: true });
    await compile(root, lock);
  }
  removeStaleOutputs(root);
  writeFileSync(builtStamp(root), sources);
}

async function compile(root, lock) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { code } = await runToEnd(process.execPath, [tsc, '-p', 'tsconfig.json'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    onStart: lock.shareWith,
  });
  if (code !== 0) fail('The project could not be built: see above.');
}

/** Removes from `dist` what no source compiles to any more, so that a deleted test never runs again. */
export function removeStaleOutputs(root) {
  const wanted = new Set(sourceFiles(root).map((path) => path.replace(/\.(ts|json)$/, '')));
  const sweep = (folder) => {
    for (const entry of entriesOf(join(root, 'dist', folder))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) sweep(path);
      else if (!wanted.has(path.replace(/\.(js\.map|js|json)$/, ''))) rmSync(join(root, 'dist', path));
    }
    if (existsSync(join(root, 'dist', folder)) && entriesOf(join(root, 'dist', folder)).length === 0) {
      rmdirSync(join(root, 'dist', folder));
    }
  };
  for (const entry of entriesOf(join(root, 'dist'))) if (entry.isDirectory()) sweep(entry.name);
}

const platform = `${process.platform}-${process.arch}`;
const builtStamp = (root) => join(root, 'dist', '.built');

const holdsWhatIsLocked = (installed, locked) =>
  Object.entries(locked).every(
    ([path, entry]) =>
      path === '' ||
      installed[path]?.integrity === entry.integrity ||
      (entry.optional && !isForThisMachine(entry)),
  );

// an optional package that names no machine belongs to one that does; which C library a package is for
// cannot be told here, so npm's choice between those stands
const isForThisMachine = ({ os, cpu, libc }) =>
  Boolean(os && cpu && !libc) && os.includes(process.platform) && cpu.includes(process.arch);

function sourceDigest(root) {
  const files = [...BUILD_FILES, ...sourceFiles(root)];
  return digest(files.flatMap((path) => [path, readFileSync(join(root, path))]));
}

function sourceFiles(root) {
  const below = (folder) =>
    entriesOf(join(root, folder)).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return below(path);
      return /(?<!\.d)\.ts$|\.json$/.test(entry.name) ? [path] : [];
    });
  return COMPILED_FOLDERS.flatMap(below).sort();
}

const missingOutputs = (root) =>
  sourceFiles(root)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join('dist', path.replace(/\.ts$/, '.js')))
    .filter((path) => !existsSync(join(root, path)));

function digest(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(String(part.length)).update('\n').update(part);
  return hash.digest('hex');
}

const entriesOf = (folder) => (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []);
const readIfThere = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

function fail(message) {
  console.error(message);
  process.exit(1);
}
