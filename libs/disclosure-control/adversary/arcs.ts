import { keySpace, type RecordKey } from '../cell-key.js';
import type { Sum } from '../linked-table.js';
import type { PerturbationTable } from '../perturbation-table.js';

/** The keys, from `from` for `width`, that turn a count into a figure. */
export interface Arc {
  readonly from: RecordKey;
  readonly width: number;
}

/** Which keys turn this count into that figure; `undefined` if none do. */
export type Arcs = (count: number, figure: number) => Arc | undefined;

export const arcsOf = (table: PerturbationTable): Arcs => {
  const rows = table.map(({ values }) => {
    let from = 0;
    return new Map(
      values.map(({ noise, probability }) => {
        const arc = { from, width: probability * keySpace };
        from += arc.width;
        return [noise, arc];
      }),
    );
  });
  return (count, figure) => rows[Math.min(count, rows.length - 1)]!.get(figure - count);
};

/**
 * Whether the keys behind the parts of a sum can add up to a key behind its total, given counts: the noise of
 * disjoint cells tells where their keys lie, and so where the key of all of them has to lie.
 */
export const keysAddUp = (published: readonly (number | undefined)[], arcs: Arcs) => {
  const arcOf = (cell: number, count: number): Arc => {
    if (count === 0) return noKey;
    const figure = published[cell];
    return (figure === undefined ? undefined : arcs(count, figure)) ?? anyKey;
  };
  return ({ total, parts }: Sum, countOf: (cell: number) => number): boolean => {
    const whole = arcOf(total, countOf(total));
    let from = 0;
    let width = whole.width;
    for (const part of parts) {
      const arc = arcOf(part, countOf(part));
      from = (from + arc.from) % keySpace;
      width += arc.width;
      if (width >= keySpace) return true;
    }
    const ahead = (whole.from - from + keySpace) % keySpace;
    return ahead <= width - whole.width || keySpace - ahead <= whole.width;
  };
};

const noKey: Arc = { from: 0, width: 0 };
const anyKey: Arc = { from: 0, width: keySpace };
