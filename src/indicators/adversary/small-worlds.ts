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
    naive: judged(publicationOf(people, naive, exact), counts, 0),
    ours: defended(people, perturbed(people, keys, counts), counts),
  };
};

const changed = (people: readonly Person[], change: Change, chance: () => number): readonly Person[] => {
  const other = Math.floor(chance() * inner.length);
  if (change === 'none') return people.map(([before]) => [before, undefined]);
  if (change === 'joined') return [...people, [undefined, other]];
  const [first, ...rest] = people;
  if (!first) return people;
  if (change === 'moved') return [...rest, [first[0], other]];
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

/** Withholds as a release does until the attack fails: the largest figure of a sum with the count that fell. */
const defended = (
  people: readonly Person[],
  figures: readonly number[],
  counts: readonly number[],
): Played => {
  const published: (number | undefined)[] = [...figures];
  for (let withheld = 0; ; withheld += 1) {
    const publication = publicationOf(people, published, ours);
    const [fallen] = pinnedCells(publication, counts);
    if (fallen === undefined) return judged(publication, counts, withheld);
    const related = bothReleases(sums).filter(({ total, parts }) => [total, ...parts].includes(fallen));
    const next = [
      ...related.map(({ total }) => total),
      ...related.flatMap(({ parts }) => parts),
      fallen,
    ].find((cell) => published[cell] !== undefined);
    const any = next ?? published.findIndex((figure) => figure !== undefined);
    if (any < 0) return judged(publication, counts, withheld);
    published[any] = undefined;
  }
};

const judged = (publication: Publication, counts: readonly number[], withheld: number): Played => {
  const pinned = pinnedCells(publication, counts);
  return {
    small: smallCells(counts).length,
    pinned: pinned.length,
    withheld,
    examples: () => pinned.map((cell) => told(publication, counts, cell)),
  };
};

/** A count that is pinned down, and published figures that are enough for it: none of them can be missed. */
const told = (publication: Publication, counts: readonly number[], cell: number): string => {
  let published = publication.published;
  for (const at of published.keys()) {
    const without = published.with(at, undefined);
    if (isPinned({ ...publication, published: without }, cell)) published = without;
  }
  const from = published.flatMap((figure, at) => (figure === undefined ? [] : [`${nameOf(at)} ${figure}`]));
  return `${nameOf(cell)} = ${counts[cell]}, from ${from.join(', ') || 'what became of one person'}`;
};

const nameOf = (cell: number): string =>
  cell < cellCount ? `[${names[cell]}]` : `[${names[cell - cellCount]}, second release]`;

const isPinned = (publication: Publication, cell: number): boolean =>
  consistentCounts(publication)[cell]!.size < 2;

const smallCells = (counts: readonly number[]): readonly number[] =>
  counts.flatMap((count, cell) => (count >= 1 && count <= greatestSmall ? [cell] : []));

const pinnedCells = (publication: Publication, counts: readonly number[]): readonly number[] => {
  const consistent = consistentCounts(publication);
  return smallCells(counts).filter((cell) => consistent[cell]!.size < 2);
};

/**
 * The adversary is told that everybody stayed but for one person, and what became of that one: which is more
 * than anyone can tell from figures.
 */
const publicationOf = (
  people: readonly Person[],
  published: readonly (number | undefined)[],
  table: PerturbationTable,
): Publication => {
  const isOneRelease = people.every(([, after]) => after === undefined);
  const stayed = inner.map((cells): readonly number[] =>
    isOneRelease ? cells : [...cells, ...cells.map((cell) => cell + cellCount)],
  );
  const odd = isOneRelease ? [] : people.filter(([before, after]) => before !== after).map(cellsOfPerson);
  return {
    published: isOneRelease
      ? published.map((figure, cell) => (cell < cellCount ? figure : undefined))
      : published,
    kinds: [...stayed, ...odd],
    sums: isOneRelease ? sums : bothReleases(sums),
    table,
    mostPerKind,
    known: new Map(odd.map((_, at) => [inner.length + at, 1])),
  };
};

const bothReleases = (one: readonly Sum[]): readonly Sum[] => [
  ...one,
  ...one.map(({ total, parts }) => ({
    total: total + cellCount,
    parts: parts.map((part) => part + cellCount),
  })),
];
