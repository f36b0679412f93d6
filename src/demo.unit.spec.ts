import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { demoWritten } from './demo.js';

it('Several starts in one folder all note that the demonstration is written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kim-demo-'));
  try {
    const simulation = { journeys: 1, seed: 1, until: '2026-06-22' };
    const starts = Array.from({ length: 20 }, () => demoWritten(folder, simulation));
    await Promise.all(starts);
    expect(await readdir(folder)).toEqual(['demo.json']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
