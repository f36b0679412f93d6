import type { ExpectedRevision } from './port.js';

/**
 * The stream is not where the append expected it, or an earlier append wrote some of these events already,
 * but not this one. `actual` is the stream's last revision; `none` if there is no such stream.
 */
export class WrongExpectedRevision extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: number | 'none',
  ) {
    super(
      expected === 'any' || expected === actual
        ? `Some of these events are recorded already in stream ${stream}, which is at revision ${actual}`
        : `Stream ${stream} was expected at revision ${expected} but is at ${actual}`,
    );
    this.name = 'WrongExpectedRevision';
  }
}

/** One append is larger than the store takes. Sizes in bytes. */
export class EventTooLarge extends Error {
  constructor(
    readonly size: number,
    readonly limit: number,
  ) {
    super(`The append has ${size} bytes; the store takes at most ${limit}`);
    this.name = 'EventTooLarge';
  }
}

/** The append itself is malformed: no events, an id twice, data that is not JSON. Nothing was sent. */
export class InvalidAppend extends Error {
  override readonly name = 'InvalidAppend';
}

/** Not a position of this store's log. */
export class InvalidPosition extends Error {
  override readonly name = 'InvalidPosition';
}

/**
 * The store cannot be reached or did not answer in time. Whether an append was written is then unknown:
 * sending it again unchanged is safe, because ids and exact revision make it idempotent.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}
