import { countsBehind, type PerturbationTable } from '#disclosure-control';
import { breakdownName } from '../catalogue/dimensions.js';
import type { Figure, Unit } from '../catalogue/indicator.js';
import { slotsOf, type CellSystem } from './cells.js';

/** What was published of a cell, and the count that it was published of. */
export interface EarlierCount {
  readonly figure: number;
  readonly count: number;
}

/** Of each earlier release, by cell, what it said of it. */
export type EarlierCounts = readonly ReadonlyMap<number, EarlierCount>[];

/** By its codes the values of a row, one for each slot. */
export type Rows<Value> = ReadonlyMap<string, readonly Value[]>;

/** A figure as it was released to analysts, by the names of its breakdowns. */
export interface EarlierFigure {
  readonly published: ReadonlyMap<string, Rows<number | null>>;
  /** The true counts behind; of a release that kept none, those nearest to the present ones are taken. */
  readonly counts: ReadonlyMap<string, Rows<number>>;
  /** The slots that tell of the same people as now; all, where it is absent. */
  readonly slots?: readonly string[];
}

export const codesName = (codes: readonly string[]): string => codes.join('|');

/** What the figure's earlier releases tell of the cells of the present one. */
export const earlierCounts = (
  figure: Figure,
  unit: Unit,
  { breakdowns, cells }: CellSystem,
  earlier: readonly EarlierFigure[],
  table: PerturbationTable,
): EarlierCounts => {
  const slots = slotsOf(figure);
  const behind = countsBehind(table);
  const nearest = (published: number, count: number): number =>
    behind(published).reduce((best, one) => (Math.abs(one - count) < Math.abs(best - count) ? one : best));
  return earlier.map(({ published, counts, slots: telling = slots }) => {
    const told = new Map<number, EarlierCount>();
    for (const [cell, { breakdown, codes, slot, count }] of cells.entries()) {
      const by = breakdownName(breakdowns[breakdown]!);
      const rows = published.get(by);
      if (!rows || !telling.includes(slot)) continue;
      const [row, at] = [codesName(codes), slots.indexOf(slot)];
      // Of events nobody could tell a row of nobody from one that was not shown.
      const figureThen = rows.has(row) ? rows.get(row)![at]! : unit === 'event' ? null : 0;
      if (figureThen === null) continue;
      const countThen = counts.has(by) ? (counts.get(by)!.get(row)?.[at] ?? 0) : nearest(figureThen, count);
      told.set(cell, { figure: figureThen, count: countThen });
    }
    return told;
  });
};
