import type { Sum } from './linked-table.js';

/** Persons who are alike in everything that is published: the cells in which each of them is counted. */
export interface Kind {
  readonly cells: readonly number[];
  readonly persons: number;
  /** How many of them can be thought away: all, unless it is known that some must be there. */
  readonly movable?: number;
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
  /** What would be known whatever is withheld. */
  readonly anyway?: Pick<Knowledge, 'allowed'> & Required<Pick<Knowledge, 'addsUp'>>;
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
  /**
   * The fewest cells, of those that were looked at, that forbid one person more in this cell; one less, or one for
   * another, where that is forbidden anyway; undefined where all of these are.
   */
  forbidAnother(cell: number): readonly number[] | undefined;
}

/**
 * Finds populations that fit what is known as well as the true one does. What they show to be possible needs no
 * linear program; the few cells that are left do.
 */
export const alternativesTo = (
  cellCount: number,
  kinds: readonly Kind[],
  { allowed, toldApart = () => false, sums = [], addsUp = () => true, anyway = nothingAnyway }: Knowledge,
): Alternatives => {
  const counts = new Array<number>(cellCount).fill(0);
  const kindsOf = Array.from({ length: cellCount }, (): number[] => []);
  for (const [index, { cells, persons }] of kinds.entries())
    for (const cell of cells) {
      counts[cell]! += persons;
      kindsOf[cell]!.push(index);
    }

  const presentIn = kindsOf.map((all) => all.filter((kind) => kinds[kind]!.persons > 0).slice(0, kindsTried));
  const movableOf = (kind: number): number => kinds[kind]!.movable ?? kinds[kind]!.persons;
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

  /** Adds `by` persons of a kind to the change; nothing where that does not fit. */
  const change = (kind: number, by: number): boolean => {
    if (moved.length === 0 && forbidding(kind, by).length > 0) return false;
    put(kind, by);
    if (fits()) return true;
    takeBack();
    return false;
  };

  /** The same, in exchange for others. */
  const changeForOthers = (cell: number, kind: number, by: number): boolean =>
    exchange(cell, kind, by, moved.length === 0 ? forbidding(kind, by) : []);

  /** `by` persons more of a kind, taken from (or given to) another kind that is in all cells that forbid more. */
  const exchange = (cell: number, kind: number, by: number, against: readonly number[]): boolean => {
    if (against.includes(cell)) return false;
    const own = new Set(kinds[kind]!.cells);
    const rarest = [...(against.length > 0 ? against : own)].reduce((best, one) =>
      kindsOf[one]!.length < kindsOf[best]!.length ? one : best,
    );
    put(kind, by);
    for (const partner of kindsOf[rarest]!.slice(0, partnersTried)) {
      const { cells } = kinds[partner]!;
      if (partner === kind || (by > 0 && movableOf(partner) < by)) continue;
      if (cells.includes(cell) || against.some((one) => !cells.includes(one))) continue;
      if (cells.some((one) => !own.has(one) && !allowed(one, counts[one]! - by))) continue;
      put(partner, -by);
      if (fits()) return true;
      takeBack();
    }
    takeBack();
    return false;
  };

  // What needs no exchange is looked for first, since to look for exchanges takes longest.
  const raised = (cell: number, by: number): boolean => {
    const tryable = kindsOf[cell]!.slice(0, kindsTried);
    return (
      tryable.some((kind) => change(kind, by)) || tryable.some((kind) => changeForOthers(cell, kind, by))
    );
  };

  const lowered = (cell: number, by: number): boolean => {
    let left = by;
    const tryable = presentIn[cell]!.filter((kind) => movableOf(kind) > 0);
    if (by === 1 && tryable.some((kind) => change(kind, -1))) return true;
    for (const kind of tryable) {
      const persons = Math.min(left, movableOf(kind));
      if (!(by > 1 && change(kind, -persons)) && !changeForOthers(cell, kind, -persons)) continue;
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

  type Change = readonly (readonly [kind: number, by: number])[];

  /** The cells that forbid a change; undefined if it would be forbidden whatever is withheld. */
  const forbiddingAll = (change: Change): readonly number[] | undefined => {
    for (const [kind, by] of change) put(kind, by);
    const cells = change.flatMap(([kind]) => kinds[kind]!.cells).filter((one) => added[one] !== 0);
    if (cells.some((one) => !anyway.allowed(one, countOf(one)))) return undefined;
    const failing = sums.length > 0 ? [...sumsThatFail()] : [];
    if (failing.some((sum) => !anyway.addsUp(sum, countOf))) return undefined;
    const changed = change.some(([, by]) => by < 0) ? changedByCount() : undefined;
    const forbidding = cells.filter(
      (one) => !allowed(one, countOf(one)) || (changed && wouldBeOthers(one, changed)),
    );
    return [...new Set([...forbidding, ...failing.map(({ total }) => total)])];
  };

  /** Of the first few that are not forbidden anyway. */
  const fewest = (changes: Iterable<Change>): readonly number[] | undefined => {
    let best: readonly number[] | undefined;
    let looked = 0;
    for (const change of changes) {
      const forbidding = tried(() => forbiddingAll(change));
      if (!forbidding) continue;
      if (!best || forbidding.length < best.length) best = forbidding;
      if ((looked += 1) === kindsTried) break;
    }
    return best;
  };

  /** One of a kind in this cell more or less, for one less or more of one that is not in it. */
  function* exchanges(cell: number): Generator<Change> {
    for (const kind of kindsOf[cell]!.slice(0, kindsTried))
      for (const [partner, { cells }] of kinds.slice(0, partnersTried).entries()) {
        if (cells.includes(cell)) continue;
        for (const [more, less] of [
          [kind, partner],
          [partner, kind],
        ] as const)
          if (movableOf(less) > 0)
            yield [
              [more, 1],
              [less, -1],
            ];
      }
  }

  return {
    counts,
    canBecome: (cell, target) => {
      const by = target - counts[cell]!;
      if (by === 0) return true;
      return tried(() => (by > 0 ? raised(cell, by) : lowered(cell, -by)));
    },
    forbidAnother: (cell) =>
      fewest(kindsOf[cell]!.map((kind) => [[kind, 1]])) ??
      fewest(presentIn[cell]!.flatMap((kind) => (movableOf(kind) > 0 ? [[[kind, -1]]] : []))) ??
      fewest(exchanges(cell)),
  };
};

const nothingAnyway = { allowed: () => true, addsUp: () => true };

const kindsTried = 8;
const partnersTried = 24;
