import {
  addKeys,
  consistentCounts,
  perturbationBy,
  perturbationTable,
  type PerturbationTable,
  type Publication,
  type RecordKey,
  type Sum,
} from '#disclosure-control';
import { noiseRules } from '../noise.js';
import { attack } from '../release/attack.js';
import type { CellSystem } from '../release/cells.js';

/** What became of the small counts (1 to 4) of one or many worlds. */
export interface Outcome {
  small: number;
  pinned: number;
  /** Figures that had to be withheld first. */
  withheld: number;
}

/**
 * What is published of a small world, twice: a town's people by two attributes, with all totals; and again after
 * one of `changes`. The adversary goes through all populations that fit both releases.
 */
export type Change = 'none' | 'joined' | 'left' | 'moved' | 'erased';
export const changes: readonly Change[] = ['none', 'joined', 'left', 'moved', 'erased'];

/** Two attributes of two codes each, with margins: cells 0–3 inside, 4–7 margins, 8 the total. */
const inner = [
  [0, 4, 6, 8],
  [1, 4, 7, 8],
  [2, 5, 6, 8],
  [3, 5, 7, 8],
] as const;
const cellCount = 9;
const sums: readonly Sum[] = [
  { total: 4, parts: [0, 1] },
  { total: 5, parts: [2, 3] },
  { total: 6, parts: [0, 2] },
  { total: 7, parts: [1, 3] },
  { total: 8, parts: [4, 5] },
  { total: 8, parts: [6, 7] },
];
/** What each cell counts, as it is called where something is pinned down. */
const names = ['A women', 'A men', 'B women', 'B men', 'A', 'B', 'women', 'men', 'total'];
const mostPerKind = 8;
const greatestSmall = 4;

/** Which kind each person is of, in each release; `undefined` for one who is not counted there. */
type Person = readonly [before: number | undefined, after: number | undefined];

const ours = perturbationTable(noiseRules);
/** A release that hides what is small and does nothing else. */
const exact: PerturbationTable = [0, 1].map((count) => ({ count, values: [{ noise: 0, probability: 1 }] }));

/** What came of one world, and, for those who ask, by which published numbers its counts were pinned down. */
export interface Played extends Outcome {
  readonly examples: () => readonly string[];
}

/** Plays one world, made from random numbers: naive, as a control, and with noise and attack as ours. */
export const playSmallWorld = (
  chance: () => number,
  change: Change,
): { readonly naive: Played; readonly ours: Played } => {
  const people = changed(
    inner.flatMap((_, kind) => Array.from({ length: Math.floor(chance() * 6) }, (): Person => [kind, kind])),
    change,
    chance,
  );
  const keys = people.map(() => Math.floor(chance() * 2 ** 48));
  const counts = trueCounts(people);
  const isNaiveShown = (count: number): boolean => count === 0 || count > greatestSmall;
  const naive = counts.map((count) => (isNaiveShown(count) ? count : undefined));
  return {
    naive: judged(publicationsOf(change, naive, exact), counts, 0),
    ours: defended(change, people, keys, counts),
  };
};

const changed = (people: readonly Person[], change: Change, chance: () => number): readonly Person[] => {
  const other = Math.floor(chance() * inner.length);
  if (change === 'none') return people.map(([before]) => [before, undefined]);
  if (change === 'joined') return [...people, [undefined, other]];
  const [first, ...rest] = people;
  if (!first) return people;
  if (change === 'moved') return [...rest, [first[0], (first[0]! + 1 + (other % 3)) % inner.length]];
  // An erased person's attributes are unknown from then on: gone from all cells that are published here.
  return [...rest, [first[0], undefined]];
};

/** The cells of the second release stand after those of the first. */
const cellsOfPerson = ([before, after]: Person): readonly number[] => [
  ...(before === undefined ? [] : inner[before]!),
  ...(after === undefined ? [] : inner[after]!.map((cell) => cell + cellCount)),
];

const trueCounts = (people: readonly Person[]): readonly number[] => {
  const counts = Array.from({ length: 2 * cellCount }, () => 0);
  for (const person of people) for (const cell of cellsOfPerson(person)) counts[cell]! += 1;
  return counts;
};

const perturbed = (
  people: readonly Person[],
  keys: readonly RecordKey[],
  counts: readonly number[],
): readonly number[] => {
  const cellKeys = counts.map(() => 0);
  for (const [at, person] of people.entries())
    for (const cell of cellsOfPerson(person)) cellKeys[cell] = addKeys(cellKeys[cell]!, keys[at]!);
  const perturb = perturbationBy(ours);
  return counts.map((count, cell) => perturb(count, cellKeys[cell]!));
};

