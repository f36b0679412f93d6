import type { PerturbationTable } from '#disclosure-control';
import {
  breakdownName,
  breakdownsOf,
  mostDimensions,
  withRegion,
  type Dimension,
} from '../catalogue/dimensions.js';
import type { Figure, Indicator } from '../catalogue/indicator.js';
import { attack, type Attack } from './attack.js';
import { dimensionsOf, type Counted } from './cases.js';
import { cellsOf, perturbedFigures, slotsOf, type CellSystem } from './cells.js';
import { codesName, earlierCounts, type EarlierFigure, type Rows } from './earlier.js';

/** A figure in all breakdowns in which it may be released, and what came of attacking it in all of them together. */
export interface AttackedSystem {
  readonly system: CellSystem;
  readonly attacked: Attack;
}

/** The same without who is in the cells: of all figures at once that would be most of a release's memory. */
export interface AttackedCells {
  readonly system: Omit<CellSystem, 'kinds'>;
  readonly attacked: Attack;
}

/**
 * Where a breakdown by municipalities does not stand the attack, one by regions comes beside it, and the attack is
 * made once more on all of them.
 */
export const attackedSystem = (
  indicator: Indicator,
  figure: Figure,
  counted: readonly Counted[],
  table: PerturbationTable,
  earlier: readonly EarlierFigure[] = [],
  withheldElsewhere: (system: CellSystem) => readonly number[] = () => [],
): AttackedSystem => {
  const dimensions = dimensionsOf(indicator);
  let breakdowns = breakdownsOf(dimensions, mostDimensionsOf(figure));
  for (;;) {
    const system = cellsOf(figure, dimensions, breakdowns, counted);
    const perturbed = perturbedFigures(system, indicator.unit, table);
    const told = earlierCounts(figure, indicator.unit, system, earlier, table);
    const attacked = attack(system, perturbed, table, told, withheldElsewhere(system));
    const coarser = lackingRegions({ system, attacked });
    if (coarser.length === 0) return { system, attacked };
    breakdowns = [...breakdowns, ...coarser];
  }
};

/** The breakdowns by regions that have to come beside those by municipalities which are not released. */
export const lackingRegions = ({
  system: { breakdowns },
  attacked: { coarsened },
}: AttackedCells): readonly (readonly Dimension[])[] => {
  const known = new Set(breakdowns.map(breakdownName));
  return coarsened.flatMap((breakdown) => {
    const by = withRegion(breakdowns[breakdown]!);
    return by && !known.has(breakdownName(by)) ? [by] : [];
  });
};

/**
 * Shares, medians and categories have parts of their own, which are a dimension already: broken down by three
 * more, next to none of them would have the ten cases that it takes.
 */
const mostDimensionsOf = ({ form }: Figure): number =>
  form === 'count' ? mostDimensions : mostDimensions - 1;

/** The figure as it is released to analysts, with the true counts behind. */
export const releasedFigure = (
  { unit }: Indicator,
  figure: Figure,
  { system, attacked }: AttackedCells,
): EarlierFigure => ({
  published: rowsOf(
    figure,
    { system, attacked },
    unit === 'event' ? null : 0,
    (cell) => attacked.figures[cell] ?? null,
  ),
  counts: trueCounts(figure, { system, attacked }),
});

/** The true counts behind all that is released of the figure. */
export const trueCounts = (figure: Figure, attacked: AttackedCells): ReadonlyMap<string, Rows<number>> =>
  rowsOf(figure, attacked, 0, (cell) => attacked.system.cells[cell]!.count);

const rowsOf = <Value>(
  figure: Figure,
  { system: { breakdowns, cells }, attacked: { coarsened } }: AttackedCells,
  nobody: Value,
  valueOf: (cell: number) => Value,
): ReadonlyMap<string, Rows<Value>> => {
  const slots = slotsOf(figure);
  const isOut = new Set(coarsened);
  const rows = breakdowns.map(() => new Map<string, Value[]>());
  for (const [cell, { breakdown, codes, slot }] of cells.entries()) {
    if (isOut.has(breakdown)) continue;
    const name = codesName(codes);
    const row = rows[breakdown]!.get(name) ?? slots.map(() => nobody);
    row[slots.indexOf(slot)] = valueOf(cell);
    rows[breakdown]!.set(name, row);
  }
  return new Map(
    breakdowns.flatMap((by, breakdown) =>
      isOut.has(breakdown) ? [] : [[breakdownName(by), rows[breakdown]!] as const],
    ),
  );
};
