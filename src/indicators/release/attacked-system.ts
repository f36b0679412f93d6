import type { PerturbationTable } from '#disclosure-control';
import { breakdownName, breakdownsOf, mostDimensions, withRegion } from '../catalogue/dimensions.js';
import type { Figure, Indicator } from '../catalogue/indicator.js';
import { attack, type Attack } from './attack.js';
import { dimensionsOf, type Counted } from './cases.js';
import { cellsOf, perturbedFigures, type CellSystem } from './cells.js';

/** A figure in all breakdowns in which it may be released, and what came of attacking it in all of them together. */
export interface AttackedSystem {
  readonly system: CellSystem;
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
): AttackedSystem => {
  const dimensions = dimensionsOf(indicator);
  let breakdowns = breakdownsOf(dimensions, mostDimensionsOf(figure));
  for (;;) {
    const system = cellsOf(figure, dimensions, breakdowns, counted);
    const attacked = attack(system, perturbedFigures(system, indicator.unit, table), table);
    const known = new Set(breakdowns.map(breakdownName));
    const coarser = attacked.coarsened.flatMap((breakdown) => {
      const by = withRegion(breakdowns[breakdown]!);
      return by && !known.has(breakdownName(by)) ? [by] : [];
    });
    if (coarser.length === 0) return { system, attacked };
    breakdowns = [...breakdowns, ...coarser];
  }
};

/**
 * Shares, medians and categories have parts of their own, which are a dimension already: broken down by three
 * more, next to none of them would have the ten cases that it takes.
 */
const mostDimensionsOf = ({ form }: Figure): number =>
  form === 'count' ? mostDimensions : mostDimensions - 1;
