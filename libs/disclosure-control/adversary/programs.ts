import type { CountRange } from '../cell-key.js';
import { withLinearProgram } from '../linear-program.js';
import type { LinkedTable } from '../linked-table.js';

/**
 * The narrowest range that all published cells together allow for each of these cells, by one integer program
 * for each end. Nothing that follows from sums and ranges escapes it; costs a solve for each end.
 * @throws SolverFailed
 */
export const narrowByPrograms = (
  { cells, sums }: LinkedTable,
  asked: readonly number[],
): Promise<readonly CountRange[]> =>
  withLinearProgram(
    {
      variables: cells,
      rows: sums.map(({ total, parts }) => ({
        terms: [{ variable: total, weight: 1 }, ...parts.map((part) => ({ variable: part, weight: -1 }))],
        least: 0,
        most: 0,
      })),
      whole: true,
    },
    (program) =>
      asked.map((cell) => {
        const end = (sense: 'minimum' | 'maximum'): number | undefined =>
          program.optimum(sense, new Map([[cell, 1]]))?.[cell];
        const { least, most } = cells[cell]!;
        return { least: whole(end('minimum') ?? least), most: whole(end('maximum') ?? most) };
      }),
  );

/** A whole number as the solver means it, and never a negative zero. */
const whole = (value: number): number => Math.round(value) + 0;
