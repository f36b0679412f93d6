import { randomNumbers } from '../testing/invented-facts.js';
import type { KnowingAllButOne } from './all-but-one.js';
import { playLargeWorld, type LargeRelease } from './large-world.js';
import { changes, playSmallWorld, type Outcome } from './small-worlds.js';

/** What the adversary could do, over all that was played. */
export interface AdversaryReport {
  readonly smallWorlds: readonly {
    readonly change: string;
    readonly worlds: number;
    readonly naive: Outcome;
    readonly ours: Outcome;
    /** Some of the counts that were pinned down, with the published figures that they follow from. */
    readonly examples: { readonly naive: readonly string[]; readonly ours: readonly string[] };
  }[];
  readonly largeWorld: { readonly journeys: number; readonly releases: readonly LargeRelease[] };
  readonly allButOne: KnowingAllButOne;
}

/**
 * Plays against small worlds by enumeration, and against one large one by differencing and integer programs, over
 * releases one after the other.
 */
export const playAdversary = async (
  { seeds, journeys }: { readonly seeds: number; readonly journeys: number },
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<AdversaryReport> => {
  const total = seeds * changes.length + 1;
  let done = 0;
  const smallWorlds = changes.map((change) => {
    const naive: Outcome = { small: 0, pinned: 0, withheld: 0 };
    const ours: Outcome = { small: 0, pinned: 0, withheld: 0 };
    const examples: { naive: string[]; ours: string[] } = { naive: [], ours: [] };
    for (let seed = 0; seed < seeds; seed += 1) {
      const played = playSmallWorld(randomNumbers(seed * 7919 + change.length), change);
      add(naive, played.naive);
      add(ours, played.ours);
      if (examples.naive.length < examplesOfWorlds) examples.naive.push(...played.naive.examples());
      examples.ours.push(...played.ours.examples());
      onProgress((done += 1), total);
    }
    examples.naive.splice(examplesOfWorlds);
    return { change, worlds: seeds, naive, ours, examples };
  });
  const { releases, allButOne } = await playLargeWorld(journeys);
  onProgress(total, total);
  return { smallWorlds, largeWorld: { journeys, releases }, allButOne };
};

const add = (sum: Outcome, one: Outcome): void => {
  sum.small += one.small;
  sum.pinned += one.pinned;
  sum.withheld += one.withheld;
};

const examplesOfWorlds = 2;
