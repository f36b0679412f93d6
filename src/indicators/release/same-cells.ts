import type { RecordKey } from '#disclosure-control';
import { breakdownName } from '../catalogue/dimensions.js';
import type { Cell, CellSystem } from './cells.js';

/**
 * Cells of whatever figures, known by who is in them: two figures that count the same people at the same place of
 * their tables publish the same number there, noise and all.
 */
export interface SameCells {
  /** Whether these cells, or any with the same people, were added. */
  placesIn(system: Cells): readonly number[];
  add(system: Cells, places: readonly number[]): void;
}

type Cells = Pick<CellSystem, 'breakdowns' | 'cells'>;

export const sameCells = (): SameCells => {
  // By the sum of their persons' keys first: to name every cell of a release would take seconds.
  const known = new Map<RecordKey, Set<string>>();
  return {
    placesIn: ({ breakdowns, cells }) =>
      cells.flatMap((cell, place) =>
        known.get(cell.key)?.has(nameOf(breakdowns, cell)) === true ? [place] : [],
      ),
    add: ({ breakdowns, cells }, places) => {
      for (const place of places) {
        const cell = cells[place]!;
        const names = known.get(cell.key) ?? new Set();
        known.set(cell.key, names.add(nameOf(breakdowns, cell)));
      }
    },
  };
};

const nameOf = (breakdowns: CellSystem['breakdowns'], { breakdown, codes, count, persons }: Cell): string =>
  `${breakdownName(breakdowns[breakdown]!)}|${codes.join('|')}|${count}|${persons}`;
