import { describe, expect, it } from '@jest/globals';
import { WrongExpectedRevision } from '../errors.js';
import type { ExpectedRevision } from '../port.js';
import { storeOf, type ContractHarness } from './harness.js';
import { contacts, newStream, openJourney, readToHead, refusalOf } from './journeys.js';

export const expectedRevisions = ({ open }: ContractHarness): void => {
  describe('expected revisions', () => {
    const store = storeOf(open);

    it.each<ExpectedRevision>(['none', 'any'])(
      'begins a stream that is expected to be at %s',
      async (expected) => {
        const { revision } = await store().append({ stream: newStream(), expected, events: contacts(1) });
        expect(revision).toBe(0);
      },
    );

    it.each<ExpectedRevision>(['any', 2])(
      'goes on with a stream at 2 that is expected to be at %s',
      async (expected) => {
        const stream = await openJourney(store(), 2);
        const { revision } = await store().append({ stream, expected, events: contacts(1) });
        expect(revision).toBe(3);
      },
    );

    it.each<ExpectedRevision>(['none', 0, 1, 3, 1_000_000, Number.MAX_SAFE_INTEGER])(
      'refuses to go on with a stream at 2 that is expected to be at %s',
      async (expected) => {
        const stream = await openJourney(store(), 2);
        const refusal = await refusalOf(store().append({ stream, expected, events: contacts(1) }));
        expect(refusal).toBeInstanceOf(WrongExpectedRevision);
        expect(refusal).toMatchObject({ stream, expected, actual: 2 });
      },
    );

    it.each<ExpectedRevision>([0, 5])(
      'refuses to begin a stream that is expected to be at %s',
      async (expected) => {
        const stream = newStream();
        const refusal = await refusalOf(store().append({ stream, expected, events: contacts(1) }));
        expect(refusal).toBeInstanceOf(WrongExpectedRevision);
        expect(refusal).toMatchObject({ stream, expected, actual: 'none' });
      },
    );

    it('says in words what was expected and what is there', async () => {
      const stream = await openJourney(store(), 2);
      const refusal = await refusalOf(store().append({ stream, expected: 1, events: contacts(1) }));
      expect(String(refusal)).toContain(stream);
      expect(String(refusal)).toMatch(/expected at revision 1 but is at 2/);
    });

    it('records nothing of what it refused', async () => {
      const prefix = newStream('refused-');
      const stream = `${prefix}-journey`;
      await store().append({ stream, expected: 'none', events: contacts(1) });
      await refusalOf(store().append({ stream, expected: 'none', events: contacts(3) }));
      await refusalOf(store().append({ stream: `${stream}2`, expected: 0, events: contacts(3) }));
      expect(await store().readStream(stream)).toHaveLength(1);
      expect(await store().readStream(`${stream}2`)).toEqual([]);
      expect(await readToHead(store(), { prefixes: [prefix] })).toHaveLength(1);
    });

    it('takes what it refused once the expectation is right', async () => {
      const stream = await openJourney(store());
      const events = contacts(2);
      await refusalOf(store().append({ stream, expected: 'none', events }));
      const { revision } = await store().append({ stream, expected: 0, events });
      expect(revision).toBe(2);
    });
  });
};
