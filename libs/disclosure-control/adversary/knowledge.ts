import { countsBehind } from '../cell-key.js';
import type { Sum } from '../linked-table.js';
import type { PerturbationTable } from '../perturbation-table.js';
import type { Knowledge } from '../population.js';
import { arcsOf, keysAddUp } from './arcs.js';

/**
 * What everyone can judge a population by who knows the method and what was published: the counts that may
 * stand behind each figure, which cells hold other persons than which since their figures differ, and whether
 * keys add up in every sum. `undefined` stands for a figure that is withheld.
 */
export const publicKnowledge = (
  published: readonly (number | undefined)[],
  sums: readonly Sum[],
  table: PerturbationTable,
): Required<Omit<Knowledge, 'anyway'>> => {
  const behind = countsBehind(table);
  const known: boolean[][] = [];
  // Asked so often that looking through the list would take longer than anything else.
  const possible = (figure: number, count: number): boolean =>
    ((known[figure] ??= [])[count] ??= behind(figure).includes(count));
  return {
    allowed: (cell, count) => {
      const figure = published[cell];
      return count >= 0 && (figure === undefined || possible(figure, count));
    },
    toldApart: (one, other) =>
      published[one] !== undefined && published[other] !== undefined && published[one] !== published[other],
    sums,
    addsUp: keysAddUp(published, arcsOf(table)),
  };
};
