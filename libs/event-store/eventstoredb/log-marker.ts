import { randomBytes, randomUUID } from 'node:crypto';
import {
  excludeSystemEvents,
  jsonEvent,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { StoreUnavailable } from '../errors.js';
import { answerWithin, ask, takeAll } from './asking.js';
import type { Connection } from './connection.js';
import { portError, Unanswered } from './failures.js';
import { UnsuitableStore } from './unsuitable-store.js';

/** Holds one event, the first that is written to a log: it gives the log its id and tells its layout. */
export const markerStream = 'kim-log';

/** Whether a stream holds events of the application: neither the server's own nor the log's marker. */
export const isOurs = (stream: string): boolean => !stream.startsWith('$') && stream !== markerStream;

/** Raised with every change of how events lie in the store. */
const layout = 1;

/**
 * Finds the log in the store, or begins it in an empty one, once, however many processes start together.
 * @returns the log's id: eight hex digits, drawn when the log was begun; a restored backup keeps it
 * @throws UnsuitableStore for another application's events or another layout, StoreUnavailable
 */
export const openLog = async (connection: Connection, patience: number): Promise<string> => {
  const found = await readMarker(connection, patience);
  if (found !== undefined) return found;
  if (await holdsEvents(connection, patience)) {
    // They may be those of a process that began the log just now.
    const begun = await readMarker(connection, patience);
    if (begun !== undefined) return begun;
    throw new UnsuitableStore(
      `EventStoreDB at ${connection.where} holds events of another application; name a store that is empty or holds this application's log.`,
    );
  }
  await writeMarker(connection, patience);
  const written = await readMarker(connection, patience);
  if (written === undefined)
    throw new StoreUnavailable(`EventStoreDB at ${connection.where} lost the log's first event`);
  return written;
};

/** @returns the log's id, undefined if there is no log. @throws as `openLog` */
export const readMarker = async (connection: Connection, patience: number): Promise<string | undefined> => {
  const content: { value?: unknown } = {};
  await ask(connection, patience, true, (wait) =>
    takeAll(
      connection,
      wait,
      connection.client().readStream(markerStream, { ...connection.options, maxCount: 1 }),
      ({ event }) => (content.value = event?.data),
    ).catch((error: unknown) => {
      if (!(error instanceof StreamNotFoundError)) throw error;
    }),
  );
  return content.value === undefined ? undefined : logIdIn(content.value, connection.where);
};

const logIdIn = (marker: unknown, where: string): string => {
  const { logId, layout: found } = marker as { logId?: unknown; layout?: unknown };
  if (typeof logId !== 'string' || !/^[0-9a-f]{8}$/.test(logId) || typeof found !== 'number')
    throw new UnsuitableStore(
      `EventStoreDB at ${where} has a stream ${markerStream} that this application did not write; name another store.`,
    );
  if (found < layout)
    throw new UnsuitableStore(
      `EventStoreDB at ${where} holds a log of the older layout ${found}; copy its events into an empty store, which gets layout ${layout}.`,
    );
  if (found > layout)
    throw new UnsuitableStore(
      `EventStoreDB at ${where} holds a log of the newer layout ${found}; install the version that wrote it.`,
    );
  return logId;
};

const writeMarker = async (connection: Connection, patience: number): Promise<void> => {
  const marker = jsonEvent({
    id: randomUUID(),
    type: 'LogBegun',
    data: { logId: randomBytes(4).toString('hex'), layout },
    metadata: {},
  });
  await ask(connection, patience, true, (wait) =>
    answerWithin(
      connection,
      wait,
      connection.client().appendToStream(markerStream, marker, {
        ...connection.options,
        expectedRevision: 'no_stream',
        deadline: wait,
      }),
    ),
  ).catch((error: unknown) => {
    // Another process was first; its marker is the one that counts.
    if (!(error instanceof WrongExpectedVersionError)) throw error;
  });
};

/** Looks with the server's own filter, since a log of nothing but the server's statistics can be long. */
const holdsEvents = (connection: Connection, patience: number): Promise<boolean> =>
  ask(connection, patience, true, async (wait) => {
    const subscription = connection
      .client()
      .subscribeToAll({ ...connection.options, filter: excludeSystemEvents({ maxSearchWindow: 10_000 }) });
    try {
      return await new Promise<boolean>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Unanswered(connection.where)), wait);
        const settle = (outcome: () => void) => () => {
          clearTimeout(timer);
          outcome();
        };
        subscription.once(
          'data',
          settle(() => resolve(true)),
        );
        // Events delivered before may still be on their way to the listener above.
        subscription.once('caughtUp', () => setImmediate(settle(() => resolve(false))));
        subscription.on('error', (error) => settle(() => reject(portError(error, connection.where)))());
      });
    } finally {
      subscription.unsubscribe().catch(() => undefined);
    }
  });
