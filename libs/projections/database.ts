import pg from 'pg';

/** Every value as PostgreSQL writes it, so that what is read does not depend on anybody's type parsers. */
export type Rows = readonly (readonly (string | null)[])[];

export interface Statements {
  /**
   * @param patience milliseconds until the connection is given up for dead
   * @throws pg.DatabaseError with its SQLSTATE, or DatabaseUnavailable
   */
  query(text: string, values?: readonly unknown[], patience?: number): Promise<Rows>;
}

export interface Database extends Statements {
  /** All of it or nothing. @throws what the work throws, pg.DatabaseError, DatabaseUnavailable */
  transaction<T>(work: (transaction: Statements) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** There is no working connection. Whether a transaction that was under way took effect is unknown. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/**
 * A transaction whose process hangs is ended by the server after this time, so that it cannot hold the
 * checkpoint against another instance that has taken over. In milliseconds.
 */
const longestHang = 3_000;

/** No answer for so long, in milliseconds, means that there is nobody to answer. */
const usualPatience = 60_000;

/**
 * Commits do not wait for the disk: rows and checkpoint are lost together or not at all, and what is lost is
 * derived again from the log. Instants are read and written in UTC.
 */
const settings = `
  SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET extra_float_digits = 1; SET synchronous_commit = off`;

/** The pool waits for it before it lends the connection, although its type does not say so. */
const settled = {
  onConnect: (client: pg.ClientBase) =>
    client.query(`${settings}; SET idle_in_transaction_session_timeout = ${longestHang}`),
};

/** A few connections for reading rows and writing batches. */
export const connectionPool = (config: pg.ClientConfig): Database => {
  const pool = new pg.Pool({
    ...config,
    max: 4,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    ...settled,
  });
  // A connection that breaks while idle is replaced when the next one is asked for.
  pool.on('error', () => undefined);
  return {
    query: (text, values, patience) => rowsOf(pool, text, values, patience),
    transaction: async (work) => {
      const client = await pool.connect().catch(unavailable);
      // Without a listener a connection that breaks between two statements would end the process.
      const broken = (): void => undefined;
      client.on('error', broken);
      let ended = false;
      try {
        const result = await inTransaction(client, work);
        ended = true;
        return result;
      } finally {
        client.off('error', broken);
        // Closing the connection rolls back, whatever state it is in.
        client.release(!ended);
      }
    },
    close: () => pool.end(),
  };
};

/** One connection as a database of its own; its temporary tables end with it. */
export const singleConnection = async (config: pg.ClientConfig): Promise<Database> => {
  const client = new pg.Client({ ...config, keepAlive: true, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect().catch(unavailable);
  await client.query(settings).catch(unavailable);
  let busy: Promise<unknown> = Promise.resolve();
  /** One after the other: a connection does one thing at a time, and a transaction is one thing. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = busy.then(work);
    busy = turn.catch(() => undefined);
    return turn;
  };
  return {
    query: (text, values, patience) => inTurn(() => rowsOf(client, text, values, patience)),
    transaction: (work) =>
      inTurn(() =>
        inTransaction(client, work).catch(async (error: unknown) => {
          await rowsOf(client, 'ROLLBACK').catch(() => undefined);
          throw error;
        }),
      ),
    close: () => client.end(),
  };
};

interface Queryable {
  query(config: pg.QueryArrayConfig): Promise<pg.QueryArrayResult>;
}

const inTransaction = async <T>(
  client: Queryable,
  work: (transaction: Statements) => Promise<T>,
): Promise<T> => {
  await rowsOf(client, 'BEGIN');
  const result = await work({ query: (text, values, patience) => rowsOf(client, text, values, patience) });
  await rowsOf(client, 'COMMIT');
  return result;
};

const rowsOf = async (
  client: Queryable,
  text: string,
  values: readonly unknown[] = [],
  patience = usualPatience,
): Promise<Rows> => {
  const config = {
    text,
    values: [...values],
    rowMode: 'array' as const,
    types: asText,
    query_timeout: patience,
  };
  const { rows } = await client.query(config).catch(unavailable);
  return rows;
};

const asText = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig;

const unavailable = (error: unknown): never => {
  if (error instanceof pg.DatabaseError) throw error;
  throw new DatabaseUnavailable('There is no working connection to the database', { cause: error });
};
