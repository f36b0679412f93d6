import { InvalidPosition, type EventStore, type Position } from '#event-store';
import { catchUp } from './catch-up.js';
import { isTransient, type Failure } from './failure.js';
import { byCheckpoint, feedOf, noteFailure, type Feed, type Surroundings } from './feed.js';
import { liveFeeds } from './live.js';
import { shapeOf, type Projection } from './projection.js';
import { generationsIn, openGeneration, retire, type Generation } from './registry.js';
import { dropRetired, makeIndexes } from './switch-over.js';
import { backoff, pause, taskGroup } from './task-group.js';

export interface LeadOptions<Event> extends Surroundings<Event> {
  readonly store: Pick<EventStore, 'readLog' | 'subscribe' | 'compare' | 'parsePosition'>;
  readonly projections: readonly Projection<Event>[];
  /** Ends the leadership. */
  readonly signal: AbortSignal;
  /** Tells when the registry has to be looked at again; gives back how to stop listening. */
  onAttention(listener: () => void): () => void;
  stopped(projection: string, failure: Failure): void;
  switched(projection: string, version: number): void;
}

/** Milliseconds between attempts at an event that could not be applied. */
const retries = { first: 15_000, longest: 600_000 };

/** Milliseconds until a drop that readers were in the way of is tried again. */
const readersMayTake = 1_000;

/**
 * Feeds all projections until the signal ends it: those at the log's head together from one subscription,
 * those behind it in passes of their own beside it. What meets an event that it cannot apply is left out and
 * tried again later.
 * @throws what will pass by itself, after everything has ended; begin again then
 */
export const lead = async <Event>(options: LeadOptions<Event>): Promise<void> => {
  const { database, schema, projections, onAttention } = options;
  const group = taskGroup(options.signal);
  const { signal } = group;
  const fed = new Set<number>();

  const stopped = (feed: Feed<Event>, failure: Failure): void => {
    options.stopped(feed.projection.name, failure);
    fed.delete(feed.generation.id);
    group.spawn(async () => {
      await pause(backoff(failure.attempts, retries), signal);
      review();
    });
  };

  const live = liveFeeds(options, {
    signal,
    stopped,
    switched: ({ projection }) => {
      options.switched(projection.name, projection.version);
      dropUnread();
    },
  });

  let [isDropping, hasMoreToDrop] = [false, false];
  /** A reader may take hours: nothing waits for the drop, and there is one at a time. */
  const dropUnread = (): void => {
    hasMoreToDrop = true;
    if (isDropping) return;
    isDropping = true;
    group.spawn(async () => {
      while (hasMoreToDrop && !signal.aborted) {
        hasMoreToDrop = false;
        if (await dropRetired(database, schema)) continue;
        hasMoreToDrop = true;
        await pause(readersMayTake, signal);
      }
      isDropping = false;
    });
  };

  const bringUp = async (feeds: readonly Feed<Event>[]): Promise<void> => {
    const arrived = await catchUp(options, feeds, { signal, stopped });
    const ready: Feed<Event>[] = [];
    for (const feed of arrived) if (await isIndexed(feed)) ready.push(feed);
    // Making indexes may have taken minutes; the live feeds should not wait for what was missed meanwhile.
    live.join(await catchUp(options, ready, { signal, stopped }));
  };

  const isIndexed = async (feed: Feed<Event>): Promise<boolean> => {
    if (feed.generation.indexed || signal.aborted) return true;
    try {
      await makeIndexes(database, schema, feed.generation, feed.tables);
      return true;
    } catch (error) {
      if (isTransient(error)) throw error;
      stopped(feed, await noteFailure(options, feed, error, undefined));
      return false;
    }
  };

  const takeStock = async (): Promise<void> => {
    if (signal.aborted) return;
    const waiting: Feed<Event>[] = [];
    for (const projection of projections)
      for (const generation of await usableGenerations(options, projection))
        if (!fed.has(generation.id)) waiting.push(feedOf(projection, generation, schema));
    for (const feed of waiting) fed.add(feed.generation.id);
    for (const together of byCheckpoint(waiting)) group.spawn(() => bringUp(together));
    dropUnread();
  };

  let reviewing: Promise<void> = Promise.resolve();
  const review = (): void => {
    reviewing = reviewing.then(takeStock);
    group.spawn(() => reviewing);
  };

  const stopListening = onAttention(review);
  try {
    group.spawn(live.run);
    review();
    await group.ended();
  } finally {
    stopListening();
  }
};

/** Generations that this code, on this log, can go on with; what is missing is opened without anybody asking. */
const usableGenerations = async <Event>(
  { database, schema, store }: LeadOptions<Event>,
  projection: Projection<Event>,
): Promise<readonly Generation[]> => {
  const generations = (await generationsIn(database, schema)).filter(
    ({ projection: name, state }) => name === projection.name && state !== 'retired',
  );
  const usable: Generation[] = [];
  for (const generation of generations) {
    const isOurs = generation.version === projection.version && generation.shape === shapeOf(projection);
    if (isOurs && (await isReached(store, generation.position))) usable.push(generation);
    else if (generation.state === 'building') await retire(database, schema, generation);
  }
  return usable.length > 0 ? usable : [await openGeneration(database, schema, projection)];
};

/** Whether the log is the one that this position was taken from, and was not set back since. */
const isReached = async (
  store: LeadOptions<never>['store'],
  position: Position | undefined,
): Promise<boolean> => {
  try {
    if (position !== undefined) await store.readLog({ after: store.parsePosition(position), limit: 1 });
    return true;
  } catch (error) {
    if (error instanceof InvalidPosition) return false;
    throw error;
  }
};
