import type { Column, ColumnType, Columns } from './column.js';
import { columnName, listName, type Projection, type Row } from './projection.js';
import { sealedProperties } from './sealing.js';

/** One table of one generation of a projection, with the SQL that reads and writes it. */
export interface Table {
  /** The view that shows it while its generation is the active one. */
  readonly view: string;
  /** Schema and table, quoted. */
  readonly name: string;
  readonly columns: Columns;
  /** The property whose column tells rows apart, or groups them by the row they follow from. */
  readonly key: string;
  readonly definition: readonly string[];
  /** Worth making only once the rows are there. */
  readonly indexes: readonly string[];
  /** `$1`: keys. */
  readonly selectByKey: string;
  /** One parameter for each column, all of the same length. */
  readonly insert: string;
  readonly upsert: string;
  /** `$1`: keys. */
  readonly deleteByKey: string;
}

export interface Tables {
  readonly rows: Table;
  /** `$1`: values of the related column. Absent if the projection has none. */
  readonly selectRelated: string | undefined;
  readonly lists: readonly ListTable[];
}

export interface ListTable extends Table {
  rowsOf(row: Row): readonly Row[];
}

/** Where the tables of one generation lie. */
export interface Place {
  /** An identifier that needs no quoting. */
  readonly schema: string;
  readonly version: number;
  readonly generation: number;
}

export const tablesOf = (projection: Projection<never>, place: Place): Tables => {
  const { key, related, columns, indexes = [], lists = {} } = projection;
  const tableName = (view: string): string => `${place.schema}.${view}_v${place.version}_${place.generation}`;
  const rows = table(projection.name, tableName(projection.name), columns, key, indexes, true);
  const relatedIndex = related && `CREATE INDEX ON ${rows.name} (${quoted(related.column)})`;
  return {
    rows: relatedIndex ? { ...rows, definition: [...rows.definition, relatedIndex] } : rows,
    selectRelated: related && selectBy(rows.name, columns, related.column),
    lists: Object.entries(lists).map(([list, { columns: own, indexes = [], rowsOf }]) => {
      const view = listName(projection.name, list);
      const all = { [key]: columns[key]!, ...own };
      return { ...table(view, tableName(view), all, key, indexes, false), rowsOf };
    }),
  };
};

/** The tables' names as they stand after their schema. */
export const viewsOf = ({ rows, lists }: Tables): readonly string[] =>
  [rows, ...lists].map(({ view }) => view);

/** Rows as the parameters of `insert` and `upsert`: one array, as PostgreSQL writes it, for each column. */
export const parametersOf = (columns: Columns, rows: readonly Row[]): readonly string[] =>
  Object.entries(columns).map(([property, { sealedFor, encode }]) => {
    let array = '';
    for (const row of rows) {
      const value = row[property];
      if (value === null || value === undefined) array += ',NULL';
      // What is sealed is text already.
      else array += `,"${escaped(sealedFor === undefined ? encode(value) : (value as string))}"`;
    }
    return `{${array.slice(1)}}`;
  });

const escaped = (text: string): string => (/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text);

/** A row as `selectByKey` gives it. */
export const rowFrom = (properties: readonly [string, Column][], values: readonly (string | null)[]): Row => {
  const row: Record<string, unknown> = {};
  for (const [at, [property, column]] of properties.entries()) {
    const value = values[at];
    if (value === null || value === undefined) row[property] = null;
    else row[property] = column.sealedFor === undefined ? column.decode(value) : value;
  }
  return row;
};

/** All columns of a table, in the order of `rowFrom`. */
export const selected = (columns: Columns): string =>
  Object.entries(columns)
    // A list has no simple text form; its JSON has, and as texts large numbers keep their last digits.
    .map(([property, { type }]) =>
      isList(type) ? `array_to_json(${quoted(property)}::text[])` : quoted(property),
    )
    .join(', ');

export const quoted = (property: string): string => `"${columnName(property)}"`;

const table = (
  view: string,
  name: string,
  columns: Columns,
  key: string,
  indexes: readonly string[],
  keyIsUnique: boolean,
): Table => {
  const entries = Object.entries(columns);
  const names = entries.map(([property]) => quoted(property)).join(', ');
  const others = entries.map(([property]) => property).filter((property) => property !== key);
  const declared = entries.map(([property, column]) => `${quoted(property)} ${declaration(column)}`);
  const insert = `
    INSERT INTO ${name} (${names})
    SELECT ${entries.map(([property, { type }]) => quoted(property) + (isList(type) ? `::${type}` : '')).join(', ')}
    FROM unnest(${entries.map(([, { type }], at) => `$${at + 1}::${isList(type) ? 'text' : type}[]`).join(', ')})
      AS given (${names})`;
  const changes = others.map((property) => `${quoted(property)} = EXCLUDED.${quoted(property)}`).join(', ');
  return {
    view,
    name,
    columns,
    key,
    definition: [
      ...(keyIsUnique
        ? [`CREATE TABLE ${name} (${declared.join(', ')}, PRIMARY KEY (${quoted(key)})) ${roomForChanges}`]
        : [`CREATE TABLE ${name} (${declared.join(', ')})`, `CREATE INDEX ON ${name} (${quoted(key)})`]),
      // Ciphertext does not shrink, and trying costs more than all the rest of writing the row.
      ...sealedProperties(columns).map(
        (property) => `ALTER TABLE ${name} ALTER COLUMN ${quoted(property)} SET STORAGE EXTERNAL`,
      ),
    ],
    indexes: indexes.map((definition) => `CREATE INDEX ON ${name} ${definition}`),
    selectByKey: selectBy(name, columns, key),
    insert,
    upsert: `${insert} ON CONFLICT (${quoted(key)}) DO ${changes === '' ? 'NOTHING' : `UPDATE SET ${changes}`}`,
    deleteByKey: `DELETE FROM ${name} WHERE ${quoted(key)} = ANY ($1::${columns[key]!.type}[])`,
  };
};

/** A row whose indexed columns did not change is written beside its old self, and no index needs to know. */
const roomForChanges = 'WITH (fillfactor = 80)';

const selectBy = (name: string, columns: Columns, property: string): string =>
  `SELECT ${selected(columns)} FROM ${name} WHERE ${quoted(property)} = ANY ($1::${columns[property]!.type}[])`;

const isList = (type: ColumnType): boolean => type.endsWith('[]');

const declaration = ({ type, nullable }: Column): string =>
  `${type}${type === 'text' ? ' COLLATE "C"' : ''}${nullable ? '' : ' NOT NULL'}`;
