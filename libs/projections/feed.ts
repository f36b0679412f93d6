import type { EventStore, Position, RecordedEvent } from '#event-store';
import type { Database } from './database.js';
import { describeError, isTransient, Overtaken, type Failure } from './failure.js';
import type { Projection } from './projection.js';
import { moveCheckpoints, recordFailure, type Generation, type News } from './registry.js';
import type { Seals } from './sealing.js';
import { tablesOf, type Tables } from './table.js';
import { workingSet, type WorkingSet } from './working-set.js';

/** How what is recorded and what is kept become readable. */
export interface Readable<Event> {
  /** Turns recorded events into what projections understand: as many, in the same order. */
  decode(events: readonly RecordedEvent[]): Promise<readonly Event[]>;
  readonly seals?: Seals | undefined;
}

/** What feeding projections takes. */
export interface Surroundings<Event> extends Readable<Event> {
  readonly store: Pick<EventStore, 'readLog' | 'subscribe' | 'compare'>;
  readonly database: Database;
  readonly schema: string;
  /** The same as `decode` and `seals`, for one batch, if that is cheaper. */
  forOneBatch?: (() => Readable<Event>) | undefined;
  /** What is folded in memory before it is written, while catching up. */
  readonly stretch: Stretch;
  /** Called after a checkpoint has moved. */
  tell(news: News): void;
}

/** Ends at whichever bound is reached first, and at the end of a page of the log. */
export interface Stretch {
  readonly events: number;
  /** Of all projections of one pass together. */
  readonly rows: number;
  readonly milliseconds: number;
}

/** One generation of a projection that is being fed, with what is known of it. */
export interface Feed<Event> {
  readonly projection: Projection<Event>;
  readonly generation: Generation;
  readonly tables: Tables;
  /** As it was last committed. */
  checkpoint: Position | undefined;
  handles(event: RecordedEvent): boolean;
  rateAfter(events: number): number;
}

export const feedOf = <Event>(
  projection: Projection<Event>,
  generation: Generation,
  schema: string,
): Feed<Event> => {
  const types = new Set(projection.eventTypes);
  const { prefixes } = projection;
  return {
    projection,
    generation,
    tables: tablesOf(projection, { schema, version: generation.version, generation: generation.id }),
    checkpoint: generation.position,
    handles: ({ type, stream }) =>
      types.has(type) && (prefixes.length === 0 || prefixes.some((prefix) => stream.startsWith(prefix))),
    rateAfter: averageRate(generation.rate),
  };
};

/** Prefixes under which the events of all these feeds are found; none means all streams. */
export const prefixesOf = <Event>(feeds: readonly Feed<Event>[]): readonly string[] =>
  feeds.some(({ projection }) => projection.prefixes.length === 0)
    ? []
    : [...new Set(feeds.flatMap(({ projection }) => projection.prefixes))];

/** Those that can be fed in one pass. */
export const byCheckpoint = <Event>(feeds: readonly Feed<Event>[]): readonly (readonly Feed<Event>[])[] => {
  const groups = new Map<Position | undefined, Feed<Event>[]>();
  for (const feed of feeds) groups.set(feed.checkpoint, [...(groups.get(feed.checkpoint) ?? []), feed]);
  return [...groups.values()];
};

/** For each feed the events that it handles, decoded once for all of them. */
export type Decoded<Event> = readonly (readonly Event[])[];

export const decodeFor = async <Event>(
  { decode }: Pick<Surroundings<Event>, 'decode'>,
  feeds: readonly Feed<Event>[],
  events: readonly RecordedEvent[],
): Promise<Decoded<Event>> => {
  const wanted: RecordedEvent[] = [];
  const places = feeds.map((): number[] => []);
  for (const event of events) {
    let isWanted = false;
    for (const [at, feed] of feeds.entries())
      if (feed.handles(event)) {
        places[at]!.push(wanted.length);
        isWanted = true;
      }
    if (isWanted) wanted.push(event);
  }
  const decoded = wanted.length > 0 ? await decode(wanted) : [];
  if (decoded.length !== wanted.length) throw new Error('decode has to give as many events as it gets');
  return places.map((ofFeed) => ofFeed.map((place) => decoded[place]!));
};

export const workingSetOf = <Event>(
  { database, seals }: Surroundings<Event>,
  { projection, tables }: Feed<Event>,
  beneath?: WorkingSet<Event>,
): WorkingSet<Event> => workingSet(projection, tables, database, seals, beneath);

