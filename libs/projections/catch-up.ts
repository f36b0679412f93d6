import type { Position } from '#event-store';
import { isTransient, type Failure } from './failure.js';
import {
  applyAlone,
  commit,
  decodeFor,
  foldInto,
  prefixesOf,
  workingSetOf,
  type Decoded,
  type Feed,
  type Surroundings,
} from './feed.js';

export interface CatchUpOptions<Event> {
  /** Stop exactly here; at the log's head if absent. */
  readonly until?: Position | undefined;
  readonly signal: AbortSignal;
  /** Called for each feed that cannot go on, with what is recorded of it. */
  stopped(feed: Feed<Event>, failure: Failure): void;
}

/**
 * Brings feeds that stand at one checkpoint to the log's head in one pass: each page of the log is read and
 * decoded once for all of them, and while the rows of one stretch are being written the next one is folded.
 * Memory is bounded by the stretch, however long the log.
 *
 * Gives the feeds that arrived, all at one checkpoint again; none when the signal ended it.
 * @throws what will pass by itself: StoreUnavailable, DatabaseUnavailable, Overtaken, …
 */
export const catchUp = async <Event>(
  surroundings: Surroundings<Event>,
  feeds: readonly Feed<Event>[],
  options: CatchUpOptions<Event>,
): Promise<readonly Feed<Event>[]> => {
  let remaining = feeds;
  while (remaining.length > 0) {
    const pass: Pass = { reached: undefined };
    try {
      return (await passOver(surroundings, remaining, options, pass)) ? remaining : [];
    } catch (error) {
      if (isTransient(error)) throw error;
      remaining = await sortOut(surroundings, remaining, options, pass.reached);
    }
  }
  return [];
};

/** How far a pass has read, so that after an error it is known where to look. */
interface Pass {
  reached: Position | undefined;
}

interface Page<Event> {
  readonly decoded: Decoded<Event>;
  readonly considered: number;
  readonly checkpoint: Position | undefined;
  readonly last: boolean;
}

const eventsInPage = 2_000;

const pageSize = ({ stretch }: Pick<Surroundings<never>, 'stretch'>): number =>
  Math.min(eventsInPage, stretch.events);

/** Gives false if the signal ended it. */
const passOver = async <Event>(
  surroundings: Surroundings<Event>,
  feeds: readonly Feed<Event>[],
  options: CatchUpOptions<Event>,
  pass: Pass,
): Promise<boolean> => {
  const { stretch } = surroundings;
  let sets = feeds.map((feed) => workingSetOf(surroundings, feed));
  let [events, begun] = [0, performance.now()];
  let writing: Promise<void> = Promise.resolve();
  let next = pageAfter(surroundings, feeds, options, feeds[0]?.checkpoint, pass);
  try {
    for (;;) {
      const page = await next;
      if (options.signal.aborted) return false;
      if (!page.last) next = pageAfter(surroundings, feeds, options, page.checkpoint, pass);
      next.catch(() => undefined);
      await foldInto(sets, page.decoded);
      events += page.considered;
      const full =
        events >= stretch.events ||
        sets.reduce((rows, { size }) => rows + size, 0) >= stretch.rows ||
        performance.now() - begun >= stretch.milliseconds;
      if (!full && !page.last) continue;
      await writing;
      if (page.last && events === 0 && page.checkpoint === feeds[0]?.checkpoint) return true;
      for (const set of sets) set.detach();
      writing = commit(surroundings, feeds, sets, { to: page.checkpoint, events, live: false });
      writing.catch(() => undefined);
      if (page.last) {
        await writing;
        return true;
      }
      sets = feeds.map((feed, at) => workingSetOf(surroundings, feed, sets[at]));
      [events, begun] = [0, performance.now()];
    }
  } finally {
    // Whoever goes on from here has to know where the checkpoint stands.
    await Promise.allSettled([writing, next]);
  }
};

const pageAfter = async <Event>(
  surroundings: Surroundings<Event>,
  feeds: readonly Feed<Event>[],
  { until }: CatchUpOptions<Event>,
  after: Position | undefined,
  pass: Pass,
): Promise<Page<Event>> => {
  const { store } = surroundings;
  const batch = await store.readLog({ after, limit: pageSize(surroundings), prefixes: prefixesOf(feeds) });
  const isBeyond = (position: Position | undefined): boolean =>
    until !== undefined && position !== undefined && store.compare(position, until) > 0;
  const last = batch.atHead || (until !== undefined && !isBefore(store, batch.checkpoint, until));
  // At the head everything up to `until` was considered, even if no event of ours lies there.
  const checkpoint = last && until !== undefined ? until : batch.checkpoint;
  pass.reached = checkpoint;
  const events =
    until === undefined ? batch.events : batch.events.filter(({ position }) => !isBeyond(position));
  return {
    decoded: await decodeFor(surroundings, feeds, events),
    considered: events.length,
    checkpoint,
    last,
  };
};

const isBefore = (
  store: Surroundings<never>['store'],
  position: Position | undefined,
  other: Position,
): boolean => position === undefined || store.compare(position, other) < 0;

/** Goes on page by page and feed by feed until it is past what failed; gives the feeds that could follow. */
const sortOut = async <Event>(
  surroundings: Surroundings<Event>,
  feeds: readonly Feed<Event>[],
  { until, signal, stopped }: CatchUpOptions<Event>,
  beyond: Position | undefined,
): Promise<readonly Feed<Event>[]> => {
  const { store } = surroundings;
  let remaining = feeds;
  let after = feeds[0]?.checkpoint;
  for (;;) {
    const page = await store.readLog({ after, limit: pageSize(surroundings), prefixes: prefixesOf(feeds) });
    const events = page.events.filter(
      ({ position }) => until === undefined || store.compare(position, until) <= 0,
    );
    const cut = until !== undefined && !isBefore(store, page.checkpoint, until);
    after = cut ? until : page.checkpoint;
    for (const feed of remaining) {
      if (signal.aborted) return [];
      const failure = await applyAlone(surroundings, feed, events.filter(feed.handles), after);
      if (!failure) continue;
      remaining = remaining.filter((other) => other !== feed);
      stopped(feed, failure);
    }
    if (page.atHead || cut || beyond === undefined || !isBefore(store, after, beyond)) return remaining;
  }
};
