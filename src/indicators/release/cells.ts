import {
  addKeys,
  perturbationBy,
  type Kind,
  type PerturbationTable,
  type RecordKey,
  type Sum,
} from '#disclosure-control';
import { coarserThan, type Dimension } from '../catalogue/dimensions.js';
import { allSlot, censored, type Figure, type Unit } from '../catalogue/indicator.js';
import { thresholds } from '../thresholds.js';
import type { Counted } from './cases.js';

export const cohortSlot = 'cohort';

/** What a figure is made of in one place: its slots, open cases, all but those, and all. */
export const slotsOf = ({ form, slots, censors }: Figure): readonly string[] => [
  ...slots,
  ...(censors ? [censored] : []),
  ...(form === 'count' || form === 'ratio' ? [] : [allSlot]),
  ...(censors ? [cohortSlot] : []),
];

/** One cell of one breakdown. */
export interface Cell {
  /** Place of the breakdown in the list. */
  readonly breakdown: number;
  /** One for each dimension of the breakdown. */
  readonly codes: readonly string[];
  readonly slot: string;
  count: number;
  persons: number;
  key: RecordKey;
}

/** All cells of one figure in which anything is counted, with the sums between them and who is in them. */
export interface CellSystem {
  readonly breakdowns: readonly (readonly Dimension[])[];
  readonly cells: readonly Cell[];
  readonly kinds: readonly Kind[];
  readonly sums: readonly Sum[];
}

export const cellsOf = (
  figure: Figure,
  dimensions: readonly Dimension[],
  breakdowns: readonly (readonly Dimension[])[],
  counted: readonly Counted[],
): CellSystem => {
  const places = breakdowns.map((by) => by.map((dimension) => dimensions.indexOf(dimension)));
  const cells: Cell[] = [];
  const cellAt = new Map<string, number>();
  const lastPerson: number[] = [];
  const kinds = new Map<string, { cells: readonly number[]; persons: number }>();

  const cellFor = (breakdown: number, codes: readonly string[], slot: string): number => {
    const name = cellName(breakdown, codes, slot);
    const known = cellAt.get(name);
    if (known !== undefined) return known;
    cellAt.set(name, cells.length);
    lastPerson.push(-1);
    return cells.push({ breakdown, codes, slot, count: 0, persons: 0, key: 0 }) - 1;
  };

  for (const { person, key, codes, slot } of counted) {
    const name = `${codes.join('|')}|${slot}`;
    let kind = kinds.get(name);
    if (!kind) {
      const slots = countedIn(figure, slot);
      kind = {
        persons: 0,
        cells: places.flatMap((place, breakdown) => {
          const here = place.map((at) => codes[at]!);
          return slots.map((one) => cellFor(breakdown, here, one));
        }),
      };
      kinds.set(name, kind);
    }
    kind.persons += 1;
    for (const index of kind.cells) {
      const cell = cells[index]!;
      cell.count += 1;
      if (lastPerson[index] === person) continue;
      lastPerson[index] = person;
      cell.persons += 1;
      cell.key = addKeys(cell.key, key);
    }
  }
  return {
    breakdowns,
    cells,
    kinds: [...kinds.values()],
    sums: sumsBetween(figure, breakdowns, cells, regionsIn(dimensions, counted), (breakdown, codes, slot) =>
      cellAt.get(cellName(breakdown, codes, slot)),
    ),
  };
};

/**
 * The figures of all cells, each moved by its noise. Events are shown only where they are of five persons or
 * more, before and after the noise; nothing is told of the others, not even whether there are any.
 */
export const perturbedFigures = (
  { cells }: Pick<CellSystem, 'cells'>,
  unit: Unit,
  table: PerturbationTable,
): (number | undefined)[] => {
  const perturb = perturbationBy(table);
  return cells.map(({ count, persons, key }) =>
    unit === 'event' && (persons < thresholds.persons || perturb(persons, key) < thresholds.persons)
      ? undefined
      : perturb(count, key),
  );
};

const cellName = (breakdown: number, codes: readonly string[], slot: string): string =>
  `${breakdown}|${codes.join('|')}|${slot}`;

/** The slots in which something that is in this slot is counted. */
const countedIn = ({ form, censors }: Figure, slot: string): readonly string[] => {
  if (form === 'count' || form === 'ratio') return [slot];
  if (slot === censored) return [censored, cohortSlot];
  return censors ? [slot, allSlot, cohortSlot] : [slot, allSlot];
};

const regionsIn = (
  dimensions: readonly Dimension[],
  counted: readonly Counted[],
): ReadonlyMap<string, string> => {
  const [municipality, region] = [dimensions.indexOf('municipality'), dimensions.indexOf('region')];
  return new Map(counted.map(({ codes }) => [codes[municipality]!, codes[region]!]));
};

/** Where a dimension is summed up: social areas to their municipality, those to their region, all others to nothing. */
const sumsBetween = (
  { form, censors }: Figure,
  breakdowns: readonly (readonly Dimension[])[],
  cells: readonly Cell[],
  regions: ReadonlyMap<string, string>,
  find: (breakdown: number, codes: readonly string[], slot: string) => number | undefined,
): readonly Sum[] => {
  const numbers = new Map(breakdowns.map((by, number) => [by.join(), number]));
  const parts = new Map<string, { total: number; parts: number[] }>();
  const add = (total: number | undefined, along: string, part: number): void => {
    if (total === undefined) return;
    const name = `${total}|${along}`;
    const sum = parts.get(name);
    if (sum) sum.parts.push(part);
    else parts.set(name, { total, parts: [part] });
  };
  /** Where one level of places is not broken down, the one above it is the next. */
  const nextAbove = (
    by: readonly Dimension[],
    codes: readonly string[],
    at: number,
    dimension: Dimension,
  ): { readonly number: number | undefined; readonly coarse: readonly string[] } => {
    const coarser = coarserThan(dimension);
    if (!coarser) return { number: numbers.get(by.toSpliced(at, 1).join()), coarse: codes.toSpliced(at, 1) };
    const code = coarser === 'region' ? regions.get(codes[at]!)! : municipalityOf(codes[at]!);
    const [above, coarse] = [by.with(at, coarser), codes.with(at, code)];
    const number = numbers.get(above.join());
    return number === undefined ? nextAbove(above, coarse, at, coarser) : { number, coarse };
  };
  for (const [index, { breakdown, codes, slot }] of cells.entries()) {
    const by = breakdowns[breakdown]!;
    for (const [at, dimension] of by.entries()) {
      const { number, coarse } = nextAbove(by, codes, at, dimension);
      if (number !== undefined) add(find(number, coarse, slot), dimension, index);
    }
    if (form === 'count' || form === 'ratio' || slot === cohortSlot) continue;
    if (slot === allSlot || slot === censored) {
      if (censors) add(find(breakdown, codes, cohortSlot), 'cohort', index);
    } else add(find(breakdown, codes, allSlot), 'slot', index);
  }
  return [...parts.values()];
};

/** A social area's id begins with the key of its municipality. */
const municipalityOf = (socialArea: string): string => socialArea.slice(0, 8);
