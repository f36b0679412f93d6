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
  /** Kinds of which the adversary knows how many persons there are, with their number. */
  readonly known?: ReadonlyMap<number, number>;
}

/**
 * Goes through every population that fits what was published, and gives for each cell the counts that it has in
 * any of them. Uses the whole method: which counts may stand behind a figure; that the same persons have the
 * same noise; that a total's key is the sum of the keys of its parts, so that noise has to add up as well.
 * Takes up to 31 kinds, far more than there is time for.
 */
export const consistentCounts = (publication: Publication): readonly ReadonlySet<number>[] => {
  const { published, kinds, mostPerKind, sums, known } = publication;
  const arcs = arcsOf(publication.table);
  const addsUp = keysAddUp(published, arcs);
  const found = published.map(() => new Set<number>());
  const counts = published.map(() => 0);
  const isSameNoise = sameNoise(publication);
  const possible = (cell: number): boolean => {
    const figure = published[cell];
    return figure === undefined || arcs(counts[cell]!, figure) !== undefined;
  };
  // A cell is settled, and can be judged, with the last kind that is counted in it.
  const settledWith = kinds.map((cells, kind) =>
    cells.filter((cell) => !kinds.slice(kind + 1).some((later) => later.includes(cell))),
  );
  const go = (kind: number, present: number): void => {
    if (kind === kinds.length) {
      if (isSameNoise(present) && sums.every((sum) => addsUp(sum, (cell) => counts[cell]!)))
        counts.forEach((count, cell) => found[cell]!.add(count));
      return;
    }
    const cells = kinds[kind]!;
    const exactly = known?.get(kind);
    for (let here = exactly ?? 0; here <= (exactly ?? mostPerKind); here += 1) {
      for (const cell of cells) counts[cell]! += here;
      if (settledWith[kind]!.every(possible)) go(kind + 1, here > 0 ? present | (1 << kind) : present);
      for (const cell of cells) counts[cell]! -= here;
    }
  };
  go(0, 0);
  return found;
};

/** Whether cells with the same kinds of persons in them have the same figure; kinds are bits of a number. */
const sameNoise = ({ published, kinds }: Publication): ((present: number) => boolean) => {
  const shown = published.flatMap((figure, cell) => {
    const who = kinds.reduce((bits, cells, kind) => (cells.includes(cell) ? bits | (1 << kind) : bits), 0);
    return figure === undefined ? [] : [{ figure, who }];
  });
  return (present) => {
    const figures = new Map<number, number>();
    for (const { figure, who } of shown) {
      const known = figures.get(who & present);
      if (known !== undefined && known !== figure) return false;
      figures.set(who & present, figure);
    }
    return true;
  };
};
