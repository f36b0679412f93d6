import type { Sum } from '../linked-table.js';
import type { PerturbationTable } from '../perturbation-table.js';
import { arcsOf, keysAddUp } from './arcs.js';

/** Everything that is public of a small table: its cells, their sums, and the method with its rules. */
export interface Publication {
  /** `undefined` where nothing was published. */
  readonly published: readonly (number | undefined)[];
  /** For each kind of person that there can be, the cells in which such a person is counted. */
  readonly kinds: readonly (readonly number[])[];
  readonly sums: readonly Sum[];
  readonly table: PerturbationTable;
  /** No kind has more persons than that. */
  readonly mostPerKind: number;
}

/**
 * Goes through every population that fits what was published, and gives for each cell the counts that it has in
 * any of them. Uses the whole method: which counts may stand behind a figure; that the same persons have the
 * same noise; that a total's key is the sum of the keys of its parts, so that noise has to add up as well.
 */
export const consistentCounts = (publication: Publication): readonly ReadonlySet<number>[] => {
  const { published, kinds, mostPerKind, sums } = publication;
  const arcs = arcsOf(publication.table);
  const addsUp = keysAddUp(published, arcs);
  const found = published.map(() => new Set<number>());
  const counts = published.map(() => 0);
  const persons = kinds.map(() => 0);
  const possible = (cell: number): boolean => {
    const figure = published[cell];
    return figure === undefined || arcs(counts[cell]!, figure) !== undefined;
  };
  // A cell is settled, and can be judged, with the last kind that is counted in it.
  const settledWith = kinds.map((cells, kind) =>
    cells.filter((cell) => !kinds.slice(kind + 1).some((later) => later.includes(cell))),
  );
  const go = (kind: number): void => {
    if (kind === kinds.length) {
      if (sameNoise(publication, persons) && sums.every((sum) => addsUp(sum, (cell) => counts[cell]!)))
        counts.forEach((count, cell) => found[cell]!.add(count));
      return;
    }
    const cells = kinds[kind]!;
    for (let here = 0; here <= mostPerKind; here += 1) {
      persons[kind] = here;
      for (const cell of cells) counts[cell]! += here;
      if (settledWith[kind]!.every(possible)) go(kind + 1);
      for (const cell of cells) counts[cell]! -= here;
    }
    persons[kind] = 0;
  };
  go(0);
  return found;
};

const sameNoise = ({ published, kinds }: Publication, persons: readonly number[]): boolean => {
  const figures = new Map<string, number>();
  for (const [cell, figure] of published.entries()) {
    if (figure === undefined) continue;
    const who = kinds
      .flatMap((cells, kind) => (persons[kind]! > 0 && cells.includes(cell) ? [kind] : []))
      .join();
    const known = figures.get(who);
    if (known !== undefined && known !== figure) return false;
    figures.set(who, figure);
  }
  return true;
};
