import { auditHidden, InconsistentTable, type ExposedCell } from './audit.js';
import type { CountRange } from './cell-key.js';
import { unknownCount, type Sum } from './linked-table.js';
import type { Kind } from './population.js';
import { roundTo } from './rounding.js';

export interface SuppressionRules {
  /** Counts below it are hidden. */
  readonly threshold: number;
  /** Counts that are shown are rounded to multiples of it. */
  readonly multiple: number;
  /** The true counts that may stand behind a perturbed one. */
  readonly behind: (perturbed: number) => readonly number[];
}

/**
 * Cells of a table in which nobody is counted. Everyone sees them as they see hidden ones: not at all. They
 * stand after the counted cells.
 */
export interface EmptyCells {
  readonly count: number;
  /** All sums in which they stand, with the counted cells in them. */
  readonly sums: readonly Sum[];
}

export interface SuppressedTable {
  /** For each cell the rounded count, or `undefined` where it is hidden. */
  readonly shown: readonly (number | undefined)[];
  /** Cells that are hidden for being small. */
  readonly primary: number;
  /** Cells that are hidden to protect others. */
  readonly secondary: number;
}

/**
 * Hides what is small, and further cells until the audit finds no hidden one that can be narrowed to an
 * interval that excludes a value between 0 and the threshold less 1; rounds the rest. A shown figure enters the
 * audit as everything that its noise and its rounding allow. Who knows the `population` audits faster.
 *
 * Counted cells are audited against those who know which cells are empty. The `empty` ones, of which a 0 must no
 * more be told than a 1, are audited against everyone else.
 * @throws SolverFailed; InconsistentTable if the counts and sums contradict each other
 */
export const suppressTable = async (
  counts: readonly number[],
  sums: readonly Sum[],
  rules: SuppressionRules,
  population: readonly Kind[] = [],
  empty: EmptyCells = noneEmpty,
): Promise<SuppressedTable> => {
  const { threshold, multiple } = rules;
  const hidden = new Set(counts.flatMap((count, cell) => (count < threshold ? [cell] : [])));
  const primary = hidden.size;
  const rangeOf = shownRange(rules);
  const sumsOf = sumsByCell([...sums, ...empty.sums]);
  const unlisted = Array.from({ length: empty.count }, (_, at) => counts.length + at);
  let open: readonly number[] = [...hidden];
  let openUnlisted: readonly number[] = unlisted;
  while (open.length + openUnlisted.length > 0) {
    const cells = counts.map((count, cell) =>
      hidden.has(cell) ? unknownCount : rangeOf(roundTo(count, multiple)),
    );
    const exposed = await auditHidden({ cells, sums }, open, threshold - 1, population);
    const withEmpty = { cells: [...cells, ...unlisted.map(() => unknownCount)], sums: empty.sums };
    const exposedEmpty = await auditHidden(withEmpty, openUnlisted, threshold - 1);
    const added = companions([...exposed, ...exposedEmpty], counts, hidden, sumsOf);
    for (const cell of added) hidden.add(cell);
    // To hide more only leaves more possible: what was safe stays safe.
    open = [...exposed.map(({ cell }) => cell), ...added];
    openUnlisted = exposedEmpty.map(({ cell }) => cell);
    if (added.size === 0 && open.length + openUnlisted.length > 0) throw new InconsistentTable();
  }
  return {
    shown: counts.map((count, cell) => (hidden.has(cell) ? undefined : roundTo(count, multiple))),
    primary,
    secondary: hidden.size - primary,
  };
};

/** What everyone can tell from a shown count: which perturbed counts round to it, and what stands behind those. */
export const shownRange = ({
  threshold,
  multiple,
  behind,
}: SuppressionRules): ((shown: number) => CountRange) => {
  const known = new Map<number, CountRange>();
  return (shown) => {
    const found = known.get(shown);
    if (found) return found;
    const counts: number[] = [];
    for (let perturbed = Math.max(threshold, shown - multiple); perturbed <= shown + multiple; perturbed += 1)
      if (roundTo(perturbed, multiple) === shown) counts.push(...behind(perturbed));
    const range = { least: Math.min(...counts), most: Math.max(...counts) };
    known.set(shown, range);
    return range;
  };
};

const noneEmpty: EmptyCells = { count: 0, sums: [] };

const sumsByCell = (sums: readonly Sum[]): ReadonlyMap<number, readonly Sum[]> => {
  const found = new Map<number, Sum[]>();
  for (const sum of sums)
    for (const cell of [sum.total, ...sum.parts]) {
      const known = found.get(cell);
      if (known) known.push(sum);
      else found.set(cell, [sum]);
    }
  return found;
};

/**
 * For each exposed cell the smallest one that is still shown in a sum with it: hiding that costs least. Where all of
 * those are hidden, one in a sum with them tells of it.
 */
const companions = (
  exposed: readonly ExposedCell[],
  counts: readonly number[],
  hidden: ReadonlySet<number>,
  sumsOf: ReadonlyMap<number, readonly Sum[]>,
): ReadonlySet<number> => {
  const chosen = new Set<number>();
  for (const { cell } of exposed) {
    const shown = nearestShown(cell, counts.length, hidden, sumsOf);
    if (shown.some((one) => chosen.has(one))) continue;
    const least = shown.reduce<number | undefined>(
      (best, one) => (best === undefined || counts[one]! < counts[best]! ? one : best),
      undefined,
    );
    if (least !== undefined) chosen.add(least);
  }
  return chosen;
};

const nearestShown = (
  from: number,
  counted: number,
  hidden: ReadonlySet<number>,
  sumsOf: ReadonlyMap<number, readonly Sum[]>,
): readonly number[] => {
  const seen = new Set([from]);
  for (let ring: readonly number[] = [from]; ring.length > 0;) {
    const next = new Set(
      ring
        .flatMap((cell) => sumsOf.get(cell) ?? [])
        .flatMap(({ total, parts }) => [total, ...parts])
        .filter((cell) => !seen.has(cell)),
    );
    const shown = [...next].filter((cell) => cell < counted && !hidden.has(cell));
    if (shown.length > 0) return shown;
    for (const cell of next) seen.add(cell);
    ring = [...next];
  }
  return [];
};
