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
): Required<Knowledge> => {
  const behind = countsBehind(table);
  return {
    allowed: (cell, count) => {
      const figure = published[cell];
      return count >= 0 && (figure === undefined || behind(figure).includes(count));
    },
    toldApart: (one, other) =>
      published[one] !== undefined && published[other] !== undefined && published[one] !== published[other],
    sums,
    addsUp: keysAddUp(published, arcsOf(table)),
  };
};
