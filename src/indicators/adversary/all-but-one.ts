import { countsBehind, perturbationTable } from '#disclosure-control';
import { noiseRules } from '../noise.js';
import type { CellSystem } from '../release/cells.js';

/** How often one who knows every person but one can tell of that one; in persons, or cases where those are counted. */
export interface KnowingAllButOne {
  readonly asked: number;
  /** Told for certain, from ours. */
  readonly ours: number;
  /** Told for certain, from counts without noise that are shown from 5 on. */
  readonly naive: number;
}

/**
 * The adversary who knows everybody's attributes, but not their keys, and asks of one person whether that one is
 * counted at all. Without: every cell with the person holds one less, which some figure may exclude.
 */
export const knowingAllButOne = (
  { cells, kinds }: CellSystem,
  figures: readonly (number | undefined)[],
): KnowingAllButOne => {
  const behind = countsBehind(perturbationTable(noiseRules));
  let [asked, ours, naive] = [0, 0, 0];
  for (const kind of kinds) {
    const { persons } = kind;
    asked += persons;
    const excludes = (cell: number): boolean => {
      const figure = figures[cell];
      return figure !== undefined && !behind(figure).includes(cells[cell]!.count - 1);
    };
    if (kind.cells.some(excludes)) ours += persons;
    if (kind.cells.some((cell) => cells[cell]!.count >= 5)) naive += persons;
  }
  return { asked, ours, naive };
};
