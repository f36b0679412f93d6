import pg from 'pg';
import { backoff, pause } from './task-group.js';

export interface SessionOptions {
  readonly connection: pg.ClientConfig;
  /** Identifier to listen on. */
  readonly channel: string;
  /** Names the leadership that processes compete for. */
  readonly leadership: string;
  readonly signal: AbortSignal;
  /** Called on every new connection, when it already listens. */
  connected(): Promise<void>;
  /** Notices may have been lost from here on, until `connected`. */
  lost(error: unknown): void;
  notice(payload: string): void;
  /** Called while this process leads; the signal says when it no longer does. */
  leading(signal: AbortSignal): Promise<void>;
}

/** Milliseconds between signs of life, and between attempts to become the leader. */
const heartbeat = 1_000;

/**
 * A leader that gives no sign of life for so long is disconnected by the server, whether it hangs or cannot
 * be reached; with the next attempt of another process that makes at most 4 seconds. Milliseconds.
 */
const longestSilence = 3_000;

const reconnecting = { first: 100, longest: 2_000 };

/**
 * Keeps one connection for as long as the signal allows: it listens, and it holds or competes for the
 * leadership, a lock of the session that is gone with it. The lock is tried for again and again instead of
 * waited for, since a statement that waits keeps the whole database from being vacuumed.
 */
export const keepSession = async (options: SessionOptions): Promise<void> => {
  const { signal } = options;
  let failures = 0;
  while (!signal.aborted) {
    try {
      await oneSession(options, () => {
        failures = 0;
      });
    } catch (error) {
      options.lost(error);
      await pause(backoff(++failures, reconnecting), signal);
    }
  }
};

const oneSession = async (options: SessionOptions, established: () => void): Promise<void> => {
  const client = new pg.Client({
    ...options.connection,
    connectionTimeoutMillis: 5_000,
    query_timeout: longestSilence,
  });
  const ended = new AbortController();
  const over = AbortSignal.any([options.signal, ended.signal]);
  let leading: Promise<void> | undefined;
  client.on('error', () => ended.abort());
  client.on('end', () => ended.abort());
  client.on('notification', ({ payload }) => options.notice(payload ?? ''));
  try {
    await client.connect();
    await client.query(`SET idle_session_timeout = ${longestSilence}; LISTEN ${options.channel}`);
    await options.connected();
    established();
    while (!over.aborted) {
      if (leading) await client.query('SELECT 1');
      else if (await takesLead(client, options.leadership)) leading = options.leading(over);
      await pause(heartbeat, over);
    }
    if (!options.signal.aborted) throw new Error('The connection ended');
  } finally {
    ended.abort();
    // The lock outlives the work if it can, so that another process does not begin while this one still writes.
    const waited = new AbortController();
    await Promise.race([leading, pause(longestSilence, waited.signal)]);
    waited.abort();
    await client.end().catch(() => undefined);
  }
};

const takesLead = async (client: pg.Client, leadership: string): Promise<boolean> => {
  const { rows } = await client.query<{ taken: boolean }>(
    'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken',
    [leadership],
  );
  return rows[0]?.taken === true;
};
