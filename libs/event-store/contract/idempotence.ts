import { describe, expect, it } from '@jest/globals';
import { WrongExpectedRevision } from '../errors.js';
import type { ExpectedRevision } from '../port.js';
import { storeOf, type ContractHarness } from './harness.js';
import {
  contactRecorded,
  contacts,
  happened,
  idsOf,
  newStream,
  openJourney,
  readToHead,
  refusalOf,
} from './journeys.js';

export const idempotence = ({ open }: ContractHarness): void => {
  describe('sending an append again, unchanged,', () => {
    const store = storeOf(open);

    it.each<[string, number, ExpectedRevision]>([
      ['that began a stream', 0, 'none'],
      ['that went on with a stream', 3, 2],
      ['that began a stream and expected nothing', 0, 'any'],
      ['that went on with a stream and expected nothing', 3, 'any'],
    ])('%s succeeds with the first answer and records nothing', async (_, before, expected) => {
      const stream = before === 0 ? newStream() : await openJourney(store(), before - 1);
      const events = contacts(2);
      const first = await store().append({ stream, expected, events });
      const second = await store().append({ stream, expected, events });
      expect(second).toEqual(first);
      expect(await store().readStream(stream)).toHaveLength(before + 2);
    });

    it('succeeds also when the stream has gone on since', async () => {
      const stream = await openJourney(store());
      const events = contacts(3);
      const first = await store().append({ stream, expected: 0, events });
      await store().append({ stream, expected: 3, events: contacts(2) });
      expect(await store().append({ stream, expected: 0, events })).toEqual(first);
      expect(await store().readStream(stream)).toHaveLength(6);
    });

    it('adds nothing to the log', async () => {
      const stream = newStream();
      const events = contacts(2);
      for (let times = 0; times < 5; times++) await store().append({ stream, expected: 'none', events });
      expect(idsOf(await readToHead(store(), { prefixes: [stream] }))).toEqual(idsOf(events));
    });

    it('happens once when fifty send it at the same moment', async () => {
      const stream = await openJourney(store());
      const events = contacts(2);
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => store().append({ stream, expected: 0, events })),
      );
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(idsOf((await store().readStream(stream)).slice(1))).toEqual(idsOf(events));
    });

    it('leaves in place what was recorded the first time', async () => {
      const stream = newStream();
      const event = happened('ContactRecorded', { note: 'first' });
      await store().append({ stream, expected: 'none', events: [event] });
      await store().append({ stream, expected: 'none', events: [{ ...event, data: { note: 'second' } }] });
      expect((await store().readStream(stream)).map(({ data }) => data)).toEqual([{ note: 'first' }]);
    });

    it('is refused with another expectation than the first time', async () => {
      const stream = await openJourney(store(), 2);
      const events = contacts(2);
      await store().append({ stream, expected: 2, events });
      await store().append({ stream, expected: 4, events: contacts(1) });
      for (const expected of ['none', 1, 3, 9] as const) {
        const refusal = await refusalOf(store().append({ stream, expected, events }));
        expect(refusal).toBeInstanceOf(WrongExpectedRevision);
        expect(refusal).toMatchObject({ expected, actual: 5 });
      }
      expect(await store().readStream(stream)).toHaveLength(6);
    });

    it('is refused where the stream has got to by now, also by a store that never saw it', async () => {
      const elsewhere = await open();
      const stream = await openJourney(store(), 1);
      const events = contacts(2);
      await store().append({ stream, expected: 1, events });
      for (const through of [store(), elsewhere]) {
        const refusal = await refusalOf(through.append({ stream, expected: 3, events }));
        expect(refusal).toBeInstanceOf(WrongExpectedRevision);
        expect(refusal).toMatchObject({ expected: 3, actual: 3 });
      }
      expect(await store().readStream(stream)).toHaveLength(4);
      await elsewhere.close();
    });

    it.each<ExpectedRevision>(['none', 'any'])(
      'is refused when new events were added to it (expected: %s)',
      async (expected) => {
        const stream = newStream();
        const earlier = contactRecorded();
        await store().append({ stream, expected, events: [earlier] });
        const refusal = await refusalOf(
          store().append({ stream, expected, events: [earlier, contactRecorded()] }),
        );
        expect(refusal).toBeInstanceOf(WrongExpectedRevision);
        expect(await store().readStream(stream)).toHaveLength(1);
      },
    );

    it('is refused when its events come in another order', async () => {
      const stream = newStream();
      const events = contacts(3);
      await store().append({ stream, expected: 'none', events });
      const refusal = await refusalOf(
        store().append({ stream, expected: 'none', events: [...events].reverse() }),
      );
      expect(refusal).toBeInstanceOf(WrongExpectedRevision);
      expect(idsOf(await store().readStream(stream))).toEqual(idsOf(events));
    });
  });
};
