import type { Position } from '#event-store';
import type { Database, Rows, Statements } from './database.js';
import type { Failure } from './failure.js';
import { shapeOf, type Projection } from './projection.js';
import { tablesOf, viewsOf } from './table.js';

/**
 * Rows made by one version of a projection in one go. At most one generation of a projection is `active`:
 * its views show it. At most one is `building` beside it. A `retired` one waits for its tables to be dropped.
 */
export interface Generation {
  readonly id: number;
  readonly projection: string;
  readonly version: number;
  /** Of its tables: a generation of another shape is of no use to this code. */
  readonly shape: string;
  readonly state: 'building' | 'active' | 'retired';
  readonly views: readonly string[];
  readonly indexed: boolean;
  /** Its checkpoint: everything up to here is in its rows. */
  readonly position: Position | undefined;
  /** Whether it was at the log's head when it was last written to. */
  readonly live: boolean;
  /** Events of the log that went past it. */
  readonly events: number;
  /** Events a second, lately. */
  readonly rate: number;
  readonly changedAt: string;
  readonly failure: Failure | undefined;
}

export interface Move {
  readonly generation: number;
  /** Where the checkpoint has to be for this move to count. */
  readonly from: Position | undefined;
  readonly to: Position | undefined;
  readonly events: number;
  readonly rate: number;
}

/** What is told on the schema's channel whenever a generation changes. */
export interface News {
  readonly projection: string;
  readonly generation: number;
  readonly state: Generation['state'];
  readonly position: Position | null;
}

/** Makes schema and registry if they are not there yet; any number of processes may do so at once. */
export const createRegistry = (database: Database, schema: string): Promise<void> =>
  database.transaction(async (transaction) => {
    // Two sessions that create one schema "if not exists" at the same moment would fail.
    await oneAtATime(transaction, schema);
    // A temporary schema is always there, and nobody may create it.
    if (schema !== temporarySchema) await transaction.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await transaction.query(`
      CREATE TABLE IF NOT EXISTS ${schema}.generations (
        generation integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        projection text COLLATE "C" NOT NULL,
        version integer NOT NULL,
        shape text NOT NULL,
        state text NOT NULL CHECK (state IN ('building', 'active', 'retired')),
        views text[] NOT NULL,
        indexed boolean NOT NULL DEFAULT false,
        position text,
        live boolean NOT NULL DEFAULT false,
        events bigint NOT NULL DEFAULT 0,
        rate double precision NOT NULL DEFAULT 0,
        changed_at timestamptz NOT NULL DEFAULT now(),
        failure jsonb
      ) WITH (fillfactor = 50)`);
    await transaction.query(`
      CREATE UNIQUE INDEX IF NOT EXISTS generations_one_of_a_state
      ON ${schema}.generations (projection, state) WHERE state <> 'retired'`);
  });

export const temporarySchema = 'pg_temp';

/** All generations, oldest first. */
export const generationsIn = async (statements: Statements, schema: string): Promise<readonly Generation[]> =>
  (await statements.query(`SELECT ${fields} FROM ${schema}.generations ORDER BY generation`)).map(
    generationFrom,
  );

/** Begins a generation with empty tables. If another one is being built, by whichever process, it stays that one. */
export const openGeneration = (
  database: Database,
  schema: string,
  projection: Projection<never>,
): Promise<Generation> =>
  database.transaction(async (transaction) => {
    const shape = shapeOf(projection);
    await oneAtATime(transaction, schema);
    const existing = (await generationsIn(transaction, schema)).find(
      (generation) => generation.projection === projection.name && generation.state === 'building',
    );
    if (existing && existing.version === projection.version && existing.shape === shape) return existing;
    if (existing) await retire(transaction, schema, existing);
    const views = viewsOf(tablesOf(projection, { schema, version: projection.version, generation: 0 }));
    const [row] = await transaction.query(
      `INSERT INTO ${schema}.generations (projection, version, shape, state, views)
       VALUES ($1, $2, $3, 'building', $4) RETURNING ${fields}`,
      [projection.name, projection.version, shape, views],
    );
    const generation = generationFrom(row!);
    const { rows, lists } = tablesOf(projection, {
      schema,
      version: generation.version,
      generation: generation.id,
    });
    for (const statement of [rows, ...lists].flatMap(({ definition }) => definition))
      await transaction.query(statement);
    return generation;
  });

/**
 * Moves checkpoints and tells everybody, if all of them still are where they are said to be.
 * Gives false otherwise: the transaction is then worth nothing.
 */
