import highs from 'highs';
import type { Highs } from 'highs';

/** One linear program that is solved again and again with another objective. */
export interface LinearProgram {
  /**
   * Values of all variables at an optimum; `undefined` where there is none because nothing is feasible. A
   * variable without an entry in `costs` has cost 0.
   * @throws SolverFailed
   */
  optimum(sense: 'minimum' | 'maximum', costs: ReadonlyMap<number, number>): readonly number[] | undefined;
}

export interface Constraints {
  /** Each variable lies in its range, which is finite, so that every objective has an optimum. */
  readonly variables: readonly { readonly least: number; readonly most: number }[];
  /** The weighted sum of these variables lies in the range. */
  readonly rows: readonly {
    readonly terms: readonly { readonly variable: number; readonly weight: number }[];
    readonly least: number;
    readonly most: number;
  }[];
  /** Whole numbers only: an integer program. */
  readonly whole?: boolean;
}

/** The solver ended without an answer. */
export class SolverFailed extends Error {
  override readonly name = 'SolverFailed';
}

/**
 * Works on one program with HiGHS (Huangfu and Hall, "Parallelizing the dual revised simplex method", 2018),
 * which starts each solve from the last one's basis; its memory is given back when the work is done.
 * @throws SolverFailed
 */
export const withLinearProgram = async <Result>(
  { variables, rows, whole = false }: Constraints,
  work: (program: LinearProgram) => Result,
): Promise<Result> => {
  const solving = await solver();
  const { modelStatus, objectiveSense, variableType } = solving.constants;
  const isAnswer = (status: number): boolean =>
    status === modelStatus.optimal || status === modelStatus.infeasible;
  const starts = [0];
  for (const { terms } of rows) starts.push(starts.at(-1)! + terms.length);
  const terms = rows.flatMap((row) => row.terms);
  return solving.withModel(
    {
      numCols: variables.length,
      numRows: rows.length,
      colCost: variables.map(() => 0),
      colLower: variables.map(({ least }) => least),
      colUpper: variables.map(({ most }) => most),
      rowLower: rows.map(({ least }) => least),
      rowUpper: rows.map(({ most }) => most),
      matrix: {
        format: 'csr',
        numCols: variables.length,
        numRows: rows.length,
        starts,
        indices: terms.map(({ variable }) => variable),
        values: terms.map(({ weight }) => weight),
      },
      ...(whole && { integrality: variables.map(() => variableType.integer) }),
    },
    (model) => {
      // Only the objective changes between solves, which leaves the last basis feasible for the primal simplex.
      model.options.set({ output_flag: false, simplex_strategy: primalSimplex });
      let charged: readonly number[] = [];
      return work({
        optimum: (sense, costs) => {
          for (const variable of charged) if (!costs.has(variable)) model.changeColCost(variable, 0);
          for (const [variable, cost] of costs) model.changeColCost(variable, cost);
          charged = [...costs.keys()];
          model.changeObjectiveSense(sense === 'minimum' ? objectiveSense.minimize : objectiveSense.maximize);
          model.run();
          if (!isAnswer(model.getModelStatus())) {
            // Numerically stuck on its way from the last basis: once more from nothing.
            model.clearSolver();
            model.options.set({ simplex_strategy: dualSimplex });
            model.run();
            model.options.set({ simplex_strategy: primalSimplex });
          }
          const status = model.getModelStatus();
          if (status === modelStatus.infeasible) return undefined;
          if (!isAnswer(status)) throw new SolverFailed(`The solver ended with status ${status}`);
          return [...model.getSolution().colValue];
        },
      });
    },
  );
};

const dualSimplex = 1;
const primalSimplex = 4;

// The package's types say CommonJS of what Node loads as a module, where the loader is the default export itself.
const load = highs as unknown as () => Promise<Highs>;

let loading: Promise<Highs> | undefined;
const solver = (): Promise<Highs> => (loading ??= load());
