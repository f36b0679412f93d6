import { AsyncLocalStorage } from 'node:async_hooks';

/** A clock that stands at another instant for whatever runs within `at`. */
export interface SimulatedClock {
  now(): Date;
  at<T>(instant: string, work: () => T): T;
  /** Following every continuation costs: from now on only the real time is shown. */
  stop(): void;
}

/** Elsewhere it shows the real time. */
export const simulatedClock = (): SimulatedClock => {
  const instants = new AsyncLocalStorage<string>();
  return {
    now: () => {
      const instant = instants.getStore();
      return instant === undefined ? new Date() : new Date(instant);
    },
    at: (instant, work) => instants.run(instant, work),
    stop: () => instants.disable(),
  };
};
