import type { Refusal } from './refusals.js';

/** What the stand-in does to the next call of a kind, instead of answering it as it should. */
export type Fault =
  /** Refuses with a gRPC status. */
  | { readonly refuse: Refusal }
  /** Does what was asked for, and never answers. */
  | 'lose the answer'
  /** Neither does what was asked for nor answers. */
  | 'ignore'
  /** Answers an append without saying where in the log it is. */
  | 'withhold the position'
  /** Does what was asked for once this resolves. */
  | { readonly hold: Promise<void> };

export type CallKind = 'append' | 'batch append' | 'read' | 'subscribe';

export interface Faults {
  /** The next calls of this kind meet these faults, one each. */
  next(kind: CallKind, ...faults: Fault[]): void;
  take(kind: CallKind): Fault | undefined;
  /** Calls of this kind so far. */
  count(kind: CallKind): number;
}

export const newFaults = (): Faults => {
  const queues: Record<CallKind, Fault[]> = { append: [], 'batch append': [], read: [], subscribe: [] };
  const counts: Record<CallKind, number> = { append: 0, 'batch append': 0, read: 0, subscribe: 0 };
  return {
    next: (kind, ...faults) => void queues[kind].push(...faults),
    take: (kind) => {
      counts[kind]++;
      return queues[kind].shift();
    },
    count: (kind) => counts[kind],
  };
};
