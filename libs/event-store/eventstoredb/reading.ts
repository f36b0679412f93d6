import { START, StreamNotFoundError } from '@eventstore/db-client';
import type { LogBatch, ReadLogOptions, RecordedEvent } from '../port.js';
import { ask, takeAll } from './asking.js';
import type { LogPosition } from './connection.js';
import { openFeed, takesEverything } from './feed.js';
import type { Log } from './log.js';
import { beyondTheLog, lastPlace, readAll, requireReached } from './log-ends.js';
import { isOurs } from './log-marker.js';
import { comparePlaces } from './positions.js';
import { placeOf, recordedEvent } from './recorded-event.js';

/** A stream's events from one revision to another; none if there is no such stream. */
export const readStream = async (
  log: Log,
  stream: string,
  from = 0,
  to?: number,
): Promise<readonly RecordedEvent[]> => {
  if (to !== undefined && to < from) return [];
  const events = await ask(log.connection, log.patience, true, async (wait) => {
    const taken: RecordedEvent[] = [];
    await takeAll(
      log.connection,
      wait,
      log.connection.client().readStream(stream, {
        ...log.connection.options,
        fromRevision: BigInt(from),
        ...(to === undefined ? {} : { maxCount: to - from + 1 }),
      }),
      (resolved) => {
        if (resolved.event) taken.push(recordedEvent(resolved.event, placeOf(resolved), log.positions));
      },
    ).catch((error: unknown) => {
      if (!(error instanceof StreamNotFoundError)) throw error;
    });
    return taken;
  });
  log.recentIds.learn(
    stream,
    from,
    events.map(({ id }) => id),
  );
  return events;
};

/** The next batch of the log. With prefixes the server filters, which is many times faster if little matches. */
export const readLog = (log: Log, { after, prefixes = [], limit }: ReadLogOptions): Promise<LogBatch> => {
  const start = after === undefined ? undefined : log.positions.place(after);
  return takesEverything(prefixes) ? readWhole(log, start, limit) : readFiltered(log, start, prefixes, limit);
};

const readWhole = async (log: Log, after: LogPosition | undefined, limit: number): Promise<LogBatch> => {
  // A read begins with the event at its position, which was handed out before. A position that a filtered
  // search stopped at lies just before an event: then all of the page is new, and one event too many.
  const asked = after === undefined ? limit : limit + 1;
  const page = await readAll(log, { fromPosition: after ?? START, maxCount: asked });
  if (after && page.length === 0) throw beyondTheLog();
  const fresh = page
    .filter((resolved) => !after || comparePlaces(placeOf(resolved), after) > 0)
    .slice(0, limit);
  const events = fresh.flatMap((resolved) =>
    resolved.event && isOurs(resolved.event.streamId)
      ? [recordedEvent(resolved.event, placeOf(resolved), log.positions)]
      : [],
  );
  const last = fresh.at(-1);
  const reached = last ? placeOf(last) : after;
  const atHead = page.length < asked;
  // A log in which nothing but the server wrote is as good as empty.
  const isEmpty = atHead && after === undefined && events.length === 0;
  return { events, checkpoint: reached && !isEmpty ? log.positions.print(reached) : undefined, atHead };
};

/** Milliseconds after which a batch is handed out although the filter let few events through or none. */
const longestSearch = 1_000;

const readFiltered = async (
  log: Log,
  after: LogPosition | undefined,
  prefixes: readonly string[],
  limit: number,
): Promise<LogBatch> => {
  const [head] = await Promise.all([lastPlace(log), requireReached(log, after)]);
  const begun = performance.now();
  return ask(log.connection, log.patience, true, async (wait) => {
    const feed = openFeed(log, { after, prefixes, capacity: limit, silence: wait });
    try {
      const events: RecordedEvent[] = [];
      let reached = after;
      for (;;) {
        const step = await feed.next(limit - events.length);
        events.push(...step.events);
        reached = step.reached ?? reached;
        const full = events.length === limit || performance.now() - begun > longestSearch;
        if (!step.caughtUp && !full) continue;
        // What was the head when the search began has been considered once the feed has caught up.
        if (step.caughtUp && head && (!reached || comparePlaces(reached, head) < 0)) reached = head;
        return {
          events,
          checkpoint: reached && log.positions.print(reached),
          atHead: !head || (reached !== undefined && comparePlaces(reached, head) >= 0),
        };
      }
    } finally {
      feed.close();
    }
  });
};
