import pg from 'pg';
import { StoreUnavailable } from '../errors.js';
import { delay } from './delay.js';

export type Row = readonly unknown[];

export interface Connections {
  /**
   * Runs a prepared statement; its name stands for its text.
   * @throws StoreUnavailable
   */
  run(name: string, text: string, values: readonly unknown[]): Promise<readonly Row[]>;
  end(): Promise<void>;
}

/** Up to `max` connections, made when they are first needed and made anew when they break. */
export const openConnections = (options: pg.ClientConfig, max: number): Connections => {
  const pool = new pg.Pool({ ...options, max, idleTimeoutMillis: 0 });
  const clients = new Set<pg.Client>();
  pool.on('connect', (client) => clients.add(client as pg.Client));
  pool.on('remove', (client) => clients.delete(client as pg.Client));
  // A connection that breaks while nobody uses it is replaced when somebody does.
  pool.on('error', () => undefined);
  return {
    run: async (name, text, values) => {
      try {
        const result = await pool.query<unknown[]>({ name, text, values: [...values], rowMode: 'array' });
        return result.rows;
      } catch (error) {
        throw unavailable(error);
      }
    },
    end: () => endWithin(pool.end(), clients),
  };
};

/**
 * Every statement of the store is to go along an index in its order, also on a log so young that the planner
 * would rather read and sort the whole of it and then keep that plan. An acknowledged append is on disk,
 * whatever the database's own default is.
 * @param connect milliseconds to wait for a connection
 * @param statement milliseconds to wait for the answer to a statement
 */
export const clientOptions = (
  connectionString: string,
  { connect, statement }: { readonly connect: number; readonly statement: number },
): pg.ClientConfig => ({
  connectionString,
  application_name: 'event store',
  keepAlive: true,
  connectionTimeoutMillis: connect,
  query_timeout: statement,
  // The server gives up a little earlier, so that as a rule it says itself that it did.
  statement_timeout: Math.ceil(statement * 0.9),
  options: [
    'synchronous_commit=on',
    'jit=off',
    'plan_cache_mode=force_generic_plan',
    'enable_seqscan=off',
    'enable_bitmapscan=off',
    'enable_sort=off',
  ]
    .map((setting) => `-c ${setting}`)
    .join(' '),
});

/** Closes a connection, also one whose other end has gone silent. */
export const endClient = (client: pg.Client): Promise<void> => endWithin(client.end(), [client]);

const endWithin = async (ending: Promise<void>, clients: Iterable<pg.Client>): Promise<void> => {
  const ended = new AbortController();
  await Promise.race([ending.catch(() => undefined), delay(1_000, ended.signal)]);
  ended.abort();
  for (const { connection } of clients) connection.stream.destroy();
};

export const unavailable = (error: unknown): StoreUnavailable => {
  const { code, message } = error as { code?: string; message?: string };
  return new StoreUnavailable(`PostgreSQL does not answer as it should: ${message || code}`, {
    cause: error,
  });
};
