import { createSecretKey } from 'node:crypto';
import {
  countsBehind,
  narrowByBounds,
  narrowByPrograms,
  perturbationTable,
  recordKeysUnder,
  unknownCount,
} from '#disclosure-control';
import { breakdownName } from '../catalogue/dimensions.js';
import { catalogue, isRecorded } from '../catalogue/catalogue.js';
import { noiseRules } from '../noise.js';
import { releaseNamed } from '../quarter.js';
import { attackedSystem } from '../release/attacked-system.js';
import { casesOf, countedBy, withLargestLanguages } from '../release/cases.js';
import type { CellSystem } from '../release/cells.js';
import { inventFacts, randomNumbers, towns } from '../testing/invented-facts.js';
import { knowingAllButOne } from './all-but-one.js';
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
  readonly largeWorld: {
    readonly journeys: number;
    readonly smallCounts: number;
    readonly naivePinned: number;
    readonly pinned: number;
    readonly withheld: number;
    /** Of the small counts that integer programs were asked about, how many they pinned down. */
    readonly askedOfPrograms: number;
    readonly pinnedByPrograms: number;
    /** The first counts that the naive release betrays, with the published cells that they follow from. */
    readonly examples: readonly string[];
    /** Counts of ours that programs pinned down, with what was published about them. */
    readonly ownExamples: readonly string[];
  };
  readonly allButOne: { readonly asked: number; readonly naive: number; readonly ours: number };
}

/** Plays against small worlds by enumeration, and against one large one by differencing and integer programs. */
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
  const large = await playLargeWorld(journeys);
  onProgress(total, total);
  return { smallWorlds, ...large };
};

const add = (sum: Outcome, one: Outcome): void => {
  sum.small += one.small;
  sum.pinned += one.pinned;
  sum.withheld += one.withheld;
};

/** Integer programs over one figure in breakdowns by one attribute: as large as they end in seconds. */
const mostAskedOfPrograms = 40;
const examplesTold = 5;
const examplesOfWorlds = 2;

/** The towns of the joint team, and others beside them. */
const places = { ...towns, '05978024': 14, '05978036': 10, '05978028': 6, '05978040': 3, '05978032': 2 };

const playLargeWorld = async (
  journeys: number,
): Promise<Pick<AdversaryReport, 'largeWorld' | 'allButOne'>> => {
  const horizon = '2026-11-20';
  const name = releaseNamed('2026-Q3')!;
  const window = { ...name.quarter, horizon };
  const table = perturbationTable(noiseRules);
  const recordKeyOf = recordKeysUnder(createSecretKey(Buffer.alloc(32, 9)));
  const cases = withLargestLanguages(
    casesOf(inventFacts(journeys, 5, horizon, places), recordKeyOf),
    window,
    table,
  );
  const allButOne = { asked: 0, naive: 0, ours: 0 };
  const sum = {
    smallCounts: 0,
    naivePinned: 0,
    pinned: 0,
    withheld: 0,
    askedOfPrograms: 0,
    pinnedByPrograms: 0,
  };
  const examples: string[] = [];
  const ownExamples: string[] = [];
  for (const indicator of catalogue.filter(isRecorded))
    for (const figure of indicator.figures) {
      const counted = countedBy(indicator, figure, cases, window);
      const { system, attacked } = attackedSystem(indicator, figure, counted, table);
      sum.smallCounts += attacked.small;
      sum.pinned += attacked.pinned;
      sum.withheld += attacked.withheld.length;
      const broken = naiveBroken(system);
      sum.naivePinned += broken.length;
      for (const { cell, from } of broken.slice(0, Math.max(0, examplesTold - examples.length)))
        examples.push(
          `${indicator.code} ${nameOf(system, cell)} = ${system.cells[cell]!.count}, from ${from.map((one) => nameOf(system, one)).join(', ')}`,
        );
      const programs = await byPrograms(system, attacked.figures, countsBehind(table));
      sum.askedOfPrograms += programs.asked;
      sum.pinnedByPrograms += programs.pinned.length;
      ownExamples.push(...programs.pinned.map((told) => `${indicator.code} ${told}`));
      const told = knowingAllButOne(system, attacked.figures);
      allButOne.asked += told.asked;
      allButOne.naive += told.naive;
      allButOne.ours += told.ours;
    }
  return { largeWorld: { journeys, ...sum, examples, ownExamples }, allButOne };
};

/** The control: true counts, hidden where they are small, and differenced. */
const naiveBroken = ({ cells, sums }: CellSystem) =>
  narrowByBounds({
    cells: cells.map(({ count }) => (isSmall(count) ? unknownCount : { least: count, most: count })),
    sums,
  }).filter(({ cell, least, most }) => least === most && isSmall(cells[cell]!.count));

const isSmall = (count: number): boolean => count >= 1 && count <= 4;

/** Everything that is published in breakdowns by one attribute, and the sums within them, asked for each small count. */
const byPrograms = async (
  system: CellSystem,
  figures: readonly (number | undefined)[],
  behind: (figure: number) => readonly number[],
): Promise<{ readonly asked: number; readonly pinned: readonly string[] }> => {
  const { breakdowns, cells, sums } = system;
  const places = cells.flatMap(({ breakdown }, cell) => (breakdowns[breakdown]!.length <= 1 ? [cell] : []));
  const at = new Map(places.map((place, index) => [place, index]));
  const ranges = places.map((place) => {
    const figure = figures[place];
    if (figure === undefined) return unknownCount;
    const counts = behind(figure);
    return { least: counts[0]!, most: counts.at(-1)! };
  });
  const linked = sums
    .filter(({ total, parts }) => [total, ...parts].every((place) => at.has(place)))
    .map(({ total, parts }) => ({ total: at.get(total)!, parts: parts.map((part) => at.get(part)!) }));
  const asked = places
    .flatMap((place, index) => (isSmall(cells[place]!.count) ? [index] : []))
    .slice(0, mostAskedOfPrograms);
  const ends = asked.length === 0 ? [] : await narrowByPrograms({ cells: ranges, sums: linked }, asked);
  return {
    asked: asked.length,
    pinned: ends.flatMap(({ least, most }, number) => {
      if (least !== most) return [];
      const cell = asked[number]!;
      const around = linked.filter(({ total, parts }) => [total, ...parts].includes(cell));
      const from = new Set(around.flatMap(({ total, parts }) => [total, ...parts]));
      const names = [...from].map((one) => `${nameOf(system, places[one]!)} ${figures[places[one]!] ?? '-'}`);
      return [`${nameOf(system, places[cell]!)} = ${least}, from ${names.join(', ')}`];
    }),
  };
};

const nameOf = ({ breakdowns, cells }: CellSystem, cell: number): string => {
  const { breakdown, codes, slot } = cells[cell]!;
  return `[${breakdownName(breakdowns[breakdown]!) || 'total'} ${codes.join('/')} ${slot}]`;
};
