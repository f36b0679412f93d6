import { InvalidPosition, type EventStore, type Position } from '#event-store';
import type { Generation, News } from './registry.js';

/** Knows how far each projection's readable rows are, from what it is told, and who waits for it. */
export interface Waiting {
  tell(news: News): void;
  /** Starts over from the registry: what was told before may have been lost with the connection. */
  replace(generations: readonly Generation[]): void;
  /** Nothing is known any more until `replace`. */
  forget(): void;
  /**
   * Resolves to true when the projection can be read and has passed the position, to false after so many
   * milliseconds.
   */
  waitFor(projection: string, position: Position | undefined, timeoutMs: number): Promise<boolean>;
}

export const waiting = (compare: EventStore['compare']): Waiting => {
  const known = new Map<string, { readonly generation: number; readonly position: Position | null }>();
  const waiters = new Map<string, Set<Waiter>>();

  const hasPassed = (projection: string, position: Position | undefined): boolean => {
    const reached = known.get(projection);
    if (!reached) return false;
    return position === undefined || (reached.position !== null && isBehind(position, reached.position));
  };

  const isBehind = (position: Position, reached: Position): boolean => {
    try {
      return compare(reached, position) >= 0;
    } catch (error) {
      // The log is another one now: these rows are read until those of the new log are there.
      if (error instanceof InvalidPosition) return false;
      throw error;
    }
  };

  const wake = (projection: string): void => {
    for (const waiter of waiters.get(projection) ?? [])
      if (hasPassed(projection, waiter.position)) waiter.done();
  };

  const learn = (projection: string, generation: number, position: Position | null): void => {
    const before = known.get(projection);
    // What this process did itself is known before the database tells everybody about it.
    if (before && before.generation > generation) return;
    if (before && before.generation === generation && !isLater(compare, position, before.position)) return;
    known.set(projection, { generation, position });
    wake(projection);
  };

  return {
    tell: ({ projection, generation, state, position }) => {
      if (state === 'active') learn(projection, generation, position);
    },
    replace: (generations) => {
      known.clear();
      for (const { projection, id, state, position } of generations)
        if (state === 'active') learn(projection, id, position ?? null);
    },
    forget: () => known.clear(),
    waitFor: (projection, position, timeoutMs) =>
      new Promise((answer) => {
        if (hasPassed(projection, position)) return answer(true);
        const ofProjection = waiters.get(projection) ?? new Set<Waiter>();
        waiters.set(projection, ofProjection);
        const end = (passed: boolean): void => {
          clearTimeout(timer);
          ofProjection.delete(waiter);
          answer(passed);
        };
        const waiter: Waiter = { position, done: () => end(true) };
        const timer = setTimeout(() => end(false), timeoutMs);
        ofProjection.add(waiter);
      }),
  };
};

interface Waiter {
  readonly position: Position | undefined;
  done(): void;
}

const isLater = (compare: EventStore['compare'], one: Position | null, other: Position | null): boolean =>
  one !== null && (other === null || compare(one, other) > 0);
