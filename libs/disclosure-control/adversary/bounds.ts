import type { CountRange } from '../cell-key.js';
import type { LinkedTable } from '../linked-table.js';

/** What an adversary found out about a count, and from which published cells. */
export interface Narrowed extends CountRange {
  readonly cell: number;
  readonly from: readonly number[];
}

/**
 * Differencing carried to its end on tables of any size: whatever a total and all but one of its parts tell of
 * that part, and the parts of the total, until nothing can be narrowed further. Gives every cell of which more
 * is known in the end than was published, with the cells that it follows from.
 */
export const narrowByBounds = ({ cells, sums }: LinkedTable): readonly Narrowed[] => {
  const least = cells.map((cell) => cell.least);
  const most = cells.map((cell) => cell.most);
  const from = new Map<number, readonly number[]>();
  const sumsOf = cells.map((): number[] => []);
  for (const [index, { total, parts }] of sums.entries())
    for (const cell of [total, ...parts]) sumsOf[cell]!.push(index);

  let waiting = new Set(sums.keys());
  while (waiting.size > 0) {
    const now = waiting;
    waiting = new Set();
    for (const index of now) {
      const { total, parts } = sums[index]!;
      const narrow = (cell: number, low: number, high: number): void => {
        if (low <= least[cell]! && high >= most[cell]!) return;
        least[cell] = Math.max(low, least[cell]!);
        most[cell] = Math.min(high, most[cell]!);
        from.set(
          cell,
          [total, ...parts].filter((one) => one !== cell),
        );
        for (const other of sumsOf[cell]!) waiting.add(other);
      };
      let low = 0;
      let high = 0;
      for (const part of parts) {
        low += least[part]!;
        high += most[part]!;
      }
      narrow(total, low, high);
      const [totalLow, totalHigh] = [least[total]!, most[total]!];
      for (const part of parts) {
        const [partLow, partHigh] = [least[part]!, most[part]!];
        narrow(part, totalLow - (high - partHigh), totalHigh - (low - partLow));
        low += least[part]! - partLow;
        high += most[part]! - partHigh;
      }
    }
  }
  return [...from].map(([cell, sources]) => ({
    cell,
    least: least[cell]!,
    most: most[cell]!,
    from: sources,
  }));
};
