import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { storeOf, type ContractHarness } from './harness.js';
import { contacts, idsOf, newStream, openJourney } from './journeys.js';

export const readingStreams = ({ open }: ContractHarness): void => {
  describe('reading a stream', () => {
    const store = storeOf(open);

    it('gives nothing when there is no such stream', async () => {
      expect(await store().readStream(newStream())).toEqual([]);
    });

    it.each(['', 'journey\0', 'journey\ud800', 'j'.repeat(300)])(
      'gives nothing for a name that no stream can have',
      async (name) => {
        expect(await store().readStream(name)).toEqual([]);
      },
    );

    it('gives any part of it, first and last revision included', async () => {
      const stream = newStream();
      const events = contacts(12);
      await store().append({ stream, expected: 'none', events: events.slice(0, 5) });
      await store().append({ stream, expected: 4, events: events.slice(5) });
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: 15 }), fc.nat({ max: 15 }), async (from, to) => {
          const part = await store().readStream(stream, { from, to });
          expect(idsOf(part)).toEqual(idsOf(events.slice(from, to + 1)));
          expect(part.map(({ revision }) => revision)).toEqual(part.map((_, index) => from + index));
        }),
        { numRuns: 60 },
      );
      expect(idsOf(await store().readStream(stream, { from: 7 }))).toEqual(idsOf(events.slice(7)));
      expect(idsOf(await store().readStream(stream, { to: 7 }))).toEqual(idsOf(events.slice(0, 8)));
      expect(await store().readStream(stream, { to: Number.MAX_SAFE_INTEGER })).toHaveLength(12);
      expect(await store().readStream(stream, { from: Number.MAX_SAFE_INTEGER })).toEqual([]);
    });

    it.each([-1, 1.5, NaN])('refuses %s as a revision', async (revision) => {
      const stream = await openJourney(store());
      await expect(store().readStream(stream, { from: revision })).rejects.toThrow(RangeError);
      await expect(store().readStream(stream, { to: revision })).rejects.toThrow(RangeError);
    });

    it('shows an append to whoever knows that it succeeded', async () => {
      const elsewhere = await open();
      const stream = newStream();
      for (let length = 1; length <= 20; length++) {
        await store().append({ stream, expected: length === 1 ? 'none' : length - 2, events: contacts(1) });
        const [here, there] = await Promise.all([store().readStream(stream), elsewhere.readStream(stream)]);
        expect([here.length, there.length]).toEqual([length, length]);
      }
      await elsewhere.close();
    });

    it('answers each of many readers with what it asked for', async () => {
      const streams = await Promise.all(
        Array.from({ length: 150 }, (_, index) => openJourney(store(), index % 7)),
      );
      const asked = [...streams, newStream(), ...streams];
      const answers = await Promise.all(asked.map((stream) => store().readStream(stream, { from: 1 })));
      answers.forEach((events, index) => {
        expect(events.map(({ stream }) => stream)).toEqual(events.map(() => asked[index]));
        expect(events).toHaveLength(index === 150 ? 0 : (index > 150 ? index - 151 : index) % 7);
      });
    });

    it('gives a very long stream in order', async () => {
      const stream = newStream();
      for (let hundreds = 0; hundreds < 30; hundreds++)
        await store().append({ stream, expected: 'any', events: contacts(100) });
      const revisions = (await store().readStream(stream)).map(({ revision }) => revision);
      expect(revisions).toEqual(Array.from({ length: 3_000 }, (_, revision) => revision));
    });
  });
};
