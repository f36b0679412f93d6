import { perturbationTable, type RecordKey } from '#disclosure-control';
import { breakdownName, readInstead, type Dimension } from '../catalogue/dimensions.js';
import { catalogue, isRecorded } from '../catalogue/catalogue.js';
import type { Figure, Indicator, Window } from '../catalogue/indicator.js';
import { noiseRules } from '../noise.js';
import type { ReleaseName } from '../quarter.js';
import type { AttackedCells } from './attacked-system.js';
import { attackedTogether, publicTogether } from './attacked-together.js';
import { casesOf, countedBy, withLargestLanguages, type Facts } from './cases.js';
import { slotsOf, type CellSystem } from './cells.js';
import type { EarlierFigure } from './earlier.js';
import { hiddenForOthers } from './public-figures.js';

/** One row of a table: its codes, and a count for each slot, `null` where it is withheld or hidden. */
export interface ReleasedRow {
  readonly codes: readonly string[];
  readonly counts: readonly (number | null)[];
}

/** One figure in one breakdown. Rows of nothing but zeros are left out. */
export interface ReleasedFigure {
  readonly figure: string;
  readonly slots: readonly string[];
  readonly rows: readonly ReleasedRow[];
}

export type Audience = 'analyst' | 'public';

export interface ReleasedTable {
  readonly audience: Audience;
  readonly indicator: string;
  /** `municipality,sex`; empty for the total. */
  readonly by: string;
  readonly figures: readonly ReleasedFigure[];
}

/** A breakdown that is not released, and by what it is read instead; by nothing is the total. */
export interface Coarsened {
  readonly by: readonly Dimension[];
  readonly readBy: readonly Dimension[];
}

/**
 * What is told of an indicator's attack and audit: nothing that does not follow from the tables, and so no number of
 * true counts. How many were small is told by `onFigure`, to whoever releases.
 */
export interface SafetyReport {
  readonly indicator: string;
  readonly figure: string;
  readonly pinnedDown: number;
  /** Places in the tables for analysts at which no figure stands; not known of releases of earlier versions. */
  readonly withheld?: number;
  /** Breakdowns that are not released, because most of their figures would have had to be withheld. */
  readonly coarsened: readonly Coarsened[];
  /** Cells of the public tables that are hidden to protect others. */
  readonly hiddenForOthers: number;
}

export interface Release {
  readonly id: string;
  readonly quarter: string;
  readonly correction: number;
  /** The last day that was known to its end: no deadline after it counts as missed. */
  readonly horizon: string;
  readonly method: typeof method;
  /** The releases before it that it was attacked together with. */
  readonly attackedWith: readonly string[];
  readonly safety: readonly SafetyReport[];
  readonly tables: readonly ReleasedTable[];
}

export const method = { name: 'cell-key', ...noiseRules, threshold: 5, multiple: 5 } as const;

/** A small count could be pinned down although everything was withheld that forbids others: nothing is released. */
export class ReleaseUnsafe extends Error {
  override readonly name = 'ReleaseUnsafe';
  constructor(reports: readonly SafetyReport[]) {
    const failed = reports.filter(({ pinnedDown }) => pinnedDown > 0).map(({ indicator }) => indicator);
    super(
      `The release is not safe: small counts of ${failed.join(', ')} can be told from what it publishes.`,
    );
  }
}

