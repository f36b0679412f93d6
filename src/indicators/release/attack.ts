import {
  alternativesTo,
  countsBehind,
  narrowByBounds,
  publicKnowledge,
  unknownCount,
  type PerturbationTable,
} from '#disclosure-control';
import type { CellSystem } from './cells.js';

/** What came of attacking the figures before they are published. */
export interface Attack {
  /** The figures, `undefined` where one is withheld. */
  readonly figures: readonly (number | undefined)[];
  /** True counts from 1 to 4: those that have to stay open. */
  readonly small: number;
  /** Cells that were withheld because a small count would not have stayed open otherwise. */
  readonly withheld: readonly number[];
  /** Breakdowns that were taken out since most of their figures would have had to be withheld. */
  readonly coarsened: readonly number[];
  /** Small counts that differencing over everything published still pins down: none, or the release fails. */
  readonly pinned: number;
}

const smallest = 1;
const greatestSmall = 4;
/** Of the figures of a breakdown: more than that withheld, and the breakdown is of no use. */
const mostWithheld = 0.5;

/**
 * Plays everyone who knows the method and all breakdowns of a figure, but no record, against it. Each small
 * count must be able to be one more or less: some population other than the true one has to fit every published
 * figure, the differences in noise, and the sums of keys. Where none is found, what forbids it is withheld.
 */
export const attack = (
  system: CellSystem,
  perturbed: readonly (number | undefined)[],
  table: PerturbationTable,
): Attack => {
  const { cells, kinds } = system;
  const figures = [...perturbed];
  const withheld = new Set<number>();
  const coarsened = new Set<number>();
  const withhold = (cell: number): void => {
    if (figures[cell] === undefined) return;
    figures[cell] = undefined;
    withheld.add(cell);
  };
  const small = cells.flatMap(({ count }, cell) =>
    count >= smallest && count <= greatestSmall ? [cell] : [],
  );
  const { canBecome, forbidOneMore } = alternativesTo(
    cells.length,
    kinds,
    publicKnowledge(figures, tightSums(system, perturbed), table),
  );
  const staysOpen = (cell: number): boolean => {
    const { count } = cells[cell]!;
    return canBecome(cell, count + 1) || canBecome(cell, count - 1);
  };
  // To withhold only leaves more possible: what stayed open goes on staying open.
  let failing = oneOfEach(system, small).filter((cell) => !staysOpen(cell));
  for (; failing.length > 0; failing = failing.filter((cell) => !staysOpen(cell))) {
    for (const cell of failing) for (const forbidding of forbidOneMore(cell)) withhold(forbidding);
    for (const breakdown of hollow(system, perturbed, withheld)) {
      if (coarsened.has(breakdown)) continue;
      coarsened.add(breakdown);
      for (const [cell, one] of cells.entries()) if (one.breakdown === breakdown) withhold(cell);
    }
  }
  return {
    figures,
    small: small.length,
    withheld: [...withheld],
    coarsened: [...coarsened],
    pinned: pinnedByDifferencing(system, figures, table).length,
  };
};

/** Of cells that hold the very same persons one: what is open of it is open of all of them. */
const oneOfEach = ({ cells, kinds }: CellSystem, asked: readonly number[]): readonly number[] => {
  const isAsked = new Set(asked);
  const who = cells.map((): string[] => []);
  for (const [kind, { cells: counted }] of kinds.entries())
    for (const cell of counted) if (isAsked.has(cell)) who[cell]!.push(String(kind));
  return [...new Map(asked.map((cell) => [who[cell]!.join(), cell])).values()];
};

/**
 * The sums of so few parts that their keys can contradict each other: the keys behind many figures add up to
 * anything.
 */
const tightSums = ({ sums }: CellSystem, figures: readonly (number | undefined)[]) =>
  sums.filter(
    ({ total, parts }) =>
      parts.length > 1 &&
      parts.length <= mostTightParts &&
      figures[total] !== undefined &&
      parts.every((part) => figures[part] !== undefined),
  );

/** With so many parts, each figure leaving some fifth of all keys, every key is possible for the total. */
const mostTightParts = 8;

const hollow = (
  { cells, breakdowns }: CellSystem,
  perturbed: readonly (number | undefined)[],
  withheld: ReadonlySet<number>,
): readonly number[] => {
  const shown = breakdowns.map(() => 0);
  const lost = breakdowns.map(() => 0);
  for (const [cell, { breakdown }] of cells.entries()) {
    if (perturbed[cell] === undefined || perturbed[cell] === 0) continue;
    shown[breakdown]! += 1;
    if (withheld.has(cell)) lost[breakdown]! += 1;
  }
  return breakdowns.flatMap((by, breakdown) =>
    by.length > 0 && lost[breakdown]! > shown[breakdown]! * mostWithheld ? [breakdown] : [],
  );
};

/** The adversary's own view: ranges and sums, without knowing which cells are empty. */
const pinnedByDifferencing = (
  { cells, sums, breakdowns }: CellSystem,
  figures: readonly (number | undefined)[],
  table: PerturbationTable,
): readonly number[] => {
  const behind = countsBehind(table);
  const empty = { least: 0, most: Math.max(...behind(0)) };
  const ranges = figures.map((figure) => {
    if (figure === undefined) return unknownCount;
    const counts = behind(figure);
    return { least: counts[0]!, most: counts.at(-1)! };
  });
  const codesOf = breakdowns.map((_, breakdown) => {
    const inside = cells.filter((cell) => cell.breakdown === breakdown);
    return inside[0]?.codes.map((_code, at) => new Set(inside.map(({ codes }) => codes[at])).size) ?? [];
  });
  // Cells in which nobody is counted look like those whose figure is 0.
  const linked = sums.map(({ total, parts }) => {
    const absent = Math.max(1, ...codesOf[cells[parts[0]!]!.breakdown]!);
    ranges.push({ least: 0, most: empty.most * absent });
    return { total, parts: [...parts, ranges.length - 1] };
  });
  return narrowByBounds({ cells: ranges, sums: linked }).flatMap(({ cell, least, most }) => {
    const count = cells[cell]?.count ?? 0;
    return least === most && count >= smallest && count <= greatestSmall ? [cell] : [];
  });
};
