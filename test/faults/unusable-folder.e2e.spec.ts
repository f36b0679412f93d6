import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const program = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const ordinaryUser = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

it('A data directory that this user cannot make is named, with its setting, in one sentence', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kim-closed-'));
  await chmod(folder, 0o555);
  const place = join(folder, 'data');
  try {
    const { status, stderr } = spawnSync(process.execPath, [program], {
      ...ordinaryUser,
      cwd: '/',
      env: { PATH: process.env.PATH, PORT: '0', KIM_DATA_DIR: place },
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([
      1,
      `The data directory ${place} cannot be used: this user may not write there (EACCES); see to it, or name another with KIM_DATA_DIR.\n`,
    ]);
  } finally {
    await chmod(folder, 0o755);
    await rm(folder, { recursive: true });
  }
});
