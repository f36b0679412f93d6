import { StoreUnavailable } from './errors.js';
import type { EventStore, LogBatch, Position } from './port.js';

export type StoreOperation = 'append' | 'read-stream' | 'read-log' | 'head';

/** What came of a call: `refused` means that the store is there and said why not. */
export type CallOutcome = 'done' | 'refused' | 'unavailable';

export interface StoreWatcher {
  /** After every call. `failure` is a short code where the store was unavailable, without address or message. */
  called(operation: StoreOperation, seconds: number, outcome: CallOutcome, failure: string | undefined): void;
  /** A subscription has brought everything up to here, and its consumer is done with it. */
  reached(position: Position): void;
  /** A subscription has ended: nothing goes on from where it was. */
  ended(): void;
}

/** The same store, with somebody who is told of every call and how it went. */
export const watched = (store: EventStore, watcher: StoreWatcher): EventStore => {
  const telling = async <Answer>(operation: StoreOperation, call: () => Promise<Answer>): Promise<Answer> => {
    const begun = performance.now();
    const tell = (outcome: CallOutcome, failure?: string): void =>
      watcher.called(operation, (performance.now() - begun) / 1_000, outcome, failure);
    try {
      const answer = await call();
      tell('done');
      return answer;
    } catch (error) {
      if (error instanceof StoreUnavailable) tell('unavailable', failureCode(error));
      else tell('refused');
      throw error;
    }
  };
  return {
    ...store,
    append: (request) => telling('append', () => store.append(request)),
    readStream: (stream, options) => telling('read-stream', () => store.readStream(stream, options)),
    readLog: (options) => telling('read-log', () => store.readLog(options)),
    head: () => telling('head', () => store.head()),
    subscribe: (options) => {
      if (options.after !== undefined) watcher.reached(options.after);
      return tellingOf(store.subscribe(options), watcher);
    },
  };
};

async function* tellingOf(
  batches: ReturnType<EventStore['subscribe']>,
  watcher: StoreWatcher,
): AsyncGenerator<LogBatch, void, undefined> {
  try {
    for await (const batch of batches) {
      yield batch;
      // Asked for the next batch, the consumer has finished this one.
      if (batch.checkpoint !== undefined) watcher.reached(batch.checkpoint);
    }
  } finally {
    watcher.ended();
  }
}

/** The server's or the network's own code where there is one: `gRPC 14`, `ECONNREFUSED`, `57P01`. */
export const failureCode = (error: StoreUnavailable): string => {
  const { code } = (error.cause ?? {}) as { code?: unknown };
  if (typeof code === 'number') return `gRPC ${code}`;
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : error.constructor.name;
};
