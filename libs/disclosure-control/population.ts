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

  // The change that is being tried: who was moved, and what that adds to each cell. It is done and undone in place,
  // since a release tries millions.
  const moved: { readonly kind: number; readonly by: number }[] = [];
  const added = new Int32Array(cellCount);
  const shift = (kind: number, by: number): void => {
    for (const cell of kinds[kind]!.cells) added[cell]! += by;
  };
  const put = (kind: number, by: number): void => {
    moved.push({ kind, by });
    shift(kind, by);
  };
  const takeBack = (): void => {
    const last = moved.pop();
    if (last) shift(last.kind, -last.by);
  };
  const countOf = (cell: number): number => counts[cell]! + added[cell]!;
  const personsOf = (kind: number): number =>
    moved.reduce((persons, one) => (one.kind === kind ? persons + one.by : persons), kinds[kind]!.persons);

  const fits = (): boolean => {
    for (const { kind } of moved)
      for (const cell of kinds[kind]!.cells)
        if (added[cell] !== 0 && !allowed(cell, countOf(cell))) return false;
    const changed = changedByCount();
    for (const { kind, by } of moved)
      if (by < 0 && kinds[kind]!.cells.some((cell) => wouldBeOthers(cell, changed))) return false;
    return sums.length === 0 || sumsThatFail().next().done === true;
  };
  // Where somebody left, a cell could come to hold the very persons of another from which it was told apart. That
  // other one has whoever is left, as far as that is looked at; then equal counts are taken for equal persons.
  const wouldBeOthers = (cell: number, changed: ReadonlyMap<number, readonly number[]>): boolean => {
    const count = countOf(cell);
    if (count === 0) return false;
    const left =
      presentIn[cell]!.find((kind) => personsOf(kind) > 0) ??
      moved.find(({ kind, by }) => by > 0 && kinds[kind]!.cells.includes(cell))?.kind;
    if (left === undefined) return false;
    const isTakenFor = (other: number): boolean =>
      toldApart(cell, other) &&
      presentIn[cell]!.every((kind) => personsOf(kind) === 0 || kinds[kind]!.cells.includes(other));
    // Only cells that the change moves differently can come to hold the same number.
    const unchanged = cellsByCount(left);
    for (let at = firstOf(unchanged, count); counts[unchanged[at]!] === count; at += 1)
      if (added[unchanged[at]!] === 0 && added[cell] !== 0 && isTakenFor(unchanged[at]!)) return true;
    return (changed.get(count) ?? []).some(
      (other) => added[other] !== added[cell] && kinds[left]!.cells.includes(other) && isTakenFor(other),
    );
  };
  /** The cells in which the change makes a difference, by the count that it gives them. */
  const changedByCount = (): ReadonlyMap<number, readonly number[]> => {
    const changed = new Map<number, number[]>();
    for (const { kind } of moved)
      for (const cell of kinds[kind]!.cells) {
        if (added[cell] === 0) continue;
        const alike = changed.get(countOf(cell));
        if (alike) alike.push(cell);
        else changed.set(countOf(cell), [cell]);
      }
    return changed;
  };
  // To compare each cell of one kind with each of another would take most of the time of a release.
  const sorted: (Int32Array | undefined)[] = [];
  const cellsByCount = (kind: number): Int32Array =>
    (sorted[kind] ??= Int32Array.from(kinds[kind]!.cells).sort(
      (one, other) => counts[one]! - counts[other]!,
    ));
  const firstOf = (cells: Int32Array, count: number): number => {
    let [from, to] = [0, cells.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (counts[cells[middle]!]! < count) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  function* sumsThatFail(): Generator<Sum> {
    const judged = new Set<Sum>();
    for (const { kind } of moved)
      for (const cell of kinds[kind]!.cells) {
        if (added[cell] === 0) continue;
        for (const sum of sumsOf[cell]!) {
          if (judged.has(sum)) continue;
          judged.add(sum);
          if (!addsUp(sum, countOf)) yield sum;
        }
      }
  }

  /** The cells that forbid so many more of a kind. */
  const forbidding = (kind: number, by: number): readonly number[] =>
    kinds[kind]!.cells.filter((cell) => !allowed(cell, counts[cell]! + by));

  /** Adds `by` persons of a kind to the change, if need be in exchange for others; nothing where that does not fit. */
  const move = (cell: number, kind: number, by: number): boolean => {
    const against = moved.length === 0 ? forbidding(kind, by) : [];
    if (against.length === 0) {
      put(kind, by);
      if (fits()) return true;
      takeBack();
    }
    return exchange(cell, kind, by, against);
  };

  /** `by` persons more of a kind, taken from (or given to) another kind that is in all cells that forbid more. */
  const exchange = (cell: number, kind: number, by: number, against: readonly number[]): boolean => {
    if (against.includes(cell)) return false;
    const own = new Set(kinds[kind]!.cells);
    const rarest = [...(against.length > 0 ? against : own)].reduce((best, one) =>
      kindsOf[one]!.length < kindsOf[best]!.length ? one : best,
    );
    put(kind, by);
    for (const partner of kindsOf[rarest]!.slice(0, partnersTried)) {
      const { cells, persons } = kinds[partner]!;
      if (partner === kind || (by > 0 && persons < by)) continue;
      if (cells.includes(cell) || against.some((one) => !cells.includes(one))) continue;
      if (cells.some((one) => !own.has(one) && !allowed(one, counts[one]! - by))) continue;
      put(partner, -by);
      if (fits()) return true;
      takeBack();
    }
    takeBack();
    return false;
  };

  const raised = (cell: number, by: number): boolean =>
    kindsOf[cell]!.slice(0, kindsTried).some((kind) => move(cell, kind, by));

  const lowered = (cell: number, by: number): boolean => {
    let left = by;
    for (const kind of presentIn[cell]!) {
      const persons = Math.min(left, kinds[kind]!.persons);
      if (persons === 0 || !move(cell, kind, -persons)) continue;
      left -= persons;
      if (left === 0) return true;
    }
    return false;
  };

  /** Tries something and leaves no change behind. */
  const tried = <T>(attempt: () => T): T => {
    const result = attempt();
    while (moved.length > 0) takeBack();
    return result;
  };

  return {
    counts,
    canBecome: (cell, target) => {
      const by = target - counts[cell]!;
      if (by === 0) return true;
      return tried(() => (by > 0 ? raised(cell, by) : lowered(cell, -by)));
    },
    forbidOneMore: (cell) =>
      kindsOf[cell]!.slice(0, kindsTried)
        .map((kind) =>
          tried(() => {
            put(kind, 1);
            const cells = kinds[kind]!.cells.filter((one) => !allowed(one, countOf(one)));
            const failing = sums.length > 0 ? [...sumsThatFail()].map(({ total }) => total) : [];
            return [...new Set([...cells, ...failing])];
          }),
        )
        .reduce<readonly number[] | undefined>(
          (best, forbidding) => (best && best.length <= forbidding.length ? best : forbidding),
          undefined,
        ) ?? [],
  };
};

const kindsTried = 8;
const partnersTried = 24;
