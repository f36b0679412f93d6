import pg from 'pg';
import { checkAppend, defaultMaxAppendSize, isStorable } from '../append-request.js';
import { StoreUnavailable } from '../errors.js';
import type { EventStore, ReadLogOptions } from '../port.js';
import { listenForAppends } from './announcements.js';
import { coalescedAppends } from './append.js';
import { clientOptions, endClient, openConnections, unavailable } from './connections.js';
import { installLog, UnsuitableDatabase } from './layout.js';
import { positionsOf } from './positions.js';
import { readHead, readLog } from './read-log.js';
import { coalescedStreamReads } from './read-stream.js';
import { subscribe } from './subscribe.js';
import { wholeStreamReads } from './whole-streams.js';

export interface PostgresEventStoreOptions {
  /** `postgres://user:password@host:port/database`; the user may create a schema when the log is first made. */
  readonly connectionString: string;
  /** Greatest size of one append in bytes (default 1 MiB). */
  readonly maxAppendSize?: number;
  /** Milliseconds to wait for a connection (default 3,000). */
  readonly connectTimeout?: number;
  /** Milliseconds to wait for the answer to a statement (default 4,000). */
  readonly statementTimeout?: number;
  /** Milliseconds after which subscriptions look for events whose announcement got lost (default 5,000). */
  readonly safetyCheck?: number;
  /** Characters of long streams to keep in memory, sealed as they are stored (default 8 Mi; 0 for none). */
  readonly knownSize?: number;
}

const greatestRevision = 2 ** 31 - 1;

/** Characters of a stream that is kept in memory: some forty events. */
const leastKnownSize = 32 * 1024;

/**
 * An event store in a PostgreSQL database (14 or later, UTF-8), in a schema `kim_log` of its own, which is
 * made if it is missing. Uses up to four connections.
 * @throws StoreUnavailable if the database cannot be reached, UnsuitableDatabase if it holds another layout
 */
export const openPostgresEventStore = async ({
  connectionString,
  maxAppendSize = defaultMaxAppendSize,
  connectTimeout = 3_000,
  statementTimeout = 4_000,
  safetyCheck = 5_000,
  knownSize = 8 * 1024 * 1024,
}: PostgresEventStoreOptions): Promise<EventStore> => {
  const options = clientOptions(connectionString, { connect: connectTimeout, statement: statementTimeout });
  const { logId, version } = await install(options);
  const positions = positionsOf(logId);
  // Appends have a connection of their own, so that no reader makes a writer wait.
  const writing = openConnections(options, 1);
  const reading = openConnections(options, 2);
  const announcements = listenForAppends(options, safetyCheck);
  const appends = coalescedAppends(writing, positions);
  const streamReads = coalescedStreamReads(reading, positions);
  const wholeStream = wholeStreamReads(streamReads.ask, greatestRevision, knownSize, leastKnownSize);
  const closing = new AbortController();

  const mustBeOpen = (): void => {
    if (closing.signal.aborted) throw new StoreUnavailable('The event store was closed');
  };
  const read = async (request: ReadLogOptions) => {
    mustBeOpen();
    mustBeWhole('limit', request.limit, 1);
    return readLog(request, reading, positions);
  };

  return {
    server: { kind: 'postgres', version },
    append: async (request) => {
      mustBeOpen();
      return appends.ask(checkAppend(request, maxAppendSize));
    },
    readStream: async (stream, { from = 0, to = greatestRevision } = {}) => {
      mustBeOpen();
      mustBeWhole('from', from, 0);
      mustBeWhole('to', to, 0);
      if (!isStorable(stream) || from > greatestRevision) return [];
      if (from === 0 && to >= greatestRevision) return wholeStream(stream);
      return (await streamReads.ask({ stream, from, to: Math.min(to, greatestRevision) })).events;
    },
    readLog: read,
    subscribe: (request) => {
      mustBeWhole('batchSize', request.batchSize, 1);
      if (request.after !== undefined) positions.number(request.after);
      return subscribe(request, read, announcements, positions, closing.signal);
    },
    head: async () => {
      mustBeOpen();
      return readHead(reading, positions);
    },
    compare: (a, b) => positions.number(a) - positions.number(b),
    parsePosition: (text) => positions.print(positions.number(text)),
    close: async () => {
      closing.abort();
      await Promise.all([appends.drain(), streamReads.drain(), announcements.close()]);
      await Promise.all([writing.end(), reading.end()]);
    },
  };
};

const install = async (options: pg.ClientConfig): Promise<{ logId: string; version: string | undefined }> => {
  const client = new pg.Client(options);
  client.on('error', () => undefined);
  try {
    await client.connect();
    const logId = await installLog(client);
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return { logId, version: rows[0]?.server_version };
  } catch (error) {
    throw error instanceof UnsuitableDatabase ? error : unavailable(error);
  } finally {
    await endClient(client);
  }
};

const mustBeWhole = (what: string, value: number, least: number): void => {
  if (!Number.isSafeInteger(value) || value < least)
    throw new RangeError(`${what} must be a whole number from ${least}`);
};