/** What a release is computed beside, and with what of it is done. */
export interface Beside {
  readonly attackedWith?: readonly string[];
  /** What those releases published of this figure. */
  readonly earlierOf?: (indicator: Indicator, figure: Figure) => Promise<readonly EarlierFigure[]>;
  readonly onFigure?: (indicator: Indicator, figure: Figure, attacked: AttackedCells) => void;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Computes a release from facts, attacks it, withholds what does not stand the attack, and audits its public
 * tables. The same facts, keys and days give the same release, byte for byte.
 * @throws ReleaseUnsafe
 */
export const computeRelease = async (
  { id, quarter, correction }: ReleaseName,
  facts: Facts,
  horizon: string,
  recordKeyOf: (person: string) => RecordKey,
  { attackedWith = [], earlierOf, onFigure, onProgress }: Beside = {},
): Promise<Release> => {
  const table = perturbationTable(noiseRules);
  const window: Window = { from: quarter.from, to: quarter.to, horizon };
  const cases = withLargestLanguages(casesOf(facts, recordKeyOf), window, table);
  const work = catalogue.filter(isRecorded).flatMap((indicator) =>
    indicator.figures.map((figure) => ({
      indicator,
      figure,
      counted: () => countedBy(indicator, figure, cases, window),
      earlier: async () => (await earlierOf?.(indicator, figure)) ?? [],
    })),
  );
  const tables: ReleasedTable[] = [];
  const safety: SafetyReport[] = [];
  const steps = 2 * work.length;
  const attackedFigures = await attackedTogether(work, table, (done) => onProgress?.(done, steps));
  const openFigures = await publicTogether(attackedFigures, table, (done) =>
    onProgress?.(work.length + done, steps),
  );
  for (const [at, { indicator, figure, system, attacked }] of attackedFigures.entries()) {
    onFigure?.(indicator, figure, { system, attacked });
    const open = openFigures[at]!;
    const isOut = new Set(attacked.coarsened);
    const isIn = system.breakdowns.flatMap((_, breakdown) => (isOut.has(breakdown) ? [] : [breakdown]));
    const forAnalysts = tablesOf('analyst', indicator, figure, system, isIn, attacked.figures);
    tables.push(
      ...forAnalysts,
      ...tablesOf(
        'public',
        indicator,
        figure,
        system,
        open.breakdowns.filter((breakdown) => !isOut.has(breakdown)),
        open.figures,
      ),
    );
    safety.push({
      indicator: indicator.code,
      figure: figure.name,
      pinnedDown: attacked.pinned.length,
      withheld: withheldIn(forAnalysts),
      coarsened: coarsenedOf(system, isIn),
      hiddenForOthers: hiddenForOthers(open, attacked.figures),
    });
  }
  onProgress?.(steps, steps);
  if (safety.some(({ pinnedDown }) => pinnedDown > 0)) throw new ReleaseUnsafe(safety);
  return {
    id,
    quarter: quarter.name,
    correction,
    horizon,
    method,
    attackedWith,
    safety,
    tables: joined(tables),
  };
};

const withheldIn = (tables: readonly ReleasedTable[]): number =>
  tables
    .flatMap(({ figures }) => figures.flatMap(({ rows }) => rows.flatMap(({ counts }) => counts)))
    .filter((count) => count === null).length;

const coarsenedOf = (
  { breakdowns }: Pick<CellSystem, 'breakdowns'>,
  released: readonly number[],
): readonly Coarsened[] => {
  const names = new Set(released.map((breakdown) => breakdownName(breakdowns[breakdown]!)));
  const isReleased = (by: readonly Dimension[]): boolean => names.has(breakdownName(by));
  return breakdowns
    .filter((by) => !isReleased(by))
    .map((by) => ({ by, readBy: readInstead(by, isReleased) }));
};

const tablesOf = (
  audience: Audience,
  indicator: Indicator,
  figure: Figure,
  { breakdowns, cells }: Pick<CellSystem, 'breakdowns' | 'cells'>,
  shown: readonly number[],
  figures: readonly (number | undefined)[],
): readonly ReleasedTable[] => {
  const slots = slotsOf(figure);
  // Where small figures are hidden, those of nobody look the same.
  const nobody = audience === 'public' || indicator.unit === 'event' ? null : 0;
  const rows = breakdowns.map(
    () => new Map<string, { codes: readonly string[]; counts: (number | null)[] }>(),
  );
  for (const [place, { breakdown, codes, slot }] of cells.entries()) {
    const name = codes.join('|');
    const row = rows[breakdown]!.get(name) ?? { codes, counts: slots.map((): number | null => nobody) };
    row.counts[slots.indexOf(slot)] = figures[place] ?? null;
    rows[breakdown]!.set(name, row);
  }
  return shown.map((breakdown) => ({
    audience,
    indicator: indicator.code,
    by: breakdownName(breakdowns[breakdown]!),
    figures: [
      {
        figure: figure.name,
        slots,
        rows: [...rows[breakdown]!]
          .toSorted(([one], [other]) => (one < other ? -1 : 1))
          .map(([, row]) => row)
          // A row without any figure is one of nobody, or of a few: which, nobody is told.
          .filter(({ counts }) => counts.some((count) => count !== nobody)),
      },
    ],
  }));
};

/** The figures of one indicator in one breakdown stand in one table. */
const joined = (tables: readonly ReleasedTable[]): readonly ReleasedTable[] => {
  const found = new Map<string, ReleasedTable>();
  for (const table of tables) {
    const name = `${table.audience}|${table.indicator}|${table.by}`;
    const known = found.get(name);
    found.set(name, known ? { ...known, figures: [...known.figures, ...table.figures] } : table);
  }
  return [...found.values()];
};
