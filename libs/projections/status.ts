import type { Position } from '#event-store';
import type { Statements } from './database.js';
import type { Failure } from './failure.js';
import type { Projection } from './projection.js';
import type { Generation } from './registry.js';

/** What an operator wants to know of one projection. */
export interface ProjectionStatus {
  readonly name: string;
  /** Of the code that asks. */
  readonly version: number;
  /** Of the rows that are read; absent until there are any. Another version's rows stay as they are. */
  readonly activeVersion: number | undefined;
  /**
   * `running`: at the log's head. `catching-up`: behind it. `stopped`: at an event that it could not apply.
   * `rebuilding`: being built beside the rows that are read. `unattended`: no process does the work.
   */
  readonly state: 'running' | 'catching-up' | 'stopped' | 'rebuilding' | 'unattended';
  readonly checkpoint: Position | undefined;
  /** In the store's measure: events, or bytes. Unknown while the store is down. */
  readonly lag: number | undefined;
  /** While it was working last. */
  readonly eventsPerSecond: number;
  /** ISO 8601: when its checkpoint last moved. */
  readonly changedAt: string | undefined;
  readonly failure: Failure | undefined;
  readonly rebuild:
    (RebuildProgress & { readonly version: number; readonly failure: Failure | undefined }) | undefined;
}

export interface RebuildProgress {
  /** From 0 to 1. */
  readonly share: number;
  readonly eventsPerSecond: number;
  /** Unknown at the very beginning. */
  readonly secondsLeft: number | undefined;
}

export interface LogExtent {
  readonly head: Position | undefined;
  measure(position: Position): number;
}

export const statusOf = (
  { name, version }: Projection<never>,
  generations: readonly Generation[],
  { led, ...log }: LogExtent & { readonly led: boolean },
): ProjectionStatus => {
  const of = (state: Generation['state']): Generation | undefined =>
    generations.find((generation) => generation.projection === name && generation.state === state);
  const [active, building] = [of('active'), of('building')];
  const shown = active ?? building;
  const failure = active?.failure ?? (active ? undefined : building?.failure);
  const { head, measure } = log;
  const lag = head && Math.max(0, measure(head) - (shown?.position ? measure(shown.position) : 0));
  return {
    name,
    version,
    activeVersion: active?.version,
    state: failure
      ? 'stopped'
      : !led
        ? 'unattended'
        : building
          ? 'rebuilding'
          : active?.live || lag === 0
            ? 'running'
            : 'catching-up',
    checkpoint: shown?.position,
    lag,
    eventsPerSecond: shown?.rate ?? 0,
    changedAt: shown?.changedAt,
    failure,
    rebuild: building && {
      version: building.version,
      failure: building.failure,
      ...progressOf(building, log),
    },
  };
};

export const progressOf = (building: Generation, { head, measure }: LogExtent): RebuildProgress => {
  const [done, all] = [building.position ? measure(building.position) : 0, head ? measure(head) : 0];
  const { rate: eventsPerSecond, events } = building;
  const eventsLeft = done > 0 ? (Math.max(0, all - done) / done) * events : undefined;
  return {
    share: all > 0 ? Math.min(1, done / all) : 1,
    eventsPerSecond,
    secondsLeft: eventsLeft !== undefined && eventsPerSecond > 0 ? eventsLeft / eventsPerSecond : undefined,
  };
};

/** Whether some process holds this leadership of the database. */
export const isLed = async (statements: Statements, leadership: string): Promise<boolean> => {
  const [row] = await statements.query(
    `SELECT EXISTS (
       SELECT FROM pg_locks
       WHERE locktype = 'advisory' AND granted AND objsubid = 1
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND (classid::bigint << 32) | objid::bigint = hashtextextended($1, 0))`,
    [leadership],
  );
  return row?.[0] === 't';
};
