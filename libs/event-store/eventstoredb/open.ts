import { BACKWARDS, END } from '@eventstore/db-client';
import type { EventStore } from '../port.js';
import { defaultMaxAppendSize, isStorable } from '../append-request.js';
import { StoreUnavailable } from '../errors.js';
import { append } from './appending.js';
import { readAddress } from './address.js';
import { answerWithin } from './asking.js';
import { connect, type Connection } from './connection.js';
import { lastingRefusal } from './failures.js';
import type { Log, Notice } from './log.js';
import { isOurs, openLog, readMarker } from './log-marker.js';
import { comparePlaces, positionsOf } from './positions.js';
import { lastPlace, readPage } from './log-ends.js';
import { readLog, readStream } from './reading.js';
import { recentIds } from './recent-ids.js';
import { subscribe } from './subscription.js';
import { UnsuitableStore } from './unsuitable-store.js';

export interface EventStoreDBOptions {
  /**
   * `esdb://user:password@host:2113?tlsCAFile=…`; several hosts, separated by commas, are a cluster's gossip
   * seeds; `tls=false` is for a server without security.
   */
  readonly connectionString: string;
  /** Bytes of one append (default 1 MiB, the server's own default). */
  readonly maxAppendSize?: number;
  /** Milliseconds that a call may take, repetitions included, before the store counts as unavailable. */
  readonly patience?: number;
  /** Milliseconds without a sign from a subscription after which the log is looked at. */
  readonly silence?: number;
  /** Told what an operator may want to know; the text is one sentence without personal data. */
  readonly notice?: (what: Notice, text: string) => void;
}

/** Event ids remembered, about 6 MB: the streams of the last thousand or more commands. */
const rememberedIds = 100_000;

/** See `openEventStoreDB` of `index.ts`, which loads this file. */
export const openEventStoreDB = async ({
  connectionString,
  maxAppendSize = defaultMaxAppendSize,
  patience = 4_000,
  silence = 5_000,
  notice = () => undefined,
}: EventStoreDBOptions): Promise<EventStore> => {
  const connection = connect(connectionString, (text) => notice('connection-replaced', text));
  const logId = await beginWork(connection, patience).catch(async (error: unknown) => {
    // An older server says nothing at some of what is asked.
    const known = await versionOf(connection);
    await connection.close();
    refuseTooOld(known, connection);
    throw lastingRefusal(await reasonOf(error, connectionString), connection.where) ?? error;
  });
  const version = await versionOf(connection);
  if (isTooOld(version)) await connection.close();
  refuseTooOld(version, connection);
  const positions = positionsOf(logId);
  const closing = new AbortController();
  const log: Log = {
    connection,
    closing: closing.signal,
    positions,
    recentIds: recentIds(rememberedIds),
    maxAppendSize,
    patience,
    silence,
    notice,
  };

  const appends = new Set<Promise<unknown>>();
  const mustBeOpen = (): void => {
    if (closing.signal.aborted) throw new StoreUnavailable('The event store was closed');
  };

  return {
    server: { kind: 'eventstoredb', version },
    append: async (request) => {
      mustBeOpen();
      const appending = append(log, request);
      appends.add(appending);
      return appending.finally(() => appends.delete(appending));
    },
    readStream: async (stream, { from = 0, to } = {}) => {
      mustBeOpen();
      mustBeWhole('from', from, 0);
      if (to !== undefined) mustBeWhole('to', to, 0);
      return stream !== '' && isStorable(stream) && isOurs(stream) ? readStream(log, stream, from, to) : [];
    },
    readLog: async (options) => {
      mustBeOpen();
      mustBeWhole('limit', options.limit, 1);
      return readLog(log, options);
    },
    subscribe: (options) => {
      mustBeWhole('batchSize', options.batchSize, 1);
      if (options.after !== undefined) positions.place(options.after);
      return subscribe(log, options);
    },
    head: async () => {
      mustBeOpen();
      const place = await lastPlace(log);
      return place && positions.print(place);
    },
    compare: (a, b) => comparePlaces(positions.place(a), positions.place(b)),
    parsePosition: (text) => positions.print(positions.place(text)),
    close: async () => {
      closing.abort();
      await Promise.allSettled(appends);
      await connection.close();
    },
  };
};

/** A user who may not read `$all` would be found out only by the subscriptions, when it is too late to refuse. */
const beginWork = async (connection: Connection, patience: number): Promise<string> => {
  const logId = await openLog(connection, patience);
  await readPage(connection, patience, { fromPosition: END, maxCount: 1, direction: BACKWARDS });
  return logId;
};

/** The client asks the server for it before its first append, and keeps the answer to itself. */
const versionOf = async (connection: Connection): Promise<string | undefined> => {
  const { capabilities } = connection.client() as unknown as {
    readonly capabilities: Promise<{ readonly serverVersion: string }>;
  };
  return answerWithin(connection, 1_000, capabilities).then(
    ({ serverVersion }) => serverVersion,
    () => undefined,
  );
};

/** From 23.10 on a subscription says when it has caught up; on an older one it would be waited for in vain. */
const isTooOld = (version = ''): boolean => {
  const [, year = '', month = ''] = /^(\d+)\.(\d+)\./.exec(version) ?? [];
  return year !== '' && Number(year) * 100 + Number(month) < 2310;
};

const refuseTooOld = (version: string | undefined, { where }: Connection): void => {
  if (isTooOld(version))
    throw new UnsuitableStore(
      `The EventStoreDB server at ${where} is of version ${version}; 23.10 or newer is needed.`,
    );
};

/** Looking for a cluster's nodes, the client keeps to itself why none was found; asking one of them tells. */
const reasonOf = async (error: unknown, connectionString: string): Promise<unknown> => {
  const { seed } = readAddress(connectionString);
  if (!(error instanceof StoreUnavailable) || seed === undefined) return error;
  const connection = connect(seed);
  const reason = await readMarker(connection, 1_000).catch((reason: unknown) => reason);
  await connection.close();
  return reason;
};

const mustBeWhole = (what: string, value: number, least: number): void => {
  if (!Number.isSafeInteger(value) || value < least)
    throw new RangeError(`${what} must be a whole number from ${least}`);
};
