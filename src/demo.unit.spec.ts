import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store';
import { demoSimulation, demoWritten } from './demo.js';

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

it('A note of the demonstration that cannot be written is told of with the setting', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kim-demo-'));
  try {
    const place = join(folder, 'a file');
    await writeFile(place, '');
    await expect(demoWritten(place, { journeys: 1, seed: 1, until: '2026-06-22' })).rejects.toThrow(
      `The data directory ${place} cannot be used: it is not a folder (ENOTDIR); see to it, or name another with KIM_DATA_DIR.`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe('A note of the demonstration that is broken', () => {
  const simulation = { journeys: 1, seed: 1, until: '2026-06-22' };
  const store = {} as EventStore;

  it.each(['', '{"simulation":', 'null', '{"finished":false}'])(
    'is named, with the remedy: %j',
    async (text) => {
      const folder = await mkdtemp(join(tmpdir(), 'kim-demo-'));
      try {
        await writeFile(join(folder, 'demo.json'), text);
        await expect(demoSimulation(folder, store, simulation)).rejects.toThrow(
          `${join(folder, 'demo.json')} is broken, which says what the demonstration is: remove it to go on with what was written so far.`,
        );
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  );
});
