import type { Position } from '#event-store';
import type pg from 'pg';
import { catchUp } from './catch-up.js';
import type { Columns } from './column.js';
import { singleConnection, type Database, type Statements } from './database.js';
import type { Failure } from './failure.js';
import { feedOf, type Feed, type Surroundings } from './feed.js';
import { shapeOf, type Projection, type Row } from './projection.js';
import { createRegistry, generationsIn, openGeneration, temporarySchema } from './registry.js';
import { openRows, type Seals } from './sealing.js';
import { quoted, rowFrom, selected, tablesOf, type Table, type Tables } from './table.js';

/** What is read now against what a rebuild would make of the same events. Tells keys, never values. */
export interface Comparison {
  /** Up to which both were folded. */
  readonly position: Position | undefined;
  /** Rows of the projection's own table that were compared. */
  readonly rows: number;
  readonly differences: number;
  /** The first hundred of them. */
  readonly examples: readonly Difference[];
}

export interface Difference {
  readonly view: string;
  readonly key: string;
  /** `missing`: only a rebuild has it. `unexpected`: a rebuild would not have it. */
  readonly kind: 'missing' | 'unexpected' | 'different';
  /** Properties that differ, where rows can be told apart. */
  readonly properties: readonly string[];
}

/** There is nothing to compare: no rows of this version are being read, or the log cannot be folded. */
export class NotComparable extends Error {
  override readonly name = 'NotComparable';
}

/** Folds into temporary tables of one connection, which nobody else sees and which end with it. */
export const compare = async <Event>(
  surroundings: Omit<Surroundings<Event>, 'tell'> & { readonly connection: pg.ClientConfig },
  projection: Projection<Event>,
): Promise<Comparison> => {
  const { connection, schema, seals } = surroundings;
  const [present, shadow] = await Promise.all([singleConnection(connection), singleConnection(connection)]);
  try {
    // Rows and checkpoint are seen as of one moment, and nobody has to wait for us.
    await present.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const active = (await generationsIn(present, schema)).find(
      ({ projection: name, state }) => name === projection.name && state === 'active',
    );
    if (!active || active.version !== projection.version || active.shape !== shapeOf(projection))
      throw new NotComparable(`Nothing of version ${projection.version} of ${projection.name} is being read`);
    const { position } = active;
    const rebuilt = await rebuiltUntil({ ...surroundings, database: shadow }, projection, position);
    const result = await compareTables(
      {
        statements: present,
        tables: tablesOf(projection, { schema, version: active.version, generation: active.id }),
      },
      { statements: shadow, tables: rebuilt.tables },
      seals,
    );
    return { position, ...result };
  } finally {
    await Promise.allSettled([present.close(), shadow.close()]);
  }
};

const rebuiltUntil = async <Event>(
  surroundings: Omit<Surroundings<Event>, 'tell'> & { readonly database: Database },
  projection: Projection<Event>,
  until: Position | undefined,
): Promise<Feed<Event>> => {
  const { database } = surroundings;
  await createRegistry(database, temporarySchema);
  await openGeneration(database, temporarySchema, projection);
  const [generation] = await generationsIn(database, temporarySchema);
  const feed = feedOf(projection, generation!, temporarySchema);
  if (until === undefined) return feed;
  await catchUp({ ...surroundings, schema: temporarySchema, tell: () => undefined }, [feed], {
    until,
    signal: new AbortController().signal,
    stopped: (_, { eventId, error }: Failure) => {
      throw new NotComparable(
        `${projection.name} cannot be folded: ${error} at event ${eventId ?? '(none)'}`,
      );
    },
  });
  return feed;
};

interface Side {
  readonly statements: Statements;
  readonly tables: Tables;
}

const rowsAtOnce = 1_000;
const examplesShown = 100;

