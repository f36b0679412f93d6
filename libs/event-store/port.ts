/**
 * The event store port: what the application asks of a store, and nothing that only one store can do.
 * Every adapter is held against the one contract suite in `contract/`.
 */

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/**
 * A place in the whole log, printable and opaque to everybody but the store that made it. It names the
 * store's log, so that a position of another store is recognised; compare with `EventStore.compare`.
 */
export type Position = string & { readonly __brand: 'Position' };

/**
 * What an append expects of its stream: that it does not exist, that its last event has this revision
 * (the first event has revision 0), or nothing.
 */
export type ExpectedRevision = 'none' | 'any' | number;

export interface NewEvent {
  /**
   * UUID in lower case. The same ids appended again with the original expectation write nothing and succeed
   * with the original result; with another expectation, or with new events among them, they are refused.
   */
  readonly id: string;
  /** A stable type string, never a class name. 1 to 255 bytes. */
  readonly type: string;
  /**
   * What is read back is the same JSON; spacing and the order of keys are the store's. Neither NUL nor unpaired
   * surrogates in any text, nothing that JSON does not know, at most 100 levels deep.
   */
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  /** Place within the stream, from 0 without gaps. */
  readonly revision: number;
  readonly position: Position;
}

export interface AppendRequest {
  /** 1 to 255 bytes of text; a leading `$` belongs to EventStoreDB. */
  readonly stream: string;
  readonly expected: ExpectedRevision;
  /** At least one, no id twice; written all or not at all. Together at most 1 MiB of JSON, unless configured. */
  readonly events: readonly NewEvent[];
}

export interface AppendResult {
  /** Revision of the last event of this append. */
  readonly revision: number;
  /** Position of the last event of this append. */
  readonly position: Position;
}

export interface ReadStreamOptions {
  /** First revision wanted (default 0). */
  readonly from?: number;
  /** Last revision wanted, inclusive (default: the stream's head). */
  readonly to?: number;
}

export interface LogFilter {
  /** Only events of streams whose name starts with one of these; all streams if absent or empty. */
  readonly prefixes?: readonly string[];
}

export interface ReadLogOptions extends LogFilter {
  /** Exclusive; from the log's beginning if absent. */
  readonly after?: Position | undefined;
  /** Greatest number of events in the batch, from 1; it may have fewer, whatever follows. */
  readonly limit: number;
}

export interface LogBatch {
  readonly events: readonly RecordedEvent[];
  /**
   * Everything up to here, this position included, was considered: the place to resume after once the
   * batch is done. May lie beyond the last event of the batch. Absent only on an empty log.
   */
  readonly checkpoint: Position | undefined;
  /** Whether the log's head, as of this read, was reached. */
  readonly atHead: boolean;
}

export interface SubscribeOptions extends LogFilter {
  readonly after?: Position | undefined;
  /** Greatest number of events in one batch, from 1. */
  readonly batchSize: number;
  /** Ends the subscription: the iterator finishes within a second, without an error. */
  readonly signal: AbortSignal;
}

/** Which server keeps the log. */
export interface StoreServer {
  readonly kind: 'postgres' | 'eventstoredb';
  /** As the server gave it when the store was opened; undefined if it would not tell. */
  readonly version: string | undefined;
}

export interface EventStore {
  readonly server: StoreServer;

  /**
   * Appends to one stream, all or nothing.
   * @throws WrongExpectedRevision, EventTooLarge, InvalidAppend: nothing was written;
   * StoreUnavailable: unknown whether it was written, send it again unchanged
   */
  append(request: AppendRequest): Promise<AppendResult>;

  /**
   * A stream's events in order, everything that was acknowledged before the call among them; empty if there
   * is no such stream. Events may be shared between readers and are not to be changed.
   * @throws StoreUnavailable, RangeError for what cannot be a revision
   */
  readStream(stream: string, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]>;

  /**
   * The next batch of the log after a position, in position order.
   * @throws InvalidPosition, StoreUnavailable, RangeError for what cannot be a limit
   */
  readLog(options: ReadLogOptions): Promise<LogBatch>;

  /**
   * Everything after a position, for as long as the signal allows: each committed event exactly once, in
   * position order. Lost connections are mended inside, with backoff; the consumer's pace is the
   * subscription's (the next batch is handed out when it is asked for). A batch is empty when only its
   * checkpoint moved; checkpoints always move on. Nothing is handed out at the log's head until it moves.
   * Closing the store ends it, too.
   * @throws InvalidPosition, RangeError for what cannot be a batch size; the iterator throws InvalidPosition
   * where a store can tell that its log was set back behind the position
   */
  subscribe(options: SubscribeOptions): AsyncIterable<LogBatch, void>;

  /** Position of the log's last event; `undefined` on an empty log. @throws StoreUnavailable */
  head(): Promise<Position | undefined>;

  /** Negative, zero or positive, as `Array.prototype.sort` wants it. @throws InvalidPosition for another store's */
  compare(a: Position, b: Position): number;

  /** Recognises a printed position. @throws InvalidPosition for malformed text or another store's position */
  parsePosition(text: string): Position;

  /** Waits for what is under way and ends the subscriptions. Later calls find the store unavailable. */
  close(): Promise<void>;
}
