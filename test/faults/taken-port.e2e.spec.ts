import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { startApplication } from '../support/application.js';

it('A first start on a port that is taken says so before it has written anything', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kim-taken-port-'));
  const other = createServer();
  try {
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(
      startApplication({ PORT: String(port), KIM_DATA_DIR: join(folder, 'data') }),
    ).rejects.toThrow(
      `The application ended with 1: Something listens on http://127.0.0.1:${port} already, perhaps this application; end it, or name another PORT.`,
    );
    expect(await readdir(folder)).toEqual([]);
  } finally {
    other.close();
    await rm(folder, { recursive: true });
  }
});
