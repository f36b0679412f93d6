/** Tasks that belong together: when one fails, all are asked to end. */
export interface TaskGroup {
  /** Aborted from outside, or by the first failure. */
  readonly signal: AbortSignal;
  spawn(task: () => Promise<void>): void;
  /** Settles when every task has ended. @throws what the first failed task threw */
  ended(): Promise<void>;
}

export const taskGroup = (outer: AbortSignal): TaskGroup => {
  const failed = new AbortController();
  const signal = AbortSignal.any([outer, failed.signal]);
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  return {
    signal,
    spawn: (task) => {
      const guarded = task()
        .catch((error: unknown) => {
          failure ??= { error };
          failed.abort();
        })
        .finally(() => running.delete(guarded));
      running.add(guarded);
    },
    ended: async () => {
      while (running.size > 0) await Promise.all(running);
      if (failure) throw failure.error;
    },
  };
};

/** Resolves after this many milliseconds, or at once when the signal is aborted. */
export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((over) => {
    if (signal.aborted) return over();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      over();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });

/** Milliseconds to wait before the nth attempt after a failure: doubling, with jitter, up to a bound. */
export const backoff = (attempt: number, { first, longest }: { first: number; longest: number }): number =>
  Math.min(longest, first * 2 ** Math.min(attempt - 1, 30)) * (0.5 + Math.random() / 2);
