import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WrongExpectedRevision } from '../errors.js';
import type { ExpectedRevision, NewEvent } from '../port.js';
import { storeOf, type ContractHarness } from './harness.js';
import { contacts, idsOf, newStream, readToHead } from './journeys.js';

interface Attempt {
  readonly journey: number;
  readonly expected: ExpectedRevision;
  readonly count: number;
}

const attempts = fc.array(
  fc.record<Attempt>({
    journey: fc.nat({ max: 2 }),
    expected: fc.oneof(fc.constantFrom<ExpectedRevision>('none', 'any'), fc.nat({ max: 8 })),
    count: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 1, maxLength: 25 },
);

export const model = ({ open }: ContractHarness): void => {
  describe('any sequence of appends', () => {
    const store = storeOf(open);

    it('has the effect that it has on a list', () =>
      fc.assert(
        fc.asyncProperty(attempts, async (sequence) => {
          const prefix = newStream('model-');
          const journeys = new Map<string, NewEvent[]>();
          const log: NewEvent[] = [];
          for (const { journey, expected, count } of sequence) {
            const stream = `${prefix}-${journey}`;
            const known = journeys.get(stream) ?? [];
            const actual = known.length === 0 ? 'none' : known.length - 1;
            const events = contacts(count);
            const answer = store().append({ stream, expected, events });
            if (expected === 'any' || expected === actual) {
              expect((await answer).revision).toBe(known.length + count - 1);
              journeys.set(stream, [...known, ...events]);
              log.push(...events);
            } else {
              await expect(answer).rejects.toMatchObject({ expected, actual });
            }
          }
          for (const [stream, events] of journeys)
            expect(idsOf(await store().readStream(stream))).toEqual(idsOf(events));
          expect(idsOf(await readToHead(store(), { prefixes: [prefix] }))).toEqual(idsOf(log));
        }),
        { numRuns: 40 },
      ));

    it('done all at the same time has the effect that it has in some order', () =>
      fc.assert(
        fc.asyncProperty(attempts, async (sequence) => {
          const prefix = newStream('model-');
          const done = await Promise.all(
            sequence.map(async ({ journey, expected, count }) => {
              const stream = `${prefix}-${journey}`;
              const events = contacts(count);
              const answer = await store()
                .append({ stream, expected, events })
                .catch((error: unknown) => error);
              return { stream, expected, events, answer };
            }),
          );
          const log = await readToHead(store(), { prefixes: [prefix] });
          const accepted = done.filter(({ answer }) => !(answer instanceof Error));
          expect(log).toHaveLength(accepted.reduce((sum, { events }) => sum + events.length, 0));
          for (const { stream, expected, events, answer } of done) {
            const recorded = log.filter(({ id }) => events.some((event) => event.id === id));
            if (answer instanceof Error) {
              expect(answer).toBeInstanceOf(WrongExpectedRevision);
              expect(recorded).toEqual([]);
            } else {
              const before = recorded[0]!.revision - 1;
              expect(idsOf(recorded)).toEqual(idsOf(events));
              expect(recorded.map(({ revision }) => revision)).toEqual(
                events.map((_, place) => before + 1 + place),
              );
              expect(recorded.every((event) => event.stream === stream)).toBe(true);
              expect(answer).toEqual({
                revision: before + events.length,
                position: recorded[events.length - 1]!.position,
              });
              if (expected !== 'any') expect(before).toBe(expected === 'none' ? -1 : expected);
            }
          }
        }),
        { numRuns: 40 },
      ));
  });
};