const compareTables = async (
  present: Side,
  rebuilt: Side,
  seals: Seals | undefined,
): Promise<Omit<Comparison, 'position'>> => {
  let [rows, differences] = [0, 0];
  const examples: Difference[] = [];
  let after: string | null = null;
  do {
    const until: string | null = await endOfRange(present, rebuilt, after);
    const range = [after, until] as const;
    const tables = [present.tables.rows, ...present.tables.lists];
    for (const [at, table] of tables.entries()) {
      const other = [rebuilt.tables.rows, ...rebuilt.tables.lists][at]!;
      const [is, shouldBe] = await Promise.all([
        rowsIn(present.statements, table, range, seals),
        rowsIn(rebuilt.statements, other, range, seals),
      ]);
      if (at === 0) rows += is.size;
      const found = differencesOf(table, is, shouldBe);
      differences += found.length;
      examples.push(...found.slice(0, examplesShown - examples.length));
    }
    after = until;
  } while (after !== null);
  return { rows, differences, examples };
};

/** The key up to which neither side has more than a page of rows; null if all that is left is less. */
const endOfRange = async (present: Side, rebuilt: Side, after: string | null): Promise<string | null> => {
  const nthKey = ({ tables: { rows } }: Side, parameter: string): string =>
    `(SELECT ${quoted(rows.key)} FROM ${rows.name} WHERE ${parameter} IS NULL OR ${quoted(rows.key)} > ${parameter}
      ORDER BY 1 OFFSET ${rowsAtOnce - 1} LIMIT 1)`;
  const { type } = present.tables.rows.columns[present.tables.rows.key]!;
  const [here] = await present.statements.query(`SELECT ${nthKey(present, `$1::${type}`)}`, [after]);
  const [there] = await rebuilt.statements.query(
    `SELECT LEAST($2::${type}, ${nthKey(rebuilt, `$1::${type}`)})`,
    [after, here?.[0] ?? null],
  );
  return there?.[0] ?? null;
};

const rowsIn = async (
  statements: Statements,
  { view, name, columns, key }: Table,
  [after, until]: readonly [string | null, string | null],
  seals: Seals | undefined,
): Promise<ReadonlyMap<string, readonly Row[]>> => {
  const { type } = columns[key]!;
  const values = await statements.query(
    `SELECT ${selected(columns)} FROM ${name} WHERE ($1::${type} IS NULL OR ${quoted(key)} > $1::${type})
       AND ($2::${type} IS NULL OR ${quoted(key)} <= $2::${type})`,
    [after, until],
  );
  const stored = values.map((value) => rowFrom(Object.entries(columns), value));
  const opened = await openRows(
    view,
    columns,
    stored.map((row) => ({ key: String(row[key]), row })),
    seals,
  );
  const byKey = new Map<string, Row[]>();
  for (const row of opened) {
    const same = byKey.get(String(row[key]));
    if (same) same.push(row);
    else byKey.set(String(row[key]), [row]);
  }
  return byKey;
};

const differencesOf = (
  { view, columns }: Table,
  is: ReadonlyMap<string, readonly Row[]>,
  shouldBe: ReadonlyMap<string, readonly Row[]>,
): readonly Difference[] =>
  [...new Set([...is.keys(), ...shouldBe.keys()])].flatMap((key): readonly Difference[] => {
    const [here, there] = [is.get(key), shouldBe.get(key)];
    if (!here) return [{ view, key, kind: 'missing', properties: [] }];
    if (!there) return [{ view, key, kind: 'unexpected', properties: [] }];
    if (sameText(columns, here) === sameText(columns, there)) return [];
    const properties = here.length === 1 && there.length === 1 ? differing(columns, here[0]!, there[0]!) : [];
    return [{ view, key, kind: 'different', properties }];
  });

/** Rows of a list have no order of their own. */
const sameText = (columns: Columns, rows: readonly Row[]): string =>
  rows
    .map((row) => JSON.stringify(Object.keys(columns).map((property) => row[property])))
    .sort()
    .join('\n');

const differing = (columns: Columns, one: Row, other: Row): readonly string[] =>
  Object.keys(columns).filter(
    (property) => JSON.stringify(one[property]) !== JSON.stringify(other[property]),
  );
