import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import type { JsonObject } from '../port.js';
import { storeOf, type ContractHarness } from './harness.js';
import {
  contactRecorded,
  contacts,
  happened,
  idsOf,
  journeyOpened,
  newStream,
  openJourney,
} from './journeys.js';

export const appending = ({ open }: ContractHarness): void => {
  describe('appending', () => {
    const store = storeOf(open);

    it('gives the first event of a journey revision 0', async () => {
      const stream = newStream();
      const appended = await store().append({ stream, expected: 'none', events: [journeyOpened()] });
      expect(appended.revision).toBe(0);
    });

    it('names the revision and position of the last event of the append', async () => {
      const stream = newStream();
      const appended = await store().append({ stream, expected: 'none', events: contacts(3) });
      const recorded = await store().readStream(stream);
      expect(recorded.map(({ revision }) => revision)).toEqual([0, 1, 2]);
      expect(appended).toEqual({ revision: 2, position: recorded[2]!.position });
    });

    it('goes on from the last revision', async () => {
      const stream = await openJourney(store(), 2);
      const appended = await store().append({ stream, expected: 2, events: contacts(2) });
      expect(appended.revision).toBe(4);
    });

    it('gives back everything that was recorded', async () => {
      const stream = newStream();
      const event = journeyOpened();
      const { position } = await store().append({ stream, expected: 'none', events: [event] });
      expect(await store().readStream(stream)).toEqual([{ ...event, stream, revision: 0, position }]);
    });

    it('gives back any JSON with the same canonical bytes', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(jsonObject, { minLength: 1, maxLength: 5 }), async (objects) => {
          const stream = newStream();
          const events = objects.map((object) => ({
            ...happened('NeedIdentified', object),
            metadata: { about: object },
          }));
          await store().append({ stream, expected: 'none', events });
          const recorded = await store().readStream(stream);
          expect(recorded.map(({ data, metadata }) => canonicalize([data, metadata]))).toEqual(
            events.map(({ data, metadata }) => canonicalize([data, metadata])),
          );
        }),
        { numRuns: 100 },
      );
    });

    it.each([
      ['names in several scripts', { names: ['Çelik', 'Олександр', 'محمد', 'Nguyễn', '李小龍'] }],
      ['letters built from parts', { composed: 'é', decomposed: 'e\u0301' }],
      ['pictures beyond the basic plane', { note: '👩‍👩‍👧 🏠' }],
      ['line breaks, tabs and quotes', { note: 'first\r\n\t"second" \\ \u2028 \u0007' }],
      ['what looks like an escape but is text', { note: '\\u0000 \\ud800 %00 {"a":1}' }],
      ['numbers at the edge', { numbers: [0.1 + 0.2, 5e-324, 1.7976931348623157e308, 2 ** 53 - 1, -0] }],
      ['keys in another order than the alphabet', { b: 1, a: { z: [], y: {} }, '': null, '10': 1, '9': 2 }],
      ['empty objects', {}],
      ['names that JavaScript knows', JSON.parse('{"__proto__":1,"constructor":2,"toJSON":3}') as JsonObject],
    ])('keeps %s', async (_, data) => {
      const stream = newStream();
      await store().append({ stream, expected: 'none', events: [happened('ContactRecorded', data)] });
      const [recorded] = await store().readStream(stream);
      expect(canonicalize(recorded!.data)).toBe(canonicalize(data));
    });

    it('keeps event types as they are', async () => {
      const stream = newStream();
      const events = ['JourneyOpened', 'journey.opened:v2', 'Fall eröffnet "neu"'].map((type) =>
        happened(type),
      );
      await store().append({ stream, expected: 'none', events });
      expect((await store().readStream(stream)).map(({ type }) => type)).toEqual(
        events.map(({ type }) => type),
      );
    });

    it.each(['journey', 'Journey', 'journey_', 'journey%', "o'journey", 'journey\\', 'journey-ü-🏠'])(
      'keeps a stream called %s… apart from all others',
      async (start) => {
        const stream = newStream(start);
        const [first, second] = contacts(2) as [
          ReturnType<typeof contactRecorded>,
          ReturnType<typeof contactRecorded>,
        ];
        await store().append({ stream, expected: 'none', events: [first] });
        await store().append({ stream: `${stream}0`, expected: 'none', events: [second] });
        await store().append({ stream: stream.toUpperCase(), expected: 'none', events: contacts(1) });
        expect(idsOf(await store().readStream(stream))).toEqual([first.id]);
        expect(idsOf(await store().readStream(`${stream}0`))).toEqual([second.id]);
      },
    );

    it('records all events of an append or none, whoever looks and whenever', async () => {
      const stream = newStream();
      const rounds = 20;
      let writing = true;
      const write = async () => {
        for (let round = 0; round < rounds; round++)
          await store().append({ stream, expected: 'any', events: contacts(5) });
        writing = false;
      };
      const sizes: number[] = [];
      const look = async () => {
        while (writing) sizes.push((await store().readStream(stream)).length);
      };
      await Promise.all([write(), look(), look()]);
      expect(sizes.filter((size) => size % 5 !== 0)).toEqual([]);
      expect(await store().readStream(stream)).toHaveLength(rounds * 5);
    });

    it('takes appends to many journeys at the same time', async () => {
      const streams = Array.from({ length: 100 }, () => newStream());
      const events = streams.map(() => contactRecorded());
      const appended = await Promise.all(
        streams.map((stream, index) =>
          store().append({ stream, expected: 'none', events: [events[index]!] }),
        ),
      );
      expect(appended.map(({ revision }) => revision)).toEqual(streams.map(() => 0));
      expect(new Set(appended.map(({ position }) => position)).size).toBe(streams.length);
      const recorded = await Promise.all(streams.map((stream) => store().readStream(stream)));
      expect(recorded.map(idsOf)).toEqual(events.map(({ id }) => [id]));
    });

    it('lets exactly one of many have the next revision', async () => {
      const stream = await openJourney(store());
      const answers = await Promise.allSettled(
        contacts(30).map((event) => store().append({ stream, expected: 0, events: [event] })),
      );
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await store().readStream(stream)).toHaveLength(2);
    });

    it('takes all of many that expect nothing, each at a revision of its own', async () => {
      const stream = newStream();
      const answers = await Promise.all(
        contacts(30).map((event) => store().append({ stream, expected: 'any', events: [event] })),
      );
      const revisions = answers.map(({ revision }) => revision).sort((a, b) => a - b);
      expect(revisions).toEqual(revisions.map((_, index) => index));
      expect(await store().readStream(stream)).toHaveLength(30);
    });

    it('accepts and refuses each of many appends on its own', async () => {
      const [closed, running, fresh] = [await openJourney(store()), await openJourney(store()), newStream()];
      const answers = await Promise.allSettled([
        store().append({ stream: closed, expected: 7, events: contacts(1) }),
        store().append({ stream: running, expected: 0, events: contacts(2) }),
        store().append({ stream: newStream(), expected: 'none', events: [] }),
        store().append({ stream: fresh, expected: 'none', events: contacts(3) }),
        store().append({ stream: newStream(), expected: 0, events: contacts(1) }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([
        'rejected',
        'fulfilled',
        'rejected',
        'fulfilled',
        'rejected',
      ]);
      expect(await store().readStream(closed)).toHaveLength(1);
      expect(await store().readStream(running)).toHaveLength(3);
      expect(await store().readStream(fresh)).toHaveLength(3);
    });

    it('takes a large event', async () => {
      const stream = newStream();
      const event = happened('StoryRecorded', { text: 'Ankommen in Kamen. '.repeat(50_000) });
      await store().append({ stream, expected: 'none', events: [event] });
      expect((await store().readStream(stream))[0]!.data).toEqual(event.data);
    });

    it('takes many events at once', async () => {
      const stream = newStream();
      const events = contacts(1_000);
      const { revision } = await store().append({ stream, expected: 'none', events });
      expect(revision).toBe(999);
      expect(idsOf(await store().readStream(stream))).toEqual(idsOf(events));
    });
  });
};

const storableText = fc.string({ unit: 'grapheme' }).filter((text) => !/\0|\p{Surrogate}/u.test(text));

const jsonObject: fc.Arbitrary<JsonObject> = fc.letrec<{ json: JsonObject[string]; object: JsonObject }>(
  (tie) => ({
    json: fc.oneof(
      { depthSize: 'small' },
      fc.constant(null),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      storableText,
      fc.array(tie('json'), { maxLength: 4 }),
      tie('object'),
    ),
    object: fc.dictionary(storableText, tie('json'), { maxKeys: 4, noNullPrototype: true }),
  }),
).object;
