import type { EventStore, Position, RecordedEvent } from '#event-store';
import type pg from 'pg';
import { compare, type Comparison } from './comparison.js';
import { connectionPool } from './database.js';
import { describeError, type Failure } from './failure.js';
import type { Readable, Stretch } from './feed.js';
import { lead } from './lead.js';
import { InvalidProjection, type Projection } from './projection.js';
import {
  callAttention,
  channelOf,
  createRegistry,
  generationsIn,
  openGeneration,
  noticeFrom,
  type Generation,
  type News,
} from './registry.js';
import type { Seals } from './sealing.js';
import { keepSession } from './session.js';
import { isLed, progressOf, statusOf, type ProjectionStatus, type RebuildProgress } from './status.js';
import { tablesOf, viewsOf } from './table.js';
import { backoff, pause } from './task-group.js';
import { waiting } from './waiting.js';

export interface ProjectionsOptions<Event> {
  /** Where the read models lie. Connections of its own are made: up to four for work, one for leadership. */
  readonly database: pg.ClientConfig;
  /** Schema for tables and views, of this engine alone; made if it is not there. */
  readonly schema: string;
  readonly store: Pick<EventStore, 'readLog' | 'subscribe' | 'head' | 'compare' | 'parsePosition'>;
  readonly projections: readonly Projection<Event>[];
  /**
   * Turns recorded events into what projections understand: as many, in the same order. Called with a batch
   * at a time, so that what it needs (keys, say) can be fetched with one statement and forgotten afterwards.
   * An event that it throws for stops the projections that handle its type, and no others.
   */
  decode(events: readonly RecordedEvent[]): Promise<readonly Event[]>;
  /** Needed if a projection has sealed columns. */
  readonly seals?: Seals;
  /**
   * `decode` and `seals` for one live batch, which both have to do with the same subjects: so their keys can be
   * fetched once, and are forgotten with the batch.
   */
  forOneBatch?(): Readable<Event>;
  /** How far a position is into the log: events, or bytes where that is all that can be told. */
  measure(position: Position): number;
  /**
   * How much is folded in memory before it is written, while catching up: at most so many events, rows of all
   * projections together, milliseconds (default 100,000, 30,000 and 5,000). More rows take more memory,
   * fewer mean that a row is written more often.
   */
  readonly stretch?: Partial<Stretch>;
  /** Told what an operator should see in the log. */
  report?(incident: Incident): void;
}

/** Nothing in it is personal. */
export type Incident =
  | { readonly what: 'leading' | 'no-longer-leading' }
  | { readonly what: 'projection-stopped'; readonly projection: string; readonly failure: Failure }
  | { readonly what: 'projection-switched'; readonly projection: string; readonly version: number }
  | { readonly what: 'retrying'; readonly error: string; readonly place: string | undefined };

export interface Projections {
  /** Begins to feed the projections, or to stand by for another process that does. Needs nothing to be up. */
  start(): void;
  /** Ends within a batch; another process takes over. */
  stop(): Promise<void>;
  /**
   * Resolves to true when the projection can be read and has passed the position (read at all, if none is
   * given), to false when that takes longer than so many milliseconds. Asks the database nothing.
   * @throws UnknownProjection, as the others below do
   */
  waitFor(projection: string, position: Position | undefined, timeoutMs: number): Promise<boolean>;
  /** As the registry has it, whichever process does the work. */
  status(): Promise<readonly ProjectionStatus[]>;
  /**
   * Builds the projection's rows anew beside the present ones and switches when they have caught up. The
   * process that leads does it, this one if it has been started and no other does. Repeated after an
   * interruption it joins what was begun.
   * @throws RebuildStopped, RebuildAbandoned
   */
  rebuild(projection: string, onProgress?: (progress: RebuildProgress) => void): Promise<void>;
  /** Tries a stopped projection again at once instead of at its next turn. */
  resume(projection: string): Promise<void>;
  /** Folds the log once more and compares: what is read now against what would be if it were rebuilt. */
  compareWithRebuild(projection: string): Promise<Comparison>;
}

/** A rebuild met an event that it could not apply. It goes on when that is mended; nothing was switched. */
export class RebuildStopped extends Error {
  override readonly name = 'RebuildStopped';
  constructor(
    projection: string,
    readonly failure: Failure,
  ) {
    super(`The rebuild of ${projection} stopped at event ${failure.eventId ?? '(none)'}: ${failure.error}`);
  }
}

/** This engine was stopped, or a rebuild of another version took the place of this one. */
export class RebuildAbandoned extends Error {
  override readonly name = 'RebuildAbandoned';
}

/** There is no projection of this name. */
export class UnknownProjection extends Error {
  override readonly name = 'UnknownProjection';
}

