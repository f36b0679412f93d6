import { createHash } from 'node:crypto';
import type { Column, Columns, RowOf } from './column.js';

/**
 * A read model as a value: which row an event belongs to and how the row changes. All functions are pure;
 * given the same events in the same order they make the same rows, wherever batches end.
 *
 * A change of `version`, or of the shape of the tables, is built beside the old rows and replaces them when
 * it has caught up. A change of what the functions do needs a new `version`; nothing else can notice it.
 */
export interface ProjectionDefinition<Event, C extends Columns> {
  /** Names the view to read from. Lower case letters, digits and underscores. */
  readonly name: string;
  /** From 1 upwards. */
  readonly version: number;
  /** Stream-name prefixes of its events; all streams if empty. */
  readonly prefixes: readonly string[];
  /** Types of recorded events that it handles. */
  readonly eventTypes: readonly string[];
  readonly columns: C;
  /** The column that tells rows apart: `text` or `uuid`. */
  readonly key: keyof C & string;
  /**
   * What follows `CREATE INDEX … ON the_table`, in SQL: `(owner, due_on)` or `USING gin (tokens)`. In a
   * rebuild they are made after the rows, which is faster.
   */
  readonly indexes?: readonly string[];
  /** Further tables with any number of rows for each row of this one. */
  readonly lists?: Readonly<Record<string, List<RowOf<C>>>>;
  /**
   * For events that concern rows they do not name (all journeys of a client): every row that holds this value
   * in that column at that moment. The column is indexed from the beginning.
   */
  readonly related?: Related<Event, keyof C & string>;
  /** Keys of the rows that this event concerns: none, one or several, each once. */
  rowKeysOf(event: Event): readonly string[];
  /** The row after the event; `undefined` for no row. Must not change the row it is given. */
  evolve(row: RowOf<C> | undefined, event: Event, key: string): RowOf<C> | undefined;
}

export interface Related<Event, Property extends string = string> {
  readonly column: Property;
  valueOf(event: Event): string | undefined;
}

/** A table whose rows follow from one row of the projection's own table and are replaced along with it. */
export interface List<ParentRow, C extends Columns = Columns> {
  /** Beside them the table has the key column of the row they follow from. */
  readonly columns: C;
  readonly indexes?: readonly string[];
  rowsOf(row: ParentRow): readonly RowOf<C>[];
}

/** Any row, as the engine sees it. */
export type Row = Readonly<Record<string, unknown>>;

/** A projection that was checked, whatever its columns. */
export interface Projection<Event> extends Omit<
  ProjectionDefinition<Event, Columns>,
  'rowKeysOf' | 'evolve' | 'lists'
> {
  readonly lists?: Readonly<Record<string, List<Row>>>;
  rowKeysOf(event: Event): readonly string[];
  evolve(row: Row | undefined, event: Event, key: string): Row | undefined;
}

/**
 * Checks a projection when it is defined, so that a mistake in it shows when the program starts.
 * @throws InvalidProjection
 */
export const projection = <Event, C extends Columns>(
  definition: ProjectionDefinition<Event, C>,
): Projection<Event> => {
  const refuse = (reason: string): never => {
    throw new InvalidProjection(definition.name, reason);
  };
  if (!Number.isSafeInteger(definition.version) || definition.version < 1)
    refuse('its version is not 1 or more');
  if (!identifies(definition.columns[definition.key]))
    refuse('its key is not a plain column of type text or uuid');
  const { related } = definition;
  if (related && !isPlain(definition.columns[related.column]))
    refuse(`${related.column} cannot be looked for`);
  checkTable(definition.name, definition.columns, refuse);
  for (const [name, { columns }] of Object.entries(definition.lists ?? {})) {
    const key = { [definition.key]: definition.columns[definition.key]! };
    checkTable(listName(definition.name, name), { ...key, ...columns }, refuse);
    if (definition.key in columns) refuse(`the list ${name} gets the column ${definition.key} by itself`);
  }
  return definition;
};

/** Ties a list's columns and its rows together; say what it is given: `list({ columns, rowsOf: (journey: Journey) => … })`. */
export const list = <ParentRow, C extends Columns>(definition: List<ParentRow, C>): List<ParentRow, C> =>
  definition;

/** The projection is not well defined. */
export class InvalidProjection extends Error {
  override readonly name = 'InvalidProjection';
  constructor(projectionName: string, reason: string) {
    super(`Projection ${projectionName}: ${reason}`);
  }
}

/** Name of the view of a list. */
export const listName = (projectionName: string, list: string): string =>
  `${projectionName}_${columnName(list)}`;

/** How a property is called in SQL: `dueOn` is `due_on`. */
export const columnName = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Tells whether two projections of one version make tables of the same shape. */
export const shapeOf = (definition: Projection<never>): string => {
  const tables = [definition, ...Object.values(definition.lists ?? {})].map(({ columns, indexes = [] }) => ({
    columns: Object.entries(columns).map(([name, { type, nullable, sealedFor }]) => [
      name,
      type,
      nullable,
      sealedFor,
    ]),
    indexes,
  }));
  const shape = [definition.key, definition.related?.column, Object.keys(definition.lists ?? {}), tables];
  return createHash('sha256').update(JSON.stringify(shape)).digest('base64url').slice(0, 22);
};

// A table's name goes on with version and generation, an index's with a number: PostgreSQL cuts at 63.
const tableNamePattern = /^[a-z][a-z0-9_]{0,39}$/;
const columnNamePattern = /^[a-z][a-z0-9_]{0,62}$/;

const identifies = (column: Column | undefined): boolean => isPlain(column) && !column.nullable;

const isPlain = (column: Column | undefined): column is Column =>
  column !== undefined &&
  column.sealedFor === undefined &&
  (column.type === 'text' || column.type === 'uuid');

const checkTable = (name: string, columns: Columns, refuse: (reason: string) => never): void => {
  if (!tableNamePattern.test(name)) refuse(`${name} is not a name of at most 40 of a-z, 0-9 and _`);
  for (const [property, { sealedFor }] of Object.entries(columns)) {
    if (!columnNamePattern.test(columnName(property))) refuse(`${property} cannot be a column's name`);
    const subject = sealedFor === undefined ? undefined : columns[sealedFor];
    if (sealedFor !== undefined && !identifies(subject))
      refuse(`${property} is sealed for ${sealedFor}, which is not a plain column of type text or uuid`);
  }
};
