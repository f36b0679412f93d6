import { describe, expect, it } from '@jest/globals';
import { playAdversary } from './program.js';

describe('The adversary', () => {
  it('breaks a naive release, and pins down no small count of ours', async () => {
    const { smallWorlds, largeWorld, allButOne } = await playAdversary({ seeds: 25, journeys: 40 });
    for (const { naive, ours, change, examples } of smallWorlds) {
      // The control: an adversary who breaks nothing shows nothing.
      expect({ change, broken: naive.pinned > 20 }).toEqual({ change, broken: true });
      expect({ change, pinned: ours.pinned }).toEqual({ change, pinned: 0 });
      for (const example of examples.naive) expect(example).toMatch(/^\[.+\] = [1-4], from \[.+\] \d+/);
    }
    expect(largeWorld.releases.map(({ release }) => release)).toEqual(['2026-Q2', '2026-Q3', '2026-Q3.1']);
    for (const { release, naivePinned, examples, pinned, ...programs } of largeWorld.releases) {
      expect({ release, broken: naivePinned >= 100 }).toEqual({ release, broken: true });
      expect(examples[0]).toMatch(/ = [1-4], from (\[|an earlier release)/);
      expect(programs.askedOfPrograms).toBeGreaterThan(50);
      expect({ release, pinned, byPrograms: programs.pinnedByPrograms }).toEqual({
        release,
        pinned: 0,
        byPrograms: 0,
      });
    }
    expect(allButOne.ours).toBeLessThan(allButOne.asked);
  });
});
