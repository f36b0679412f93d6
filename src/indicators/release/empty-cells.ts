import type { EmptyCells, Sum } from '#disclosure-control';
import { allSlot, censored, type Figure } from '../catalogue/indicator.js';
import { cohortSlot, slotsOf, type CellSystem } from './cells.js';

/** A row of a table: the place of each of its slots. */
type Row = Map<string, number>;

/**
 * The cells of public tables in which nobody is counted, in places after those of the counted ones: the slots
 * that a row lacks, and under each total one row that is lacking as a whole. It stands for all that are: what
 * could be in one of them could be in any.
 */
export const emptyCells = (
  figure: Figure,
  { cells, sums }: Omit<CellSystem, 'kinds'>,
  placeOf: ReadonlyMap<number, number>,
): EmptyCells => {
  const slots = slotsOf(figure);
  const rows = new Map<string, Row>();
  const rowAt = (cell: number): Row => {
    const { breakdown, codes } = cells[cell]!;
    const name = `${breakdown}|${codes.join('|')}`;
    const row = rows.get(name) ?? new Map<string, number>();
    rows.set(name, row);
    return row;
  };
  for (const [cell, place] of placeOf) rowAt(cell).set(cells[cell]!.slot, place);
  const below = partsBelow({ cells, sums }, placeOf, rowAt);

  let next = placeOf.size;
  const filled = (row: Row): Row => {
    for (const slot of slots) if (!row.has(slot)) row.set(slot, next++);
    return row;
  };
  for (const row of rows.values()) filled(row);
  const lacking = below.map(() => filled(new Map()));
  return {
    sums: [
      ...[...rows.values(), ...lacking].flatMap((row) => sumsWithin(figure, row)),
      ...below.flatMap(({ total, parts }, at) =>
        slots.map((slot) => ({
          total: total.get(slot)!,
          parts: [...parts, lacking[at]!].map((row) => row.get(slot)!),
        })),
      ),
    ],
    count: next - placeOf.size,
  };
};

interface Parts {
  readonly total: Row;
  readonly parts: Set<Row>;
}

/** Which rows of one breakdown are summed up in a row of another. */
const partsBelow = (
  { cells, sums }: Pick<CellSystem, 'cells' | 'sums'>,
  placeOf: ReadonlyMap<number, number>,
  rowAt: (cell: number) => Row,
): readonly Parts[] => {
  const found = new Map<Row, Map<number, Parts>>();
  for (const { total, parts } of sums) {
    const { breakdown } = cells[parts[0]!]!;
    if (breakdown === cells[total]!.breakdown || ![total, ...parts].every((cell) => placeOf.has(cell)))
      continue;
    const row = rowAt(total);
    const known = found.get(row) ?? new Map<number, Parts>();
    found.set(row, known);
    const here = known.get(breakdown) ?? { total: row, parts: new Set<Row>() };
    known.set(breakdown, here);
    for (const part of parts) here.parts.add(rowAt(part));
  }
  return [...found.values()].flatMap((known) => [...known.values()]);
};

const sumsWithin = ({ form, slots, censors }: Figure, row: Row): readonly Sum[] => {
  if (form === 'count' || form === 'ratio') return [];
  const at = (slot: string): number => row.get(slot)!;
  return [
    { total: at(allSlot), parts: slots.map(at) },
    ...(censors ? [{ total: at(cohortSlot), parts: [allSlot, censored].map(at) }] : []),
  ];
};