/** What is published of ours: each release as it is attacked, the second together with the first. */
const defended = (
  change: Change,
  people: readonly Person[],
  keys: readonly RecordKey[],
  counts: readonly number[],
): Played => {
  const figures = perturbed(people, keys, counts);
  const [before, after] = [figures.slice(0, cellCount), figures.slice(cellCount)];
  const first = attack(systemOf(people, 0, counts.slice(0, cellCount)), before, ours);
  const told = new Map(
    first.figures.flatMap((figure, cell) => {
      const count = counts[cell]!;
      return figure === undefined ? [] : [[cell, { figure, count }] as const];
    }),
  );
  const second = attack(
    systemOf(people, 1, counts.slice(cellCount)),
    after,
    ours,
    change === 'none' ? [] : [told],
  );
  return judged(
    publicationsOf(change, [...first.figures, ...second.figures], ours),
    counts,
    first.withheld.length + second.withheld.length,
  );
};

/** One of the two releases as the attack sees it. */
const systemOf = (people: readonly Person[], release: 0 | 1, counts: readonly number[]): CellSystem => ({
  breakdowns,
  cells: counts.map((count, cell) => ({ ...placeOf[cell]!, slot: 'counted', count, persons: count, key: 0 })),
  kinds: inner.map((cells, kind) => ({
    cells,
    persons: people.filter((person) => person[release] === kind).length,
  })),
  sums,
});

const breakdowns: CellSystem['breakdowns'] = [['municipality', 'sex'], ['municipality'], ['sex'], []];
const placeOf = [
  ...['A|f', 'A|m', 'B|f', 'B|m'].map((codes) => ({ breakdown: 0, codes: codes.split('|') })),
  ...['A', 'B'].map((code) => ({ breakdown: 1, codes: [code] })),
  ...['f', 'm'].map((code) => ({ breakdown: 2, codes: [code] })),
  { breakdown: 3, codes: [] },
];

const judged = (
  publications: readonly Publication[],
  counts: readonly number[],
  withheld: number,
): Played => {
  const consistent = publications.map(consistentCounts);
  const pinned = smallCells(counts).filter((cell) => isPinned(consistent, cell));
  return {
    small: smallCells(counts).length,
    pinned: pinned.length,
    withheld,
    examples: () => pinned.map((cell) => told(publications, counts, cell)),
  };
};

/** A count that is pinned down, and published figures that are enough for it: none of them can be missed. */
const told = (publications: readonly Publication[], counts: readonly number[], cell: number): string => {
  let { published } = publications[0]!;
  for (const at of published.keys()) {
    const without = published.with(at, undefined);
    const known = publications.map((publication) => consistentCounts({ ...publication, published: without }));
    if (isPinned(known, cell)) published = without;
  }
  const from = published.flatMap((figure, at) => (figure === undefined ? [] : [`${nameOf(at)} ${figure}`]));
  return `${nameOf(cell)} = ${counts[cell]}, from ${from.join(', ') || 'what became of one person'}`;
};

const nameOf = (cell: number): string =>
  cell < cellCount ? `[${names[cell]}]` : `[${names[cell - cellCount]}, second release]`;

const isPinned = (consistent: readonly (readonly ReadonlySet<number>[])[], cell: number): boolean =>
  new Set(consistent.flatMap((counts) => [...counts[cell]!])).size < 2;

const smallCells = (counts: readonly number[]): readonly number[] =>
  counts.flatMap((count, cell) => (count >= 1 && count <= greatestSmall ? [cell] : []));

/**
 * What is published, with each thing that can have become of one person: the adversary knows that everybody stayed
 * but for one, and whether that one came, left, moved or was erased, which is more than anyone can tell from figures.
 */
const publicationsOf = (
  change: Change,
  published: readonly (number | undefined)[],
  table: PerturbationTable,
): readonly Publication[] => {
  if (change === 'none') {
    const first = published.map((figure, cell) => (cell < cellCount ? figure : undefined));
    return [{ published: first, kinds: inner, sums, table, mostPerKind }];
  }
  const stayed = inner.map((_, kind) => cellsOfPerson([kind, kind]));
  return oddPersons(change).map((odd) => ({
    published,
    kinds: [...stayed, cellsOfPerson(odd)],
    sums: bothReleases(sums),
    table,
    mostPerKind,
    known: new Map([[stayed.length, 1]]),
  }));
};

const oddPersons = (change: Change): readonly Person[] =>
  inner.flatMap((_, kind): readonly Person[] => {
    if (change === 'joined') return [[undefined, kind]];
    if (change !== 'moved') return [[kind, undefined]];
    return inner.flatMap((_other, other): readonly Person[] => (other === kind ? [] : [[kind, other]]));
  });

const bothReleases = (one: readonly Sum[]): readonly Sum[] => [
  ...one,
  ...one.map(({ total, parts }) => ({
    total: total + cellCount,
    parts: parts.map((part) => part + cellCount),
  })),
];
