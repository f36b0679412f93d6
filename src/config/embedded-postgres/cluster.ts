import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, chown, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Account } from './account.js';
import type { Layout } from './layout.js';
import type { ProgramFolder } from './programs.js';

export const user = 'kim';

/** How the programs are called on a cluster folder. */
export interface Call {
  readonly dataFolder: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Root's data directory may lie where the server's account cannot go, for example in root's home. A process
 * that is put into a folder may use it all the same, under the name that Linux gives to everybody's own.
 */
export const callOn = (cluster: string, account: Account): Call => ({
  dataFolder: account.uid !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : cluster,
  cwd: cluster,
  env: { PATH: process.env['PATH'], LC_ALL: 'C' },
});

/** Makes the database cluster, once, with a password that nobody chose. It is there whole or not at all. */
export const ensureCluster = async (
  layout: Layout,
  account: Account,
  programs: ProgramFolder,
): Promise<void> => {
  if (await isThere(layout.cluster)) return;
  await rm(layout.unfinishedCluster, { recursive: true, force: true });
  await mkdir(layout.unfinishedCluster, { mode: 0o700 });
  await writeFile(layout.password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  await chmod(layout.password, 0o600);
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(layout.unfinishedCluster, account.uid, account.gid);
    await chown(layout.password, account.uid, account.gid);
  }
  await initialise(layout, account, programs);
  await rename(layout.unfinishedCluster, layout.cluster);
  await flushFolder(dirname(layout.cluster));
};

export const readPassword = async (layout: Layout): Promise<string> => {
  try {
    return await readFile(layout.password, 'utf8');
  } catch {
    throw new Error(`The embedded database's password cannot be read from ${layout.password}.`);
  }
};

const initialise = async (layout: Layout, account: Account, programs: ProgramFolder): Promise<void> => {
  const { dataFolder, ...options } = callOn(layout.unfinishedCluster, account);
  const password = await open(layout.password, 'r');
  try {
    const child = spawn(
      join(programs, 'initdb'),
      [
        `--pgdata=${dataFolder}`,
        `--username=${user}`,
        // Read through the open file: its path may lie where the account cannot go.
        '--pwfile=/dev/fd/3',
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      { ...options, ...account, stdio: ['ignore', 'ignore', 'pipe', password.fd] },
    );
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
    const code = await new Promise<number | null>((ended, failed) => {
      child.once('error', failed);
      child.once('close', ended);
    });
    if (code !== 0) throw new Error(`The embedded database could not be made: ${said.trim()}`);
  } finally {
    await password.close();
  }
};

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const flushFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
