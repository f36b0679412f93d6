import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { copyEvents } from './copy-events.js';

it('Copying from an embedded database that is not there makes none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kim-copy-'));
  try {
    const data = join(folder, 'data');
    await expect(copyEvents('embedded', 'postgres://127.0.0.1:1/kim', data)).rejects.toThrow(
      `There is no embedded database in ${data} to copy from; correct KIM_DATA_DIR.`,
    );
    expect(await readdir(folder)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
