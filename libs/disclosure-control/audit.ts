import { withLinearProgram, type LinearProgram } from './linear-program.js';
import type { LinkedTable } from './linked-table.js';
import { alternativesTo, type Kind } from './population.js';

/** A hidden cell that is not hidden well enough: everyone can tell that its count is at least, or at most, this. */
export interface ExposedCell {
  readonly cell: number;
  readonly least?: number;
  readonly most?: number;
}

/**
 * Audits hidden cells by linear programming: everything between 0 and `upTo` must remain possible for each, as
 * far as all that is known of other cells and the sums between them tell (Fischetti and Salazar, "Models and
 * algorithms for the 2-dimensional cell suppression problem", Math. Programming 84, 1999: the attacker's
 * problems). Gives the cells that can be narrowed further, with what they can be narrowed to.
 *
 * One solution shows many cells to be safe at once, so there are far fewer programs than cells. An auditor who
 * knows the `population` spares most of them as well: whom one can exchange without being seen proves the same.
 * @throws SolverFailed; `InconsistentTable` if no counts at all fit what is known
 */
export const auditHidden = async (
  table: LinkedTable,
  hidden: readonly number[],
  upTo: number,
  population: readonly Kind[] = [],
): Promise<readonly ExposedCell[]> => {
  const { canBecome } = alternativesTo(table.cells.length, population, {
    allowed: (cell, count) => {
      const { least, most } = table.cells[cell]!;
      return count >= least && count <= most;
    },
  });
  const lowAsked = hidden.filter((cell) => population.length === 0 || !canBecome(cell, 0));
  const highAsked = hidden.filter((cell) => population.length === 0 || !canBecome(cell, upTo));
  if (lowAsked.length + highAsked.length === 0) return [];
  const columns = splitColumns(table, hidden, upTo);
  return withLinearProgram(columns.constraints, (program) => {
    const low = provenLow(program, columns, lowAsked);
    const high = provenHigh(program, columns, highAsked, upTo);
    return hidden
      .filter((cell) => low.has(cell) || high.has(cell))
      .map((cell) => ({
        cell,
        ...(low.has(cell) && { least: low.get(cell)! }),
        ...(high.has(cell) && { most: high.get(cell)! }),
      }));
  });
};

/** No counts fit what is said to be known of the cells. */
export class InconsistentTable extends Error {
  override readonly name = 'InconsistentTable';
  constructor() {
    super('No counts fit what is published of this table and its sums');
  }
}

const tolerance = 1e-6;

/**
 * A hidden cell is two variables: what it holds up to `upTo`, and what it holds beyond. Asked to raise the
 * first of many cells together, a program has no reason to put everything into one of them.
 */
const splitColumns = ({ cells, sums }: LinkedTable, hidden: readonly number[], upTo: number) => {
  const beyond = new Map(hidden.map((cell, at) => [cell, cells.length + at]));
  const columnsOf = (cell: number): readonly number[] => {
    const second = beyond.get(cell);
    return second === undefined ? [cell] : [cell, second];
  };
  const terms = (cell: number, weight: number) => columnsOf(cell).map((variable) => ({ variable, weight }));
  return {
    columnsOf,
    constraints: {
      variables: [
        ...cells.map((range, cell) => (beyond.has(cell) ? { least: 0, most: upTo } : range)),
        ...hidden.map((cell) => ({ least: 0, most: cells[cell]!.most })),
      ],
      rows: sums.map(({ total, parts }) => ({
        terms: [...terms(total, 1), ...parts.flatMap((part) => terms(part, -1))],
        least: 0,
        most: 0,
      })),
    },
  };
};

type Columns = ReturnType<typeof splitColumns>;

/** The cells that cannot be zero, with the least that they can be. */
const provenLow = (program: LinearProgram, { columnsOf }: Columns, hidden: readonly number[]) =>
  provenAtBound(hidden, (cells) => {
    const values = solved(program, 'minimum', cells.flatMap(columnsOf));
    return (cell) => {
      const value = columnsOf(cell).reduce((sum, column) => sum + values[column]!, 0);
      return { value, reached: value <= tolerance };
    };
  });

/** The cells that cannot be as much as `upTo`, with the most that they can be. */
const provenHigh = (program: LinearProgram, columns: Columns, hidden: readonly number[], upTo: number) =>
  provenAtBound(hidden, (cells) => {
    const values = solved(program, 'maximum', cells);
    return (cell) => {
      const value = columns.columnsOf(cell).reduce((sum, column) => sum + values[column]!, 0);
      return { value, reached: value >= upTo - tolerance };
    };
  });

/**
 * Solves for all open cells together, takes out those that reach the bound, and goes on with the rest; one that
 * does not reach it even when it is asked for alone is exposed.
 */
const provenAtBound = (
  hidden: readonly number[],
  solveFor: (cells: readonly number[]) => (cell: number) => { value: number; reached: boolean },
): ReadonlyMap<number, number> => {
  const exposed = new Map<number, number>();
  let open = hidden;
  while (open.length > 0) {
    const [first] = open;
    const together = solveFor(open);
    const left = open.filter((cell) => !together(cell).reached);
    if (left.length === open.length) {
      const alone = solveFor([first!]);
      if (!alone(first!).reached) exposed.set(first!, alone(first!).value);
      open = open.filter((cell) => cell !== first && !alone(cell).reached);
    } else open = left;
  }
  return exposed;
};

const solved = (
  program: LinearProgram,
  sense: 'minimum' | 'maximum',
  columns: readonly number[],
): readonly number[] => {
  const values = program.optimum(sense, new Map(columns.map((column) => [column, 1])));
  if (!values) throw new InconsistentTable();
  return values;
};
