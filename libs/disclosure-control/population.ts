import type { Sum } from './linked-table.js';

/** Persons who are alike in everything that is published: the cells in which each of them is counted. */
export interface Kind {
  readonly cells: readonly number[];
  readonly persons: number;
}

/** What everyone can judge a population by. */
export interface Knowledge {
  /** Whether a cell may hold that many, by everything that is known of it. */
  readonly allowed: (cell: number, count: number) => boolean;
  /** Whether everyone can tell that two cells do not hold the same persons: their noise differs. */
  readonly toldApart?: (one: number, other: number) => boolean;
  /** Sums by which a population can be judged beyond its single cells, with the judgement. */
  readonly sums?: readonly Sum[];
  readonly addsUp?: (sum: Sum, countOf: (cell: number) => number) => boolean;
}

/** Other populations than the true one, for those who know the true one: each proves that a count stays open. */
export interface Alternatives {
  /** The true counts. */
  readonly counts: readonly number[];
  /**
   * Whether some other population, in which this cell holds `target`, is allowed in every cell. Looked for by
   * adding, taking away and exchanging persons; `false` says only that none was found.
   */
  canBecome(cell: number, target: number): boolean;
  /** The fewest cells, of those that were looked at, that forbid one person more in this cell. */
  forbidOneMore(cell: number): readonly number[];
}

/**
 * Finds populations that fit what is known as well as the true one does. What they show to be possible needs no
 * linear program; the few cells that are left do.
 */
