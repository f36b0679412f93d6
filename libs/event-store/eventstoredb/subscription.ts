import { setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailable } from '../errors.js';
import type { LogBatch, SubscribeOptions } from '../port.js';
import { jittered } from './asking.js';
import { openFeed, takesEverything } from './feed.js';
import type { Log } from './log.js';
import { requireReached } from './log-ends.js';

/** The first wait before a subscription is taken up again and the longest one, in milliseconds. */
const waits = { first: 100, longest: 3_000 };

/**
 * Least milliseconds from one batch to the next at the log's head: under a stream of appends it makes one
 * batch of many events, and an event that comes alone is not held up.
 */
const breath = 10;

/**
 * Everything after a position, taken up again behind the last batch that was handed out whenever the
 * connection, the server or its leader is lost.
 *
 * While far behind, the server filters. Then it would say nothing of events that the filter leaves out, and
 * nobody could tell how far the log was considered: so once it has caught up, the subscription takes all
 * events and filters them here.
 */
export async function* subscribe(
  log: Log,
  { after, prefixes = [], batchSize, signal }: SubscribeOptions,
): AsyncGenerator<LogBatch, void, undefined> {
  const ended = AbortSignal.any([signal, log.closing]);
  const isOver = (): boolean => ended.aborted;
  const keep = (stream: string): boolean =>
    takesEverything(prefixes) || prefixes.some((prefix) => stream.startsWith(prefix));
  let reached = after === undefined ? undefined : log.positions.place(after);
  let checked = reached === undefined;
  let live = takesEverything(prefixes);
  let failures = 0;

  while (!isOver()) {
    let close = (): void => undefined;
    const begun = performance.now();
    try {
      if (!checked) await unlessEnded(requireReached(log, reached), ended);
      if (isOver()) return;
      checked = true;
      const feed = openFeed(log, {
        after: reached,
        prefixes: live ? [] : prefixes,
        keep,
        capacity: 2 * batchSize,
        silence: log.silence,
      });
      close = () => feed.close();
      ended.addEventListener('abort', close, { once: true });
      for (;;) {
        const { events, reached: place, caughtUp } = await feed.next(batchSize);
        if (isOver()) return;
        if (failures > 0)
          log.notice(
            'subscription-resumed',
            `A subscription to EventStoreDB at ${log.connection.where} goes on`,
          );
        failures = 0;
        if (place) {
          reached = place;
          const rested = caughtUp ? delay(breath, ended) : undefined;
          yield { events, checkpoint: log.positions.print(place), atHead: caughtUp };
          await rested;
        }
        if (caughtUp && !live) {
          live = true;
          break;
        }
      }
    } catch (error) {
      if (isOver()) return;
      if (!(error instanceof StoreUnavailable)) throw error;
      log.connection.failed(begun);
      // The server that comes back may have been set back; from beyond its end it would send nothing, for ever.
      checked = reached === undefined;
      if (failures === 0)
        log.notice('subscription-interrupted', `A subscription was interrupted: ${error.message}`);
      await delay(jittered(waits.first, waits.longest, failures++), ended);
    } finally {
      ended.removeEventListener('abort', close);
      close();
    }
  }
}

/** Waits for no answer that nobody wants any more. */
const unlessEnded = (answer: Promise<void>, ended: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = (): void => resolve();
    ended.addEventListener('abort', end, { once: true });
    answer.finally(() => ended.removeEventListener('abort', end)).then(resolve, reject);
  });

const delay = (milliseconds: number, ended: AbortSignal): Promise<void> =>
  pause(milliseconds, undefined, { signal: ended }).catch(() => undefined);