export const foldInto = async <Event>(
  sets: readonly WorkingSet<Event>[],
  decoded: Decoded<Event>,
): Promise<void> => {
  await Promise.all(sets.map((set, at) => set.fold(decoded[at]!)));
};

/**
 * Writes what was folded and moves the checkpoints, all in one transaction.
 * @throws Overtaken if somebody else has moved a checkpoint; nothing is written then
 */
export const commit = async <Event>(
  { database, schema, tell }: Surroundings<Event>,
  feeds: readonly Feed<Event>[],
  sets: readonly WorkingSet<Event>[],
  { to, events, live }: { to: Position | undefined; events: number; live: boolean },
): Promise<void> => {
  const changes = await Promise.all(sets.map((set) => set.changes()));
  const moves = feeds.map((feed) => ({
    generation: feed.generation.id,
    from: feed.checkpoint,
    to,
    events,
    rate: feed.rateAfter(events),
  }));
  await database.transaction(async (transaction) => {
    if (!(await moveCheckpoints(transaction, schema, moves, live)))
      throw new Overtaken('A checkpoint is not where it was left');
    for (const change of changes) await change.write(transaction);
  });
  for (const feed of feeds) {
    feed.checkpoint = to;
    const { id: generation, projection, state } = feed.generation;
    tell({ projection, generation, state, position: to ?? null });
  }
};

/**
 * Applies events to one feed alone and, where they cannot be applied, finds the first event to blame by
 * halving. Everything before it is applied. The failure is recorded and given back.
 * @param events those that the feed handles
 * @throws what will pass by itself, Overtaken included
 */
export const applyAlone = async <Event>(
  surroundings: Surroundings<Event>,
  feed: Feed<Event>,
  events: readonly RecordedEvent[],
  to: Position | undefined,
): Promise<Failure | undefined> => {
  const culprit = await firstCulprit(surroundings, feed, events, to);
  return culprit && noteFailure(surroundings, feed, culprit.error, culprit.event);
};

/**
 * Records why a feed cannot go on, and gives it back.
 * @throws Overtaken if its checkpoint is not where it was left: rows that others have moved on, or dropped,
 * are a reason to fail that says nothing about this feed
 */
export const noteFailure = async <Event>(
  { database, schema }: Pick<Surroundings<Event>, 'database' | 'schema'>,
  { generation: { id, failure: known }, checkpoint }: Feed<Event>,
  error: unknown,
  event: RecordedEvent | undefined,
): Promise<Failure> => {
  const again = known !== undefined && known.eventId === event?.id;
  const failure: Failure = {
    eventId: event?.id,
    eventType: event?.type,
    position: event?.position,
    ...describeError(error),
    since: again ? known.since : new Date().toISOString(),
    attempts: again ? known.attempts + 1 : 1,
  };
  if (!(await recordFailure(database, schema, { id, position: checkpoint }, failure)))
    throw new Overtaken('A checkpoint is not where it was left');
  return failure;
};

interface Culprit {
  readonly event: RecordedEvent | undefined;
  readonly error: unknown;
}

const firstCulprit = async <Event>(
  surroundings: Surroundings<Event>,
  feed: Feed<Event>,
  events: readonly RecordedEvent[],
  to: Position | undefined,
): Promise<Culprit | undefined> => {
  try {
    const sets = [workingSetOf(surroundings, feed)];
    await foldInto(sets, await decodeFor(surroundings, [feed], events));
    await commit(surroundings, [feed], sets, { to, events: events.length, live: false });
    return undefined;
  } catch (error) {
    if (isTransient(error)) throw error;
    if (events.length <= 1) return { event: events[0], error };
    const half = events.length >> 1;
    return (
      (await firstCulprit(surroundings, feed, events.slice(0, half), events[half - 1]!.position)) ??
      (await firstCulprit(surroundings, feed, events.slice(half), to))
    );
  }
};

/** Events a second, where what happened ten seconds ago counts about a third of what happens now. */
const averageRate = (known: number): ((events: number) => number) => {
  let [rate, last] = [known, performance.now()];
  return (events) => {
    const now = performance.now();
    const seconds = Math.max(now - last, 0.1) / 1000;
    rate += (events / seconds - rate) * (rate === 0 ? 1 : 1 - Math.exp(-seconds / 10));
    last = now;
    return rate;
  };
};
