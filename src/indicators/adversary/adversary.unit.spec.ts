import { describe, expect, it } from '@jest/globals';
import { playAdversary } from './program.js';

describe('The adversary', () => {
  it('breaks a naive release, and pins down no small count of ours', async () => {
    const { smallWorlds, largeWorld, allButOne } = await playAdversary({ seeds: 25, journeys: 60 });
    for (const { naive, ours, change, examples } of smallWorlds) {
      // The control: an adversary who breaks nothing shows nothing.
      expect({ change, broken: naive.pinned > 20 }).toEqual({ change, broken: true });
      expect({ change, pinned: ours.pinned }).toEqual({ change, pinned: 0 });
      for (const example of examples.naive) expect(example).toMatch(/^\[.+\] = [1-4], from \[.+\] \d+/);
    }
    expect(largeWorld.naivePinned).toBeGreaterThanOrEqual(100);
    expect(largeWorld.examples[0]).toMatch(/ = [1-4], from \[/);
    expect(largeWorld.pinned).toBe(0);
    expect(largeWorld.askedOfPrograms).toBeGreaterThan(50);
    expect(largeWorld.pinnedByPrograms).toBe(0);
    expect(allButOne.ours).toBeLessThan(allButOne.asked);
  });
});
