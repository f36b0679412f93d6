import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { everyEvent, everyEventInTurn } from '../../../test/support/every-event.js';
import { event } from '../../../test/support/journey-story.js';
import { recorded, withFields } from '../../../test/support/recorded.js';
import { withCorrections } from './corrections.js';
import { dueDates } from './due.js';
import { evolve, foldJourney } from './evolve.js';
import { noJourney } from './journey.js';
import type { VisibleEvent } from './journey.js';
import { phaseOf } from './view.js';

const oneOfEach = recorded(everyEventInTurn);

/** Any number of events in any order: what a store may hold after a fault, or another version wrote. */
const anySequence = fc
  .tuple(fc.boolean(), fc.array(fc.constantFrom(...oneOfEach), { maxLength: 40 }))
  .map(([openedFirst, events]) => (openedFirst ? [oneOfEach[0]!, ...events] : events));

const calendar = {
  addDays: (day: string) => day,
  addWorkingDays: (day: string) => day,
  dayOf: (instant: string) => instant.slice(0, 10),
};

describe('the fold of a journey', () => {
  it('cannot fail, in whatever order the events come', () => {
    fc.assert(
      fc.property(anySequence, (events) => {
        const journey = foldJourney(withCorrections(events));
        expect(journey.stage === 'none').toBe(!events.some(({ type }) => type === 'JourneyOpened'));
      }),
    );
  });

  it('cannot fail where any sealed field is missing, because the person was erased or the reader may not see it', () => {
    fc.assert(
      fc.property(anySequence, fc.func(fc.boolean()), (events, left) => {
        const sealedOrGone = events.map((event) =>
          withFields(event, (field, rule) => rule?.startsWith('plain') === true || left(event.type, field)),
        );
        const journey = foldJourney(withCorrections(sealedOrGone));
        if (journey.stage !== 'none') phaseOf(journey);
        expect(() => dueDates(journey, calendar)).not.toThrow();
      }),
    );
  });

  it('begins with the opening: what comes before it is nothing', () => {
    const [opening, ...later] = oneOfEach;
    expect(foldJourney(later)).toBe(noJourney);
    expect(foldJourney([...later, opening!])).toEqual(foldJourney([opening!]));
  });

  it('leaves an event of a later version of the program aside', () => {
    const [opening] = oneOfEach;
    const unknown = { ...opening, type: 'JourneyTeleported', data: {} } as unknown as VisibleEvent;
    const journey = foldJourney([opening!]);
    expect(evolve(journey, unknown)).toMatchObject({ stage: 'active', needs: [], goals: [] });
  });

  it('is the fold of its beginning, carried on: a past state is the same fold, stopped earlier', () => {
    fc.assert(
      fc.property(anySequence, fc.nat(40), (events, cut) => {
        const begun = foldJourney(events.slice(0, cut));
        expect(events.slice(cut).reduce(evolve, begun)).toEqual(foldJourney(events));
      }),
    );
  });

  it('changes no state that somebody else still holds', () => {
    fc.assert(
      fc.property(anySequence, (events) => {
        let journey = foldJourney([oneOfEach[0]!]);
        for (const event of events) {
          const before = structuredClone(journey);
          const next = evolve(journey, event);
          expect(journey).toEqual(before);
          journey = next;
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('what is known of a journey', () => {
  const story = (...types: readonly VisibleEvent['type'][]) =>
    foldJourney(oneOfEach.filter(({ type }) => type === 'JourneyOpened' || types.includes(type)));

  it('names where each entry comes from', () => {
    expect(story('NeedIdentified')).toMatchObject({
      needs: [
        {
          eventId: 'e0e0e0e0-0000-5000-8000-000000000003',
          recordedAt: '2026-03-03T08:03:00.000Z',
          recordedBy: { organisationId: 'kim-bergkamen', userId: 'bergkamen-cm' },
          status: 'open',
        },
      ],
    });
  });

  it('is what became of each thing', () => {
    expect(story('NeedIdentified', 'NeedResolved')).toMatchObject({
      needs: [
        { status: 'resolved', resolvedAt: '2026-03-03T08:17:00.000Z', note: 'Der Vermieter hat saniert.' },
      ],
    });
    expect(story('GoalAgreed', 'GoalReviewed')).toMatchObject({ goals: [{ status: 'partly' }] });
    expect(story('MeasurePlanned', 'MeasureCompleted')).toMatchObject({
      measures: [{ status: 'completed', note: 'Liegt vor.' }],
    });
    expect(story('ReferralMade', 'ReferralDeclined')).toMatchObject({
      referrals: [
        {
          status: 'declined',
          reason: 'no-capacity',
          note: 'Bitte vor Ostern.',
          lastStep: { occurredOn: '2026-03-03', note: 'Warteliste bis Mai.' },
        },
      ],
    });
    expect(story('ReferralMade', 'ReferralCompleted')).toMatchObject({
      referrals: [{ status: 'completed', outcome: 'attained' }],
    });
    expect(story('ConsentGiven', 'ConsentWithdrawn')).toMatchObject({
      consents: [{ withdrawal: { withdrawnOn: '2026-03-03', channel: 'letter' } }],
    });
    // Recorded once more by an office that was not told of it.
    const again = recorded([
      ...everyEventInTurn,
      event('ConsentWithdrawn', { ...everyEvent.ConsentWithdrawn, channel: 'phone' }),
    ]);
    expect(foldJourney(again)).toMatchObject({ consents: [{ withdrawal: { channel: 'letter' } }] });
    expect(story('LegalDomainEntered', 'LegalDomainLeft')).toMatchObject({
      legalDomains: [{ legalDomain: 'SGB_II', effectiveOn: '2026-01-01', endedOn: '2026-02-28' }],
    });
    expect(story('DataDisputed', 'DisputeResolved')).toMatchObject({
      disputes: [
        { eventId: 'e0e0e0e0-0000-5000-8000-000000000003', status: 'upheld', note: 'Foto gesehen.' },
      ],
    });
    expect(story('JourneyAssigned')).toMatchObject({ owner: { userId: 'bergkamen-cm2' } });
    expect(story('JourneyClosed')).toMatchObject({
      stage: 'closed',
      closure: { outcome: 'moved-away', closedAt: '2026-03-03T08:35:00.000Z' },
    });
  });
});
