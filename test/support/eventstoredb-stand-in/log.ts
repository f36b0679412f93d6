/**
 * An EventStoreDB log in memory, with the rules by which the server accepts, recognises and refuses appends,
 * as measured against the server itself.
 */

export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface StoredEvent extends ProposedEvent {
  readonly stream: string;
  readonly revision: number;
  /** Offset in the log, commit and prepare position in one. */
  readonly position: number;
  readonly recordedAt: Date;
}

export type Expected = 'any' | 'no stream' | 'stream exists' | number;

export type Outcome =
  | { readonly accepted: true; readonly revision: number | undefined; readonly position: number | undefined }
  | { readonly accepted: false; readonly current: number | undefined };

export interface InMemoryLog {
  readonly events: readonly StoredEvent[];
  stream(name: string): readonly StoredEvent[];
  append(stream: string, expected: Expected, events: readonly ProposedEvent[]): Outcome;
  /** Forgets the ids by which appends without an exact revision are recognised, as a restart does. */
  forgetIds(): void;
  /** As after restoring a backup that lacks the last so many events. */
  setBack(count: number): void;
  /** Resolves at the next append. */
  grown(): Promise<void>;
}

export const newLog = (): InMemoryLog => {
  const events: StoredEvent[] = [];
  const streams = new Map<string, StoredEvent[]>();
  let recentIds = new Map<string, StoredEvent>();
  let position = 500;
  let waiting: (() => void)[] = [];

  const write = (stream: string, proposed: readonly ProposedEvent[]): StoredEvent | undefined => {
    const known = streams.get(stream) ?? [];
    streams.set(stream, known);
    for (const event of proposed) {
      const stored = { ...event, stream, revision: known.length, position, recordedAt: new Date() };
      position += 80 + stream.length + event.type.length + event.data.length + event.metadata.length;
      known.push(stored);
      events.push(stored);
      recentIds.set(event.id, stored);
    }
    const awake = waiting;
    waiting = [];
    for (const wake of awake) wake();
    return known.at(-1);
  };

  const recognised = (
    stream: string,
    expected: Expected,
    proposed: readonly ProposedEvent[],
  ): StoredEvent | 'partly' | undefined => {
    const earlier = proposed.map(({ id }, index) => {
      if (typeof expected === 'number' || expected === 'no stream') {
        const first = expected === 'no stream' ? 0 : expected + 1;
        const stored = streams.get(stream)?.[first + index];
        return stored?.id === id ? stored : undefined;
      }
      const stored = recentIds.get(id);
      return stored?.stream === stream ? stored : undefined;
    });
    if (!earlier[0]) return undefined;
    return earlier.includes(undefined) ? 'partly' : earlier.at(-1);
  };

  // The server writes some events of its own before anybody else does.
  write('$$$scavenges', [
    {
      id: '00000000-0000-4000-8000-000000000001',
      type: '$metadata',
      contentType: 'application/json',
      data: Buffer.from('{"$maxAge":2592000}'),
      metadata: new Uint8Array(),
    },
  ]);

  return {
    events,
    stream: (name) => streams.get(name) ?? [],
    append: (stream, expected, proposed) => {
      const head = streams.get(stream)?.at(-1);
      const current = head?.revision;
      const refused: Outcome = { accepted: false, current };
      if (expected === 'stream exists' && !head) return refused;
      const atHead =
        expected === 'no stream' ? !head : typeof expected === 'number' ? expected === current : undefined;
      // At the head no ids are looked at: what was written before is written again.
      if (atHead !== true) {
        const earlier = recognised(stream, expected, proposed);
        if (earlier === 'partly') return refused;
        if (earlier) return { accepted: true, revision: earlier.revision, position: earlier.position };
        if (atHead === false) return refused;
      }
      const last = write(stream, proposed);
      return { accepted: true, revision: last?.revision, position: last?.position };
    },
    forgetIds: () => {
      recentIds = new Map();
    },
    setBack: (count) => {
      for (const { stream, position: lost } of events.splice(-count).reverse()) {
        streams.get(stream)?.pop();
        position = lost;
      }
    },
    grown: () => new Promise((resolve) => waiting.push(resolve)),
  };
};
