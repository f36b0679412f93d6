import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const program = fileURLToPath(new URL('../../src/main.js', import.meta.url));

it('A first start that is broken off ends with everything that it has started', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kim-breaking-off-'));
  try {
    const child = spawn(process.execPath, [program], {
      env: { PATH: process.env.PATH, PORT: '0', KIM_DATA_DIR: folder, KIM_DEMO_JOURNEYS: '300' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(child, 'exit');
    // Its database is there by now, and it has begun to write the people of the demonstration.
    await once(child.stderr, 'data');
    const database = Number.parseInt(await readFile(join(folder, 'postgres-server', 'process'), 'utf8'), 10);
    expect(() => process.kill(database, 0)).not.toThrow();

    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(() => process.kill(database, 0)).toThrow('ESRCH');
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}, 60_000);