export const alternativesTo = (
  cellCount: number,
  kinds: readonly Kind[],
  { allowed, toldApart = () => false, sums = [], addsUp = () => true }: Knowledge,
): Alternatives => {
  const counts = new Array<number>(cellCount).fill(0);
  const kindsOf = Array.from({ length: cellCount }, (): number[] => []);
  for (const [index, { cells, persons }] of kinds.entries())
    for (const cell of cells) {
      counts[cell]! += persons;
      kindsOf[cell]!.push(index);
    }

  const presentIn = kindsOf.map((all) => all.filter((kind) => kinds[kind]!.persons > 0).slice(0, kindsTried));
  const sumsOf = Array.from({ length: sums.length > 0 ? cellCount : 0 }, (): Sum[] => []);
  for (const sum of sums) for (const cell of [sum.total, ...sum.parts]) sumsOf[cell]!.push(sum);

  const fits = ({ cells, kinds: moved }: Change): boolean => {
    for (const [cell, by] of cells) if (by !== 0 && !allowed(cell, counts[cell]! + by)) return false;
    for (const [kind, by] of moved)
      if (by < 0 && kinds[kind]!.cells.some((cell) => wouldBeOthers(cell, cells, moved))) return false;
    return sums.length === 0 || sumsThatFail(cells).next().done === true;
  };
  // Where somebody left, a cell could come to hold the very persons of another from which it was told apart. That
  // other one has whoever is left, as far as that is looked at; then equal counts are taken for equal persons.
  const wouldBeOthers = (cell: number, change: Counted, moved: Counted): boolean => {
    const count = counts[cell]! + (change.get(cell) ?? 0);
    if (count === 0) return false;
    const left =
      presentIn[cell]!.find((kind) => kinds[kind]!.persons + (moved.get(kind) ?? 0) > 0) ??
      [...moved].find(([kind, by]) => by > 0 && kinds[kind]!.cells.includes(cell))?.[0];
    if (left === undefined) return false;
    for (const other of kinds[left]!.cells)
      if (
        counts[other]! + (change.get(other) ?? 0) === count &&
        counts[other]! !== counts[cell]! &&
        toldApart(cell, other) &&
        presentIn[cell]!.every(
          (kind) => kinds[kind]!.persons + (moved.get(kind) ?? 0) === 0 || kinds[kind]!.cells.includes(other),
        )
      )
        return true;
    return false;
  };
  function* sumsThatFail(change: Counted): Generator<Sum> {
    const judged = new Set<Sum>();
    const countOf = (cell: number): number => counts[cell]! + (change.get(cell) ?? 0);
    for (const [cell, by] of change) {
      if (by === 0) continue;
      for (const sum of sumsOf[cell]!) {
        if (judged.has(sum)) continue;
        judged.add(sum);
        if (!addsUp(sum, countOf)) yield sum;
      }
    }
  }
  const changed = ({ cells, kinds: moved }: Change, kind: number, by: number): Change => {
    const next = new Map(cells);
    for (const cell of kinds[kind]!.cells) next.set(cell, (next.get(cell) ?? 0) + by);
    return { cells: next, kinds: new Map(moved).set(kind, (moved.get(kind) ?? 0) + by) };
  };

  /** The cells that forbid so many more of a kind. */
  const forbidding = (kind: number, by: number): readonly number[] =>
    kinds[kind]!.cells.filter((cell) => !allowed(cell, counts[cell]! + by));

  const move = (change: Change, cell: number, kind: number, by: number): Change | undefined => {
    const against = change === unchanged ? forbidding(kind, by) : [];
    if (against.length === 0) {
      const alone = changed(change, kind, by);
      if (fits(alone)) return alone;
    }
    return exchange(change, cell, kind, by, against);
  };

  /** `by` persons more of a kind, taken from (or given to) another kind that is in all cells that forbid more. */
  const exchange = (
    change: Change,
    cell: number,
    kind: number,
    by: number,
    against: readonly number[],
  ): Change | undefined => {
    if (against.includes(cell)) return undefined;
    const own = new Set(kinds[kind]!.cells);
    const rarest = [...(against.length > 0 ? against : own)].reduce((best, one) =>
      kindsOf[one]!.length < kindsOf[best]!.length ? one : best,
    );
    for (const partner of kindsOf[rarest]!.slice(0, partnersTried)) {
      const { cells, persons } = kinds[partner]!;
      if (partner === kind || (by > 0 && persons < by)) continue;
      if (cells.includes(cell) || against.some((one) => !cells.includes(one))) continue;
      if (cells.some((one) => !own.has(one) && !allowed(one, counts[one]! - by))) continue;
      const exchanged = changed(changed(change, kind, by), partner, -by);
      if (fits(exchanged)) return exchanged;
    }
    return undefined;
  };

  const raised = (cell: number, by: number): boolean => {
    const some = kindsOf[cell]!.slice(0, kindsTried);
    return some.some((kind) => move(unchanged, cell, kind, by) !== undefined);
  };

  const lowered = (cell: number, by: number): boolean => {
    let change = unchanged;
    let left = by;
    for (const kind of presentIn[cell]!) {
      const persons = Math.min(left, kinds[kind]!.persons);
      if (persons === 0) continue;
      const next = move(change, cell, kind, -persons);
      if (!next) continue;
      change = next;
      left -= persons;
      if (left === 0) return true;
    }
    return false;
  };

  return {
    counts,
    canBecome: (cell, target) => {
      const by = target - counts[cell]!;
      if (by === 0) return true;
      return by > 0 ? raised(cell, by) : lowered(cell, -by);
    },
    forbidOneMore: (cell) =>
      kindsOf[cell]!.slice(0, kindsTried)
        .map((kind) => {
          const oneMore = changed(unchanged, kind, 1).cells;
          const cells = [...oneMore.keys()].filter((one) => !allowed(one, counts[one]! + 1));
          const failing = sums.length > 0 ? [...sumsThatFail(oneMore)].map(({ total }) => total) : [];
          return [...new Set([...cells, ...failing])];
        })
        .reduce<readonly number[] | undefined>(
          (best, forbidding) => (best && best.length <= forbidding.length ? best : forbidding),
          undefined,
        ) ?? [],
  };
};

type Counted = ReadonlyMap<number, number>;

/** How many persons more, or fewer, there are in cells and of kinds. */
interface Change {
  readonly cells: Counted;
  readonly kinds: Counted;
}
const unchanged: Change = { cells: new Map(), kinds: new Map() };

const kindsTried = 8;
const partnersTried = 24;
