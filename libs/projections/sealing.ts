import type { Column, Columns } from './column.js';
import { columnName, type Row } from './projection.js';

/** A text and where it lies: it opens nowhere else. */
export interface PlacedText {
  /** Whose key seals it. */
  readonly subject: string;
  /** View, column and row. */
  readonly place: string;
  readonly text: string;
}

/**
 * Seals and opens texts of read models, many at once, so that keys can be fetched with one statement and
 * forgotten afterwards. The answer is in the order of the question; `undefined` where the subject has no key.
 */
export interface Seals {
  seal(texts: readonly PlacedText[]): Promise<readonly (string | undefined)[]>;
  open(texts: readonly PlacedText[]): Promise<readonly (string | undefined)[]>;
}

/**
 * The place of a sealed text, for those who read it through the view: view and property as the projection
 * names them, key of the row (for a list: of the row it follows from).
 */
export const sealedPlace = (view: string, property: string, key: string): string =>
  `${view}.${columnName(property)}.${key}`;

export interface KeyedRow {
  readonly key: string;
  readonly row: Row;
}

/** Rows as they lie in the table, made readable. A text whose key is gone is `null`. */
export const openRows = (
  view: string,
  columns: Columns,
  rows: readonly KeyedRow[],
  seals: Seals | undefined,
): Promise<readonly Row[]> =>
  exchange(view, columns, rows, {
    textOf: (_, sealed) => sealed as string,
    answersTo: (texts) => sealsOf(view, seals).open(texts),
    valueOf: (column, text) => column.decode(text),
  });

/** Readable rows as they may lie in the table. */
export const sealRows = (
  view: string,
  columns: Columns,
  rows: readonly KeyedRow[],
  seals: Seals | undefined,
): Promise<readonly Row[]> =>
  exchange(view, columns, rows, {
    textOf: (column, value) => column.encode(value),
    answersTo: (texts) => sealsOf(view, seals).seal(texts),
    valueOf: (_, sealed) => sealed,
  });

/** The properties that are sealed in the table. */
export const sealedProperties = (columns: Columns): readonly string[] =>
  Object.keys(columns).filter((property) => columns[property]?.sealedFor !== undefined);

interface Exchange {
  textOf(column: Column, value: unknown): string;
  answersTo(texts: readonly PlacedText[]): Promise<readonly (string | undefined)[]>;
  valueOf(column: Column, answer: string): unknown;
}

const exchange = async (
  view: string,
  columns: Columns,
  rows: readonly KeyedRow[],
  { textOf, answersTo, valueOf }: Exchange,
): Promise<readonly Row[]> => {
  const properties = sealedProperties(columns);
  const texts: PlacedText[] = [];
  const results = rows.map(
    ({ row }) => (properties.length > 0 ? { ...row } : row) as Record<string, unknown>,
  );
  const places: { index: number; property: string }[] = [];
  for (const property of properties) {
    const column = columns[property]!;
    for (const [index, { key, row }] of rows.entries()) {
      const [value, subject] = [row[property], row[column.sealedFor!]];
      if (value === null || value === undefined || typeof subject !== 'string') {
        results[index]![property] = null;
        continue;
      }
      texts.push({ subject, place: sealedPlace(view, property, key), text: textOf(column, value) });
      places.push({ index, property });
    }
  }
  if (texts.length === 0) return results;
  const answers = await answersTo(texts);
  for (const [at, { index, property }] of places.entries()) {
    const answer = answers[at];
    results[index]![property] = answer === undefined ? null : valueOf(columns[property]!, answer);
  }
  return results;
};

const sealsOf = (view: string, seals: Seals | undefined): Seals => {
  if (!seals) throw new Error(`${view} has sealed columns, but nothing to seal them with was given`);
  return seals;
};
