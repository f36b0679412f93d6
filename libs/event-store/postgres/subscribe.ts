import { StoreUnavailable } from '../errors.js';
import type { LogBatch, ReadLogOptions, SubscribeOptions } from '../port.js';
import type { Announcements } from './announcements.js';
import { delay, retryDelay } from './delay.js';
import type { Positions } from './positions.js';

/**
 * Least milliseconds from one reading to the next at the log's head: under a stream of commits it makes one
 * reading serve many of them, and an event that comes alone is not held up.
 */
const breath = 10;

/** Reads the log batch by batch and waits for announcements at its head; `closing` ends it like its own signal. */
export async function* subscribe(
  { after, batchSize, signal, prefixes = [] }: SubscribeOptions,
  read: (options: ReadLogOptions) => Promise<LogBatch>,
  announcements: Announcements,
  positions: Positions,
  closing: AbortSignal,
): AsyncGenerator<LogBatch, void, void> {
  const ended = AbortSignal.any([signal, closing]);
  let checkpoint = after;
  let failures = 0;
  while (!ended.aborted) {
    const begun = performance.now();
    const batch = await unlessEnded(read({ after: checkpoint, limit: batchSize, prefixes }), ended);
    if (batch === 'ended') return;
    if (batch === 'unavailable') {
      await delay(retryDelay(failures++), ended);
      continue;
    }
    failures = 0;
    if (batch.checkpoint !== checkpoint) {
      checkpoint = batch.checkpoint;
      yield batch;
    }
    if (!batch.atHead) continue;
    await announcements.grownBeyond(checkpoint === undefined ? -1 : positions.number(checkpoint), ended);
    const left = begun + breath - performance.now();
    if (left > 0) await delay(left, ended);
  }
}

const unlessEnded = (
  reading: Promise<LogBatch>,
  ended: AbortSignal,
): Promise<LogBatch | 'ended' | 'unavailable'> =>
  new Promise((resolve, reject) => {
    const end = () => resolve('ended');
    ended.addEventListener('abort', end, { once: true });
    reading
      .finally(() => ended.removeEventListener('abort', end))
      .then(resolve, (error: unknown) =>
        error instanceof StoreUnavailable ? resolve('unavailable') : reject(error as Error),
      );
  });
