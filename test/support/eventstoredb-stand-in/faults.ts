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

/** Something to hold calls with until it is released. */
export const newHold = (): { readonly hold: Promise<void>; release(): void } => {
  let release = (): void => undefined;
  const hold = new Promise<void>((resolve) => (release = resolve));
  return { hold, release };
};

export type CallKind = 'append' | 'batch append' | 'read' | 'subscribe';

export interface Faults {
  /** The next calls of this kind meet these faults, one each. */
  next(kind: CallKind, ...faults: Fault[]): void;
  take(kind: CallKind): Fault | undefined;
  /** Calls so far of these kinds. */
  count(...kinds: CallKind[]): number;
  /** Counts an answer that was sent, one event or checkpoint of a read or subscription. */
  countSent(): void;
  /** Answers sent so far. */
  sent(): number;
  /** Resolves once there have been so many calls of these kinds. */
  reached(count: number, ...kinds: CallKind[]): Promise<void>;
}

export const newFaults = (): Faults => {
  const queues: Record<CallKind, Fault[]> = { append: [], 'batch append': [], read: [], subscribe: [] };
  const counts: Record<CallKind, number> = { append: 0, 'batch append': 0, read: 0, subscribe: 0 };
  let sent = 0;
  let waiting: (() => void)[] = [];
  const count = (...kinds: CallKind[]): number => kinds.reduce((sum, kind) => sum + counts[kind], 0);
  return {
    next: (kind, ...faults) => void queues[kind].push(...faults),
    take: (kind) => {
      counts[kind]++;
      const awake = waiting;
      waiting = [];
      for (const wake of awake) wake();
      return queues[kind].shift();
    },
    count,
    countSent: () => {
      sent++;
    },
    sent: () => sent,
    reached: async (least, ...kinds) => {
      while (count(...kinds) < least) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
};