export const moveCheckpoints = async (
  transaction: Statements,
  schema: string,
  moves: readonly Move[],
  live: boolean,
): Promise<boolean> => {
  const moved = await transaction.query(
    `WITH moved AS (
       UPDATE ${schema}.generations AS generations
       SET position = moves.destination, live = $6, events = generations.events + moves.events, rate = moves.rate,
         changed_at = now(), failure = NULL
       FROM unnest($1::integer[], $2::text[], $3::text[], $4::bigint[], $5::double precision[])
         AS moves (generation, origin, destination, events, rate)
       WHERE generations.generation = moves.generation AND generations.state <> 'retired'
         AND generations.position IS NOT DISTINCT FROM moves.origin
       RETURNING generations.*)
     SELECT pg_notify($7, ${news}) FROM moved`,
    [
      moves.map(({ generation }) => generation),
      moves.map(({ from }) => from ?? null),
      moves.map(({ to }) => to ?? null),
      moves.map(({ events }) => events),
      moves.map(({ rate }) => rate),
      live,
      channelOf(schema),
    ],
  );
  return moved.length === moves.length;
};

/** Notes what stopped a generation. Gives false if its checkpoint has moved meanwhile. */
export const recordFailure = async (
  statements: Statements,
  schema: string,
  { id, position }: Pick<Generation, 'id' | 'position'>,
  failure: Failure,
): Promise<boolean> => {
  const failed = await statements.query(
    `WITH failed AS (
       UPDATE ${schema}.generations SET failure = $3, rate = 0, live = false
       WHERE generation = $1 AND position IS NOT DISTINCT FROM $2 RETURNING *)
     SELECT pg_notify($4, ${news}) FROM failed`,
    [id, position ?? null, JSON.stringify(failure), channelOf(schema)],
  );
  return failed.length > 0;
};

/** Takes a generation out of service; its tables are dropped by `dropRetired`, once nobody reads them. */
export const retire = async (
  transaction: Statements,
  schema: string,
  { id }: Pick<Generation, 'id'>,
): Promise<void> => {
  await transaction.query(
    `WITH retired AS (UPDATE ${schema}.generations SET state = 'retired' WHERE generation = $1 RETURNING *)
     SELECT pg_notify($2, ${news}) FROM retired`,
    [id, channelOf(schema)],
  );
};

/** Asks whoever leads to look at the registry again. */
export const callAttention = async (
  statements: Statements,
  schema: string,
  projection: string,
): Promise<void> => {
  await statements.query('SELECT pg_notify($1, $2)', [
    channelOf(schema),
    JSON.stringify({ attention: projection } satisfies Attention),
  ]);
};

export interface Attention {
  /** A projection that is to be tried again, or built. */
  readonly attention: string;
}

/** What a notice on the channel says; `undefined` if it is none of ours. */
export const noticeFrom = (payload: string): News | Attention | undefined => {
  try {
    const told = JSON.parse(payload) as Partial<News & Attention> | null;
    if (typeof told?.attention === 'string') return { attention: told.attention };
    return typeof told?.generation === 'number' ? (told as News) : undefined;
  } catch {
    return undefined;
  }
};

/** The channel that processes of this registry listen on. */
export const channelOf = (schema: string): string => `${schema}_projections`;

const oneAtATime = (transaction: Statements, schema: string): Promise<unknown> =>
  transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${schema} registry`]);

const news = `json_build_object(
  'projection', projection, 'generation', generation, 'state', state, 'position', position)::text`;

const fields = `generation, projection, version, shape, state, array_to_json(views), indexed, position, live, events,
  rate, to_char(changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), failure`;

const generationFrom = (row: Rows[number]): Generation => {
  const [
    id,
    projection,
    version,
    shape,
    state,
    views,
    indexed,
    position,
    live,
    events,
    rate,
    changedAt,
    failure,
  ] = row;
  return {
    id: Number(id),
    projection: projection ?? '',
    version: Number(version),
    shape: shape ?? '',
    state: state as Generation['state'],
    views: JSON.parse(views ?? '[]') as string[],
    indexed: indexed === 't',
    position: (position ?? undefined) as Position | undefined,
    live: live === 't',
    events: Number(events),
    rate: Number(rate),
    changedAt: changedAt ?? '',
    failure: typeof failure === 'string' ? (JSON.parse(failure) as Failure) : undefined,
  };
};