/** @throws InvalidProjection if two of them would have the same view, or the schema cannot be one */
export const createProjections = <Event>(options: ProjectionsOptions<Event>): Projections => {
  const { schema, store, projections, report } = options;
  checkNames(schema, projections);
  const stretch = { events: 100_000, rows: 30_000, milliseconds: 5_000, ...options.stretch };
  const connection = { application_name: `${schema}-projections`, ...options.database };
  const database = connectionPool(connection);
  const { tell, replace, forget, waitFor } = waiting(store.compare.bind(store));
  const attention = new Set<() => void>();
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let work: Promise<unknown> = Promise.resolve();
  let stopped: Promise<void> | undefined;

  let registry: Promise<void> | undefined;
  /** Asked for at every look at the state: to make it again each time would be in the way of the work. */
  const registryThere = (): Promise<void> =>
    (registry ??= createRegistry(database, schema).catch((error: unknown) => {
      registry = undefined;
      throw error;
    }));

  const named = (name: string): Projection<Event> => {
    const found = projections.find((projection) => projection.name === name);
    if (!found) throw new UnknownProjection(`There is no projection ${name}`);
    return found;
  };

  const leading = async (signal: AbortSignal): Promise<void> => {
    report?.({ what: 'leading' });
    let failures = 0;
    const told = (news: News): void => {
      failures = 0;
      tell(news);
    };
    while (!signal.aborted) {
      try {
        await lead({
          ...options,
          database,
          seals: options.seals,
          stretch,
          signal,
          tell: told,
          onAttention: (listener) => {
            attention.add(listener);
            return () => attention.delete(listener);
          },
          stopped: (projection, failure) => report?.({ what: 'projection-stopped', projection, failure }),
          switched: (projection, version) => report?.({ what: 'projection-switched', projection, version }),
        });
      } catch (error) {
        report?.({ what: 'retrying', ...describeError(error) });
        await pause(backoff(++failures, { first: 100, longest: 5_000 }), signal);
      }
    }
    report?.({ what: 'no-longer-leading' });
  };

  const untilSwitched = async (
    { id, projection, failure }: Generation,
    onProgress: ((progress: RebuildProgress) => void) | undefined,
  ): Promise<void> => {
    while (!stopping.signal.aborted) {
      const generation = (await generationsIn(database, schema)).find((candidate) => candidate.id === id);
      if (!generation || generation.state === 'retired') break;
      const head = await store.head();
      onProgress?.(progressOf(generation, { head, measure: options.measure }));
      if (generation.state === 'active') return;
      if (generation.failure && generation.failure.attempts > (failure?.attempts ?? 0))
        throw new RebuildStopped(projection, generation.failure);
      await pause(progressInterval, stopping.signal);
    }
    throw new RebuildAbandoned(`The rebuild of ${projection} was given up before it was done`);
  };

  const stop = async (): Promise<void> => {
    stopping.abort();
    await running;
    await work;
    await database.close();
  };

  const notice = (payload: string): void => {
    const told = noticeFrom(payload);
    if (!told) return;
    if ('attention' in told) for (const listener of attention) listener();
    else tell(told);
  };

  return {
    start: () => {
      running ??= keepSession({
        connection,
        channel: channelOf(schema),
        leadership: leadershipOf(schema),
        signal: stopping.signal,
        connected: async () => {
          await createRegistry(database, schema);
          replace(await generationsIn(database, schema));
        },
        lost: (error) => {
          forget();
          report?.({ what: 'retrying', ...describeError(error) });
        },
        notice,
        leading: (signal) => {
          const next = leading(signal);
          // What an earlier leadership left hanging ends by itself, and cannot do any harm until then.
          work = Promise.allSettled([work, next]);
          return next;
        },
      });
    },
    stop: () => (stopped ??= stop()),
    waitFor: async (projection, position, timeoutMs) => waitFor(named(projection).name, position, timeoutMs),
    status: async () => {
      await registryThere();
      const [generations, led, head] = await Promise.all([
        generationsIn(database, schema),
        isLed(database, leadershipOf(schema)),
        // A store that is down is a reason to look at the projections, not a reason not to be able to.
        store.head().catch(() => undefined),
      ]);
      return projections.map((projection) =>
        statusOf(projection, generations, { led, head, measure: options.measure }),
      );
    },
    rebuild: async (name, onProgress) => {
      const projection = named(name);
      await registryThere();
      const generation = await openGeneration(database, schema, projection);
      await callAttention(database, schema, name);
      await untilSwitched(generation, onProgress);
    },
    resume: async (name) => {
      await callAttention(database, schema, named(name).name);
    },
    compareWithRebuild: (name) =>
      compare({ ...options, database, connection, stretch, seals: options.seals }, named(name)),
  };
};

/** Milliseconds. */
const progressInterval = 250;

const leadershipOf = (schema: string): string => `${schema} leader`;

const checkNames = <Event>(schema: string, projections: readonly Projection<Event>[]): void => {
  if (!/^[a-z][a-z0-9_]{0,30}$/.test(schema) || schema.startsWith('pg_'))
    throw new InvalidProjection('(all)', `${schema} cannot be a schema`);
  const views = new Set(['generations']);
  for (const projection of projections)
    for (const view of viewsOf(tablesOf(projection, { schema, version: 1, generation: 0 }))) {
      if (views.has(view)) throw new InvalidProjection(projection.name, `the name ${view} is taken`);
      views.add(view);
    }
};
