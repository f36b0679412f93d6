import { randomUUID } from 'node:crypto';
import { StoreUnavailable, type EventStore } from '#event-store';

/** What many writers and one reader of an event store went through while faults were tried on it. */
export interface LoadReport {
  readonly acknowledged: number;
  /** Appends that were sent again because the store had been unavailable. */
  readonly repeated: number;
  /** Acknowledged, but not in their stream where they should be; must be empty. */
  readonly lost: readonly string[];
  /** In a stream or seen by the subscription more than once, or never sent; must be empty. */
  readonly doubled: readonly string[];
  /** Events that the subscription did not bring; must be 0. */
  readonly missed: number;
  /** The longest time that one append took to be answered, in milliseconds, refusals included. */
  readonly longestAnswer: number;
}

export interface Load {
  /** Resolves with the next append that is begun from now on and acknowledged: milliseconds from now. */
  nextAcknowledgement(): Promise<number>;
  /** Lets the writers finish what they have begun, and compares. */
  end(): Promise<LoadReport>;
}

/** Events of one stream: a journey's length, so that reading it in the end stays cheap. */
const longestStream = 100;
/** Events of every tenth append, so that faults also meet appends of many. */
const largeAppend = 20;

/** Appends from so many places at once, each sent again unchanged until it is acknowledged, and reads along. */
export const appendUnderLoad = async (store: EventStore, writers: number): Promise<Load> => {
  const run = `faults-${randomUUID()}-`;
  const streams = new Map<string, string[]>();
  const seen: string[] = [];
  const finish = new AbortController();
  const stopReading = new AbortController();
  let hasWritten = false;
  let acknowledged = 0;
  let repeated = 0;
  let longestAnswer = 0;
  let waiting: { readonly since: number; readonly resolve: (milliseconds: number) => void }[] = [];

  const append = async (stream: string, known: string[], count: number): Promise<void> => {
    const events = Array.from({ length: count }, (_, number) => ({
      id: randomUUID(),
      type: 'NeedIdentified',
      data: { number, text: 'x'.repeat(300) },
      metadata: { commandId: randomUUID() },
    }));
    const request = { stream, expected: known.length === 0 ? 'none' : known.length - 1, events } as const;
    for (let attempt = 0; ; attempt++) {
      const begun = performance.now();
      try {
        await store.append(request);
        const now = performance.now();
        longestAnswer = Math.max(longestAnswer, now - begun);
        acknowledged += count;
        repeated += attempt;
        known.push(...events.map(({ id }) => id));
        for (const { since, resolve } of waiting.filter(({ since }) => since <= begun)) resolve(now - since);
        waiting = waiting.filter(({ since }) => since > begun);
        return;
      } catch (error) {
        longestAnswer = Math.max(longestAnswer, performance.now() - begun);
        if (!(error instanceof StoreUnavailable)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };

  const isOver = (): boolean => finish.signal.aborted;
  const write = async (): Promise<void> => {
    while (!isOver()) {
      const stream = `${run}${randomUUID()}`;
      const known: string[] = [];
      streams.set(stream, known);
      for (let number = 0; known.length < longestStream && !isOver(); number++)
        await append(stream, known, number % 10 === 9 ? largeAppend : 1);
    }
  };
  const after = await store.head();
  const read = async (): Promise<void> => {
    for await (const { events } of store.subscribe({
      after,
      prefixes: [run],
      batchSize: 500,
      signal: stopReading.signal,
    })) {
      seen.push(...events.map(({ id }) => id));
      if (hasWritten && seen.length >= acknowledged) return;
    }
  };
  const writing = Promise.all(Array.from({ length: writers }, write));
  const reading = read();

  return {
    nextAcknowledgement: () => new Promise((resolve) => waiting.push({ since: performance.now(), resolve })),
    end: async () => {
      finish.abort();
      await writing;
      hasWritten = true;
      const giveUp = setTimeout(() => stopReading.abort(), 30_000);
      if (seen.length < acknowledged) await reading;
      clearTimeout(giveUp);
      stopReading.abort();
      await reading;
      const lost: string[] = [];
      const doubled = [...repetitionsIn(seen)];
      const sent = new Set([...streams.values()].flat());
      for (const [stream, known] of streams) {
        const stored = (await store.readStream(stream)).map(({ id }) => id);
        lost.push(...known.filter((id, revision) => stored[revision] !== id));
        doubled.push(...repetitionsIn(stored), ...stored.filter((id) => !sent.has(id)));
      }
      const seenOnce = new Set(seen);
      const missed = [...sent].filter((id) => !seenOnce.has(id)).length;
      return { acknowledged, repeated, lost, doubled, missed, longestAnswer: Math.round(longestAnswer) };
    },
  };
};

const repetitionsIn = (ids: readonly string[]): Set<string> => {
  const once = new Set<string>();
  return new Set(ids.filter((id) => once.size === once.add(id).size));
};
