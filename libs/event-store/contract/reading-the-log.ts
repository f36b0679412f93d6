import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventStore } from '../port.js';
import { storeOf, type ContractHarness } from './harness.js';
import { contactRecorded, contacts, happened, idsOf, newStream, readToHead } from './journeys.js';

export const readingTheLog = ({ open, openOtherLog }: ContractHarness): void => {
  describe('reading the log', () => {
    const store = storeOf(open);

    it('gives the events of all streams in the order in which they were recorded', async () => {
      const prefix = newStream('office-');
      const events = await recordInTurn(store(), [`${prefix}-a`, `${prefix}-b`, `${prefix}-c`], 4);
      expect(idsOf(await readToHead(store(), { prefixes: [prefix] }))).toEqual(idsOf(events));
    });

    it('gives each event as its stream does', async () => {
      const stream = newStream();
      await store().append({ stream, expected: 'none', events: contacts(5) });
      expect(await readToHead(store(), { prefixes: [stream] })).toEqual(await store().readStream(stream));
    });

    it('gives the same whatever the size of the batches', async () => {
      const prefix = newStream('office-');
      const before = await store().head();
      const events = await recordInTurn(store(), [`${prefix}-a`, `${prefix}-b`], 10);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 25 }), async (limit) => {
          expect(idsOf(await readToHead(store(), { after: before, prefixes: [prefix], limit }))).toEqual(
            idsOf(events),
          );
        }),
        { numRuns: 15 },
      );
    });

    it('never gives more than was asked for, and goes on after the checkpoint', async () => {
      const stream = newStream();
      const before = await store().head();
      await store().append({ stream, expected: 'none', events: contacts(5) });
      const first = await store().readLog({ after: before, limit: 2, prefixes: [stream] });
      const second = await store().readLog({ after: first.checkpoint, limit: 2, prefixes: [stream] });
      const revisions = [...first.events, ...second.events].map(({ revision }) => revision);
      expect(revisions).toEqual([0, 1, 2, 3]);
      expect(first.atHead).toBe(false);
    });

    it('goes on after any event, exclusive', async () => {
      const stream = newStream();
      await store().append({ stream, expected: 'none', events: contacts(5) });
      const recorded = await store().readStream(stream);
      for (const { position, revision } of recorded) {
        const rest = await readToHead(store(), { after: position, prefixes: [stream] });
        expect(rest.map((event) => event.revision)).toEqual([0, 1, 2, 3, 4].slice(revision + 1));
      }
    });

    it('gives everything without a filter and with an empty one', async () => {
      const before = await store().head();
      const events = await recordInTurn(store(), [newStream('client-'), newStream('journey-')], 2);
      const unfiltered = await readToHead(store(), { after: before });
      const emptyFilter = await readToHead(store(), { after: before, prefixes: [] });
      const emptyPrefix = await readToHead(store(), { after: before, prefixes: [''] });
      for (const found of [unfiltered, emptyFilter, emptyPrefix])
        expect(idsOf(found)).toEqual(expect.arrayContaining(idsOf(events)));
    });

    it('gives what starts with one of several prefixes, and gives it once', async () => {
      const [house, street] = [newStream('house-'), newStream('street-')];
      const events = await recordInTurn(store(), [`${house}-a`, `${house}-b`, `${street}-a`], 2);
      const found = async (...prefixes: string[]) => (await readToHead(store(), { prefixes })).length;
      expect(await found(house)).toBe(4);
      expect(await found(house, street)).toBe(6);
      expect(await found(house, `${house}-a`, house)).toBe(4);
      expect(await found(`${house}-a`, `${street}-b`)).toBe(2);
      expect(await found(newStream('nobody-'))).toBe(0);
      expect(events).toHaveLength(6);
    });

    it.each(['%', '_', '\\', '.*', "'", '[', '(', 'ü', '🏠'])(
      'takes %s in a prefix for nothing but itself',
      async (sign) => {
        const start = newStream('sign-');
        await store().append({ stream: `${start}${sign}journey`, expected: 'none', events: contacts(1) });
        await store().append({ stream: `${start}-xjourney`, expected: 'none', events: contacts(1) });
        const found = await readToHead(store(), { prefixes: [`${start}${sign}`] });
        expect(found.map(({ stream }) => stream)).toEqual([`${start}${sign}journey`]);
      },
    );

    it('tells a capital from a small letter in a prefix', async () => {
      const stream = newStream('Journey-');
      await store().append({ stream, expected: 'none', events: contacts(1) });
      expect(await readToHead(store(), { prefixes: [stream.toLowerCase()] })).toEqual([]);
    });

    it('moves the checkpoint past what the filter leaves out', async () => {
      const before = await store().head();
      const { position } = await store().append({
        stream: newStream(),
        expected: 'none',
        events: contacts(3),
      });
      for (let checkpoint = before; ;) {
        const batch = await store().readLog({
          after: checkpoint,
          limit: 10,
          prefixes: [newStream('nobody-')],
        });
        checkpoint = batch.checkpoint;
        expect(batch.events).toEqual([]);
        if (!batch.atHead) continue;
        expect(store().compare(checkpoint!, position)).toBeGreaterThanOrEqual(0);
        break;
      }
    });

    it('gives large events, few at a time if it must', async () => {
      const stream = newStream();
      const text = 'x'.repeat(900_000);
      for (let count = 0; count < 12; count++)
        await store().append({
          stream,
          expected: 'any',
          events: [happened('StoryRecorded', { count, text })],
        });
      const found = await readToHead(store(), { prefixes: [stream], limit: 100 });
      expect(found.map(({ data }) => data['count'])).toEqual(Array.from({ length: 12 }, (_, count) => count));
    });

    it.each([0, -1, 1.5, NaN])('refuses %s as the size of a batch', async (limit) => {
      await expect(store().readLog({ limit })).rejects.toThrow(RangeError);
    });

    if (openOtherLog) {
      it('finds an empty log empty, and then its first event', async () => {
        const empty = await openOtherLog();
        expect(await empty.head()).toBeUndefined();
        expect(await empty.readLog({ limit: 10 })).toEqual({
          events: [],
          checkpoint: undefined,
          atHead: true,
        });
        const event = contactRecorded();
        const { position } = await empty.append({ stream: newStream(), expected: 'none', events: [event] });
        expect(await empty.head()).toBe(position);
        const batch = await empty.readLog({ limit: 10 });
        expect(idsOf(batch.events)).toEqual([event.id]);
        expect(batch).toMatchObject({ checkpoint: position, atHead: true });
        await empty.close();
      });
    }
  });
};

const recordInTurn = async (store: EventStore, streams: readonly string[], rounds: number) => {
  const recorded = [];
  for (let round = 0; round < rounds; round++)
    for (const stream of streams) {
      const event = contactRecorded(round);
      await store.append({ stream, expected: round === 0 ? 'none' : round - 1, events: [event] });
      recorded.push(event);
    }
  return recorded;
};
