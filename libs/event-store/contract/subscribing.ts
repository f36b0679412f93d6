import { describe, expect, it } from '@jest/globals';
import type { EventStore, LogBatch, Position, RecordedEvent } from '../port.js';
import { storeOf, type ContractHarness } from './harness.js';
import { contactRecorded, contacts, idsOf, newStream, take } from './journeys.js';

export const subscribing = ({ open }: ContractHarness): void => {
  describe('subscribing', () => {
    const store = storeOf(open);

    /** Runs with a signal that ends when the story does. */
    const listening = async (story: (signal: AbortSignal) => Promise<void>): Promise<void> => {
      const end = new AbortController();
      try {
        await story(end.signal);
      } finally {
        end.abort();
      }
    };

    it('brings what was recorded before and what is recorded from then on', () =>
      listening(async (signal) => {
        const stream = newStream();
        const events = contacts(6);
        await store().append({ stream, expected: 'none', events: events.slice(0, 3) });
        const batches = iterate(store().subscribe({ batchSize: 10, prefixes: [stream], signal }));
        const seen: RecordedEvent[] = [];
        while (seen.length < 3) seen.push(...(await nextOf(batches)).events);
        await store().append({ stream, expected: 2, events: events.slice(3) });
        while (seen.length < 6) seen.push(...(await nextOf(batches)).events);
        expect(idsOf(seen)).toEqual(idsOf(events));
      }));

    it('brings events as their stream has them', () =>
      listening(async (signal) => {
        const stream = newStream();
        await store().append({ stream, expected: 'none', events: contacts(3) });
        const seen = await take(store().subscribe({ batchSize: 2, prefixes: [stream], signal }), 3);
        expect(seen).toEqual(await store().readStream(stream));
      }));

    it('wakes whoever waits, for each event anew', () =>
      listening(async (signal) => {
        const stream = newStream();
        const after = await store().head();
        const batches = iterate(store().subscribe({ after, batchSize: 10, prefixes: [stream], signal }));
        for (let number = 0; number < 30; number++) {
          const waiting = nextWithEvents(batches);
          const event = contactRecorded(number);
          await store().append({ stream, expected: number === 0 ? 'none' : number - 1, events: [event] });
          expect(idsOf(await waiting)).toEqual([event.id]);
        }
      }));

    it('brings what another process recorded', () =>
      listening(async (signal) => {
        const elsewhere = await open();
        const stream = newStream();
        const after = await store().head();
        const seen = take(store().subscribe({ after, batchSize: 10, prefixes: [stream], signal }), 5);
        const events = contacts(5);
        for (const event of events) await elsewhere.append({ stream, expected: 'any', events: [event] });
        expect(idsOf(await seen)).toEqual(idsOf(events));
        await elsewhere.close();
      }));

    it('brings every event exactly once and in order, however many write and listen', () =>
      listening(async (signal) => {
        const [prefix, writers, rounds] = [newStream('crowd-'), 16, 40];
        const elsewhere = await open();
        const after = await store().head();
        const listeners = [store(), elsewhere, store()].map((listener, index) =>
          take(
            listener.subscribe({ after, batchSize: [1, 7, 500][index]!, prefixes: [prefix], signal }),
            writers * rounds * 2,
          ),
        );
        const write = async (through: EventStore, writer: number) => {
          for (let round = 0; round < rounds; round++)
            await through.append({ stream: `${prefix}-${writer}`, expected: 'any', events: contacts(2) });
        };
        await Promise.all(
          Array.from({ length: writers }, (_, writer) =>
            write(writer % 2 === 0 ? store() : elsewhere, writer),
          ),
        );
        const streams = await Promise.all(
          Array.from({ length: writers }, (_, writer) => store().readStream(`${prefix}-${writer}`)),
        );
        const recorded = streams.flat().sort((a, b) => store().compare(a.position, b.position));
        for (const seen of await Promise.all(listeners)) expect(idsOf(seen)).toEqual(idsOf(recorded));
        await elsewhere.close();
      }));

    it('goes on after a checkpoint without a gap or a double, whichever it was', () =>
      listening(async (signal) => {
        const stream = newStream();
        const events = contacts(20);
        const before = await store().head();
        await store().append({ stream, expected: 'none', events });
        const seen: RecordedEvent[] = [];
        let checkpoint: Position | undefined = before;
        while (seen.length < events.length) {
          const again = store().subscribe({ after: checkpoint, batchSize: 3, prefixes: [stream], signal });
          for await (const batch of again) {
            seen.push(...batch.events);
            checkpoint = batch.checkpoint;
            break;
          }
        }
        expect(idsOf(seen)).toEqual(idsOf(events));
      }));

    it('never brings more in one batch than was asked for', () =>
      listening(async (signal) => {
        const stream = newStream();
        await store().append({ stream, expected: 'none', events: contacts(50) });
        let seen = 0;
        for await (const { events } of store().subscribe({ batchSize: 4, prefixes: [stream], signal })) {
          expect(events.length).toBeLessThanOrEqual(4);
          seen += events.length;
          if (seen === 50) break;
        }
      }));

    it('moves the checkpoint past what the filter leaves out, so that waiting for a position ends', () =>
      listening(async (signal) => {
        const after = await store().head();
        const prefixes = [newStream('nobody-')];
        const batches = iterate(store().subscribe({ after, batchSize: 10, prefixes, signal }));
        let last = after;
        let next = nextOf(batches);
        for (let number = 0; number < 3; number++) {
          // Opening another store takes a while, in which nothing may be handed out a second time.
          const elsewhere = await open();
          const stream = newStream();
          const { position } = await elsewhere.append({ stream, expected: 'none', events: contacts(3) });
          await elsewhere.close();
          for (let reached = false; !reached; next = nextOf(batches)) {
            const { events, checkpoint } = await next;
            expect(events).toEqual([]);
            if (last !== undefined) expect(store().compare(checkpoint!, last)).toBeGreaterThan(0);
            reached = store().compare(checkpoint!, position) >= 0;
            last = checkpoint;
          }
        }
        next.catch(() => undefined);
      }));

    it('never moves the checkpoint back, and ends at the head', () =>
      listening(async (signal) => {
        const stream = newStream();
        const after = await store().head();
        await store().append({ stream, expected: 'none', events: contacts(20) });
        const { position } = (await store().readStream(stream))[19]!;
        let last = after;
        for await (const { events, checkpoint } of store().subscribe({ after, batchSize: 3, signal })) {
          if (last !== undefined) expect(store().compare(checkpoint!, last)).toBeGreaterThan(0);
          for (const event of events)
            expect(store().compare(event.position, checkpoint!)).toBeLessThanOrEqual(0);
          last = checkpoint;
          if (store().compare(checkpoint!, position) >= 0) break;
        }
      }));

    it('leaves each subscriber at its own pace', () =>
      listening(async (signal) => {
        const stream = newStream();
        const after = await store().head();
        const subscribe = () => store().subscribe({ after, batchSize: 1, prefixes: [stream], signal });
        const slow = iterate(subscribe());
        await store().append({ stream, expected: 'none', events: contacts(10) });
        const first = await nextWithEvents(slow);
        expect(await take(subscribe(), 10)).toHaveLength(10);
        expect(first).toHaveLength(1);
        expect((await nextWithEvents(slow)).map(({ revision }) => revision)).toEqual([1]);
      }));

    it('ends within a second when it is told to while it waits', async () => {
      const end = new AbortController();
      const after = await store().head();
      const prefixes = [newStream('nobody-')];
      const batches = iterate(store().subscribe({ after, batchSize: 10, prefixes, signal: end.signal }));
      const ended = endOf(batches);
      await store().append({ stream: newStream(), expected: 'none', events: contacts(1) });
      const start = performance.now();
      end.abort();
      await ended;
      expect(performance.now() - start).toBeLessThan(1_000);
    });

    it('ends when it is told to between two batches', async () => {
      const end = new AbortController();
      const stream = newStream();
      await store().append({ stream, expected: 'none', events: contacts(10) });
      const batches = store().subscribe({ batchSize: 1, prefixes: [stream], signal: end.signal });
      const seen = [];
      for await (const { events } of batches) {
        seen.push(...events);
        end.abort();
      }
      expect(seen.length).toBeLessThanOrEqual(1);
    });

    it('brings nothing when it is told to end before it began', async () => {
      for await (const batch of store().subscribe({ batchSize: 10, signal: AbortSignal.abort() }))
        throw new Error(`${batch.events.length} events came after the end`);
    });

    it.each([0, -1, 1.5, NaN])('refuses %s as the size of a batch', (batchSize) => {
      const { signal } = new AbortController();
      expect(() => store().subscribe({ batchSize, signal })).toThrow(RangeError);
    });
  });
};

const iterate = (batches: AsyncIterable<LogBatch, void>): AsyncIterator<LogBatch, void> =>
  batches[Symbol.asyncIterator]();

const nextOf = async (batches: AsyncIterator<LogBatch, void>): Promise<LogBatch> => {
  const next = await batches.next();
  if (next.done) throw new Error('The subscription ended');
  return next.value;
};

const nextWithEvents = async (batches: AsyncIterator<LogBatch, void>): Promise<readonly RecordedEvent[]> => {
  for (;;) {
    const { events } = await nextOf(batches);
    if (events.length > 0) return events;
  }
};

const endOf = async (batches: AsyncIterator<LogBatch, void>): Promise<void> => {
  while (!(await batches.next()).done);
};
