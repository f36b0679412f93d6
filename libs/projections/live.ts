import type { LogBatch, Position } from '#event-store';
import { catchUp } from './catch-up.js';
import { isTransient, type Failure } from './failure.js';
import {
  applyAlone,
  byCheckpoint,
  commit,
  decodeFor,
  foldInto,
  noteFailure,
  prefixesOf,
  workingSetOf,
  type Feed,
  type Surroundings,
} from './feed.js';
import { switchOver } from './switch-over.js';
import { pause } from './task-group.js';

export interface LiveOptions<Event> {
  readonly signal: AbortSignal;
  stopped(feed: Feed<Event>, failure: Failure): void;
  /** A generation that was built beside is now the one that is read. */
  switched(feed: Feed<Event>): void;
}

/** The feeds that are at the log's head, fed together from one subscription. */
export interface LiveFeeds<Event> {
  /** Takes over feeds that have come near the log's head. */
  join(feeds: readonly Feed<Event>[]): void;
  run(): Promise<void>;
}

/** Few enough that whoever shares the thread does not wait long; a full batch is followed by the next at once. */
const eventsInLiveBatch = 250;

/**
 * Least milliseconds from one live batch to the next. Each costs a transaction and several statements, however
 * few events it has: so those that keep coming are gathered, and one that comes alone is not held up.
 */
const gathering = 30;

/** Milliseconds until a switch that readers were in the way of is tried again. */
const readersMayTake = 1_000;

export const liveFeeds = <Event>(
  surroundings: Surroundings<Event>,
  options: LiveOptions<Event>,
): LiveFeeds<Event> => {
  const { store, database, schema } = surroundings;
  const { signal } = options;
  let feeds: readonly Feed<Event>[] = [];
  const joining: Feed<Event>[] = [];
  let interruption = new AbortController();

  const leaveOut = (feed: Feed<Event>, failure: Failure): void => {
    feeds = feeds.filter((other) => other !== feed);
    options.stopped(feed, failure);
  };

  /** Brings all to the furthest checkpoint among them, so that they can go on together. */
  const align = async (): Promise<void> => {
    const furthest = feeds.reduce<Position | undefined>(
      (far, { checkpoint }) =>
        far && checkpoint && store.compare(checkpoint, far) > 0 ? checkpoint : (far ?? checkpoint),
      undefined,
    );
    for (const together of byCheckpoint(feeds.filter(({ checkpoint }) => checkpoint !== furthest)))
      await catchUp(surroundings, together, { until: furthest, signal, stopped: leaveOut });
  };

  /** Gives false if one of them has to try again. */
  const switchBuilt = async (): Promise<boolean> => {
    let all = true;
    for (const feed of feeds.filter(({ generation }) => generation.state === 'building')) {
      const { projection, checkpoint } = feed;
      const switched = await switchOver(database, schema, feed).catch(async (error: unknown) => {
        if (isTransient(error)) throw error;
        leaveOut(feed, await noteFailure(surroundings, feed, error, undefined));
        return true;
      });
      if (!switched) all = false;
      if (!switched || !feeds.includes(feed)) continue;
      const generation = { ...feed.generation, state: 'active' as const };
      feeds = feeds
        .filter((other) => other === feed || other.projection !== projection)
        .map((other) => (other === feed ? { ...feed, generation } : other));
      surroundings.tell({
        projection: projection.name,
        generation: generation.id,
        state: 'active',
        position: checkpoint ?? null,
      });
      options.switched(feed);
    }
    return all;
  };

  const follow = async (): Promise<void> => {
    const interrupted = AbortSignal.any([signal, interruption.signal]);
    if (feeds.length === 0) return untilAborted(interrupted);
    const after = feeds[0]?.checkpoint;
    const subscription = {
      after,
      batchSize: eventsInLiveBatch,
      prefixes: prefixesOf(feeds),
      signal: interrupted,
    };
    for await (const batch of store.subscribe(subscription)) {
      if (signal.aborted) return;
      const gathered = pause(gathering, interrupted);
      for (const { feed, failure } of await applyLive(surroundings, feeds, batch)) leaveOut(feed, failure);
      if (feeds.length === 0) return;
      if (batch.events.length < eventsInLiveBatch) await gathered;
    }
  };

  /** Until others join, or a switch has to be tried again. */
  const oneRound = async (): Promise<void> => {
    const round = new AbortController();
    interruption = round;
    feeds = [...feeds, ...joining.splice(0)];
    await align();
    if (signal.aborted) return;
    if (!(await switchBuilt())) void pause(readersMayTake, round.signal).then(() => round.abort());
    await follow();
  };

  return {
    join: (arrived) => {
      joining.push(...arrived);
      interruption.abort();
    },
    run: async () => {
      while (!signal.aborted) await oneRound();
    },
  };
};

const applyLive = async <Event>(
  surroundings: Surroundings<Event>,
  feeds: readonly Feed<Event>[],
  { events, checkpoint }: LogBatch,
): Promise<readonly { feed: Feed<Event>; failure: Failure }[]> => {
  try {
    const ofBatch = { ...surroundings, ...surroundings.forOneBatch?.() };
    const sets = feeds.map((feed) => workingSetOf(ofBatch, feed));
    await foldInto(sets, await decodeFor(ofBatch, feeds, events));
    await commit(ofBatch, feeds, sets, { to: checkpoint, events: events.length, live: true });
    return [];
  } catch (error) {
    if (isTransient(error)) throw error;
  }
  const failed: { feed: Feed<Event>; failure: Failure }[] = [];
  for (const feed of feeds) {
    const failure = await applyAlone(surroundings, feed, events.filter(feed.handles), checkpoint);
    if (failure) failed.push({ feed, failure });
  }
  return failed;
};

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((aborted) => {
    if (signal.aborted) return aborted();
    signal.addEventListener('abort', () => aborted(), { once: true });
  });
