import {
  alternativesTo,
  countsBehind,
  narrowByBounds,
  publicKnowledge,
  unknownCount,
  type Alternatives,
  type CountRange,
  type Kind,
  type Knowledge,
  type PerturbationTable,
} from '#disclosure-control';
import type { CellSystem } from './cells.js';
import type { EarlierCounts } from './earlier.js';

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
  readonly pinned: readonly PinnedDown[];
}

/** A small count that can be told, and the published cells that it follows from. */
export interface PinnedDown {
  readonly cell: number;
  readonly from: readonly number[];
}

/** Those that have to stay open. */
export const isSmall = (count: number): boolean => count >= 1 && count <= 4;
/** Of the figures of a breakdown: more than that withheld, and the breakdown is of no use. */
const mostWithheld = 0.5;

/**
 * Plays everyone who knows the method and all breakdowns of a figure, but no record, against it. Each small
 * count must be able to be one more or less: some population other than the true one has to fit every published
 * figure, the differences in noise, and the sums of keys. Where none is found, what forbids it is withheld.
 *
 * Each release that was published `earlier` of the same people is played with it, by an adversary who also knows by
 * how much every count has changed since: then one more now is one more then, and has to fit that figure as well.
 *
 * What is `withheldElsewhere` of the same people is withheld from the outset.
 */
export const attack = (
  system: CellSystem,
  perturbed: readonly (number | undefined)[],
  table: PerturbationTable,
  earlier: EarlierCounts = [],
  withheldElsewhere: readonly number[] = [],
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
  const takeOutHollow = (): void => {
    for (const breakdown of hollow(system, perturbed, withheld)) {
      if (coarsened.has(breakdown)) continue;
      coarsened.add(breakdown);
      for (const [cell, one] of cells.entries()) if (one.breakdown === breakdown) withhold(cell);
    }
  };
  const small = cells.flatMap(({ count }, cell) => (isSmall(count) ? [cell] : []));
  const withholdFor = (
    asked: readonly number[],
    { canBecome, forbidAnother }: Alternatives,
    otherwise: (cell: number) => readonly number[],
  ): void => {
    const staysOpen = (cell: number): boolean => {
      const { count } = cells[cell]!;
      return canBecome(cell, count + 1) || canBecome(cell, count - 1);
    };
    // To withhold only leaves more possible: what stayed open goes on staying open. So it is withheld at once, and
    // what is asked next has more room.
    let failing = oneOfEach(system, asked);
    for (let before = -1; failing.length > 0 && withheld.size > before;) {
      before = withheld.size;
      failing = failing.filter((cell) => {
        if (staysOpen(cell)) return false;
        for (const one of forbidAnother(cell) ?? otherwise(cell)) withhold(one);
        return true;
      });
      takeOutHollow();
    }
  };

  for (const cell of withheldElsewhere) withhold(cell);
  takeOutHollow();
  const knowledge = publicKnowledge(figures, tightSums(system, perturbed), table);
  withholdFor(small, alternativesTo(cells.length, kinds, knowledge), () => []);
  for (const one of earlier) {
    const told = [one];
    withholdFor(
      [...new Set([...small, ...smallEarlier(figures, told)])],
      alternativesTo(
        cells.length,
        sureToHaveStayed(system, told),
        alsoEarlier(knowledge, system, told, table),
      ),
      whereItChanged(system, figures, told),
    );
  }
  return {
    figures,
    small: small.length,
    withheld: [...withheld],
    coarsened: [...coarsened],
    pinned: pinnedByDifferencing(system, figures, table, earlier),
  };
};

/**
 * The same attack after more has been withheld. To withhold only leaves more possible, so what stood it goes on
 * standing it; but a breakdown may have lost most of its figures.
 */
export const withholdMore = (
  system: Pick<CellSystem, 'breakdowns' | 'cells'>,
  perturbed: readonly (number | undefined)[],
  attacked: Attack,
  more: readonly number[],
): Attack => {
  const withheld = new Set([...attacked.withheld, ...more.filter((cell) => perturbed[cell] !== undefined)]);
  const coarsened = new Set([...attacked.coarsened, ...hollow(system, perturbed, withheld)]);
  for (const [cell, { breakdown }] of system.cells.entries())
    if (coarsened.has(breakdown) && perturbed[cell] !== undefined) withheld.add(cell);
  return {
    ...attacked,
    figures: attacked.figures.map((figure, cell) => (withheld.has(cell) ? undefined : figure)),
    withheld: [...withheld],
    coarsened: [...coarsened],
  };
};

