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

  const presentIn = kindsOf.map((all) =>
    all.filter((kind) => kinds[kind]!.persons > 0).slice(0, kindsCompared),
  );
  const sumsOf = Array.from({ length: sums.length > 0 ? cellCount : 0 }, (): Sum[] => []);
  for (const sum of sums) for (const cell of [sum.total, ...sum.parts]) sumsOf[cell]!.push(sum);

  const fits = ({ cells, kinds: moved }: Change): boolean => {
    for (const [cell, by] of cells) if (by !== 0 && !allowed(cell, counts[cell]! + by)) return false;
    const someLeft = [...moved.values()].some((by) => by < 0);
    if (someLeft && [...cells.keys()].some((cell) => wouldBeOthers(cell, cells, moved))) return false;
    return sums.length === 0 || sumsThatFail(cells).next().done === true;
  };
  // Where somebody left, a cell could come to hold the very persons of another from which it was told apart. Equal
  // counts are taken for that.
  const wouldBeOthers = (cell: number, change: Counted, moved: Counted): boolean => {
    const count = counts[cell]! + (change.get(cell) ?? 0);
    return (
      count > 0 &&
      [...presentIn[cell]!, ...moved.keys()].some(
        (kind) =>
          kinds[kind]!.cells.includes(cell) &&
          kinds[kind]!.cells.some(
            (other) =>
              other !== cell &&
              counts[other]! + (change.get(other) ?? 0) === count &&
              counts[other]! !== counts[cell]! &&
              toldApart(cell, other),
          ),
      )
    );
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

  /** One step: `by` persons more of a kind, alone or taken from (given to) another kind outside the cell. */
  const step = (change: Change, cell: number, kind: number, by: number): Change | undefined => {
    const alone = changed(change, kind, by);
    if (fits(alone)) return alone;
    for (const partner of partners(kind)) {
      const { cells, persons } = kinds[partner]!;
      if (cells.includes(cell) || (by > 0 && persons < by)) continue;
      const exchanged = changed(alone, partner, -by);
      if (fits(exchanged)) return exchanged;
    }
    return undefined;
  };

  /** Others who share a cell with the kind come first: an exchange with them changes less. */
  const partners = (kind: number): readonly number[] => {
    const found = new Set<number>();
    for (const cell of kinds[kind]!.cells)
      for (const other of kindsOf[cell]!.slice(0, partnersPerCell)) found.add(other);
    found.delete(kind);
    return [...found];
  };

  const raised = (cell: number, by: number): boolean =>
    kindsOf[cell]!.slice(0, kindsTried).some((kind) => step(unchanged, cell, kind, by) !== undefined);

  const lowered = (cell: number, by: number): boolean => {
    let change = unchanged;
    let left = by;
    for (const kind of kindsOf[cell]!) {
      const persons = Math.min(left, kinds[kind]!.persons);
      if (persons === 0) continue;
      const next = step(change, cell, kind, -persons);
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

const kindsTried = 24;
const kindsCompared = 2;
const partnersPerCell = 12;