/** What can be thought of a count has to fit what was said of it earlier, whatever is said now. */
const alsoEarlier = (
  { allowed, toldApart, sums, addsUp }: ReturnType<typeof publicKnowledge>,
  { cells }: CellSystem,
  earlier: EarlierCounts,
  table: PerturbationTable,
): Knowledge => {
  const releases = earlier.map((told) => ({
    told,
    ...publicKnowledge(
      cells.map((_, cell) => told.get(cell)?.figure),
      sums,
      table,
    ),
  }));
  const since = (cell: number, told: (typeof earlier)[number]): number =>
    cells[cell]!.count - (told.get(cell)?.count ?? cells[cell]!.count);
  const anyway: Required<Knowledge>['anyway'] = {
    allowed: (cell, count) =>
      releases.every((then) => !then.told.has(cell) || then.allowed(cell, count - since(cell, then.told))),
    addsUp: (sum, countOf) =>
      releases.every((then) => then.addsUp(sum, (cell) => countOf(cell) - since(cell, then.told))),
  };
  return {
    allowed: (cell, count) => allowed(cell, count) && anyway.allowed(cell, count),
    // Who are the same now were the same then, if as many have come or left.
    toldApart: (one, other) =>
      toldApart(one, other) ||
      releases.some(
        (then) => then.toldApart(one, other) && since(one, then.told) === since(other, then.told),
      ),
    sums,
    addsUp: (sum, countOf) => addsUp(sum, countOf) && anyway.addsUp(sum, countOf),
    anyway,
  };
};

/** Where a change alone tells, it must not be told that this is where it was: neither here nor in sums with it. */
const whereItChanged = (
  { cells, sums }: CellSystem,
  figures: readonly (number | undefined)[],
  earlier: EarlierCounts,
) => {
  const hasChanged = (cell: number): boolean =>
    earlier.some((told) => told.has(cell) && told.get(cell)!.count !== cells[cell]!.count);
  return (cell: number): readonly number[] =>
    figures[cell] === undefined
      ? sums.flatMap(({ total, parts }) => (parts.includes(cell) ? [total, ...parts].filter(hasChanged) : []))
      : [cell];
};

/**
 * Whom one thinks away has to have been there earlier, too: that many less of a kind as have come to the smallest
 * cell in which it stands.
 */
const sureToHaveStayed = ({ cells, kinds }: CellSystem, earlier: EarlierCounts): readonly Kind[] => {
  const come = cells.map(({ count }, cell) =>
    Math.max(0, ...earlier.map((told) => count - (told.get(cell)?.count ?? count))),
  );
  return kinds.map((kind) => {
    const smallest = Math.min(...kind.cells.map((cell) => cells[cell]!.count));
    const joined = Math.max(...kind.cells.map((cell) => (cells[cell]!.count === smallest ? come[cell]! : 0)));
    // One stays: where all left, two cells of the two releases could come to hold the very same people.
    return { ...kind, movable: Math.max(0, kind.persons - joined - 1) };
  });
};

/** The cells of which a small count was published, in a way, that is said again. */
const smallEarlier = (
  figures: readonly (number | undefined)[],
  earlier: EarlierCounts,
): readonly number[] => [
  ...new Set(
    earlier.flatMap((told) =>
      [...told].flatMap(([cell, { count }]) => (figures[cell] !== undefined && isSmall(count) ? [cell] : [])),
    ),
  ),
];

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
  { cells, breakdowns }: Pick<CellSystem, 'breakdowns' | 'cells'>,
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
  earlier: EarlierCounts,
): readonly PinnedDown[] => {
  const most = Math.max(...countsBehind(table)(0));
  const ranges = knownRanges({ cells }, figures, table, earlier);
  const codesOf = breakdowns.map((_, breakdown) => {
    const inside = cells.filter((cell) => cell.breakdown === breakdown);
    return inside[0]?.codes.map((_code, at) => new Set(inside.map(({ codes }) => codes[at])).size) ?? [];
  });
  // Cells in which nobody is counted look like those whose figure is 0.
  const linked = sums.map(({ total, parts }) => {
    const absent = Math.max(1, ...codesOf[cells[parts[0]!]!.breakdown]!);
    ranges.push({ least: 0, most: most * absent });
    return { total, parts: [...parts, ranges.length - 1] };
  });
  const narrowed = new Map(
    narrowByBounds({ cells: ranges, sums: linked }).map((found) => [found.cell, found]),
  );
  const wasSmall = new Set(smallEarlier(figures, earlier));
  return cells.flatMap(({ count }, cell) => {
    const { least, most: greatest, from } = narrowed.get(cell) ?? { ...ranges[cell]!, from: [] };
    const isTold = least === greatest && (isSmall(count) || wasSmall.has(cell));
    return isTold ? [{ cell, from: [cell, ...from].filter((one) => figures[one] !== undefined) }] : [];
  });
};

/** What is known of each cell by what is published of it now, and by what was earlier. */
export const knownRanges = (
  { cells }: Pick<CellSystem, 'cells'>,
  figures: readonly (number | undefined)[],
  table: PerturbationTable,
  earlier: EarlierCounts = [],
): CountRange[] => {
  const behind = countsBehind(table);
  return figures.map((figure, cell) => {
    if (figure === undefined) return unknownCount;
    const { count } = cells[cell]!;
    const counts = earlier.reduce((possible, told) => {
      const then = told.get(cell);
      return then
        ? possible.filter((one) => behind(then.figure).includes(one - count + then.count))
        : possible;
    }, behind(figure));
    return { least: counts[0]!, most: counts.at(-1)! };
  });
};
