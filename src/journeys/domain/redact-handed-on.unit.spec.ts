import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { everyEvent } from '../../../test/support/every-event.js';
import { event, journeyOpened } from '../../../test/support/journey-story.js';
import { caseManager, immigrationWorker, jobCentreWorker } from '../../../test/support/office.js';
import { entry, recorded } from '../../../test/support/recorded.js';
import type { DataCategory } from './codes.js';
import { withCorrections } from './corrections.js';
import type { Actor } from './decision.js';
import type { JourneyEvent } from './events.js';
import { foldJourney } from './evolve.js';
import { grantsTo, ownersGrants, recordFor } from './grants.js';
import type { VisibleEvent } from './journey.js';
import { redact } from './redact.js';

const today = '2026-03-10';
const workers = [caseManager, jobCentreWorker, immigrationWorker] as const;
const packed: readonly DataCategory[] = ['needs', 'health', 'notes', 'benefits'];

interface Choice {
  readonly what: 'need' | 'correction' | 'dispute' | 'handover';
  readonly pick: number;
  readonly field: 'fieldOfAction' | 'urgency' | 'description';
  readonly yes: boolean;
  readonly categories: readonly DataCategory[];
}

const choices = fc.array(
  fc.record<Choice>({
    what: fc.constantFrom('need', 'need', 'correction', 'correction', 'correction', 'dispute', 'handover'),
    pick: fc.nat(1_000),
    field: fc.constantFrom('fieldOfAction', 'urgency', 'description'),
    yes: fc.boolean(),
    categories: fc.subarray([...packed]),
  }),
  { minLength: 4, maxLength: 20 },
);

const seenBy = (events: readonly VisibleEvent[], { organisationId }: Actor): readonly VisibleEvent[] => {
  const granted = grantsTo(organisationId, foldJourney(events), today);
  return redact(withCorrections(recordFor(events, granted, organisationId)), granted, organisationId);
};

/** A journey that changes hands, each owner doing what it can with the needs that it sees. */
const played = (made: readonly Choice[]): { readonly events: readonly VisibleEvent[]; owner: Actor } => {
  const steps: (readonly [Actor, JourneyEvent])[] = [[caseManager, journeyOpened]];
  let owner: Actor = caseManager;
  const events = () =>
    recorded(steps.map(([, one]) => one)).map((one, index) => ({ ...one, recordedBy: steps[index]![0] }));
  for (const { what, pick, field, yes, categories } of made) {
    const add = (one: JourneyEvent, by = owner) => steps.push([by, one]);
    const id = `${what}-${steps.length}`;
    const fieldOfAction = yes ? 'housing' : 'health-care';
    const urgency = yes ? 'low' : 'high';
    if (what === 'need') {
      add(event('NeedIdentified', { needId: id, fieldOfAction, urgency, description: id }));
    } else if (what === 'handover') {
      const others = workers.filter((worker) => worker !== owner);
      const to = others[pick % others.length]!;
      add(
        event('HandoverProposed', {
          ...everyEvent.HandoverProposed,
          handoverId: id,
          toOrganisationId: to.organisationId,
          packageCategories: categories,
          basis: { type: 'statute', rule: 'none' },
        }),
      );
      add(event('HandoverApproved', { handoverId: id }));
      add(event('HandoverAccepted', { handoverId: id, owner: to, packageHash: '' }), to);
      owner = to;
    } else {
      const needs = seenBy(events(), owner).filter(({ type }) => type === 'NeedIdentified');
      if (needs.length === 0) continue;
      const { eventId } = needs[pick % needs.length]!;
      const replacement = { [field]: { fieldOfAction, urgency, description: id }[field] };
      add(
        what === 'dispute'
          ? event('DataDisputed', { disputeId: id, eventId, statement: id })
          : event('DataCorrected', { eventId, replacement }),
      );
    }
  }
  return { events: events(), owner };
};

const valuesOf = (one: VisibleEvent | undefined): Readonly<Record<string, unknown>> =>
  one?.type === 'NeedIdentified' ? { ...one.data } : {};

describe('a journey that changed hands again and again', () => {
  const holds = (check: (events: readonly VisibleEvent[], owner: Actor) => void): void => {
    fc.assert(
      fc.property(choices, (made) => {
        const { events, owner } = played(made);
        check(events, owner);
      }),
      { numRuns: 1_500 },
    );
  };

  it('is passed on as its owner sees it, or not at all', () => {
    holds((events, owner) => {
      const all = withCorrections(events);
      const journey = foldJourney(all);
      if (journey.stage === 'none') throw new Error('there is a journey');
      const records = { among: ownersGrants(journey) };
      const offer = [{ reason: 'package', from: today, categories: packed, records }] as const;
      const seen = new Map(seenBy(events, owner).map((one) => [one.eventId, one]));
      for (const passedOn of redact(all, offer, 'another-office')) {
        if (passedOn.type !== 'NeedIdentified') continue;
        expect(valuesOf(seen.get(passedOn.eventId))).toMatchObject(valuesOf(passedOn));
      }
    });
  });

  it('is read as far as a reader reads it whatever others record there later', () => {
    holds((events) => {
      for (const worker of workers) {
        const { organisationId } = worker;
        const granted = grantsTo(organisationId, foldJourney(events), today);
        const whole = redact(withCorrections(events), granted, organisationId).map(({ eventId }) => eventId);
        expect(whole).toEqual(expect.arrayContaining(seenBy(events, worker).map(({ eventId }) => eventId)));
      }
    });
  });

  it('shows whoever corrected something that they did, as long as it is theirs to read', () => {
    holds((events) => {
      for (const worker of workers) {
        const seen = new Set(seenBy(events, worker).map(({ eventId }) => eventId));
        const kept = recordFor(
          events,
          grantsTo(worker.organisationId, foldJourney(events), today),
          worker.organisationId,
        );
        for (const one of kept)
          if (one.type === 'DataCorrected' && one.recordedBy.organisationId === worker.organisationId)
            expect([...seen]).toContain(one.eventId);
      }
    });
  });
});

describe('what an owner corrected', () => {
  const steps: (readonly [Actor, JourneyEvent])[] = [
    [caseManager, journeyOpened],
    [caseManager, event('NeedIdentified', { needId: 'need', fieldOfAction: 'housing', urgency: 'high' })],
  ];
  it('stands so for a former owner who had corrected it, too, when the next one corrects it again', () => {
    const handedOn = (from: Actor, to: Actor, handoverId: string) =>
      [
        [
          from,
          event('HandoverProposed', {
            ...everyEvent.HandoverProposed,
            handoverId,
            toOrganisationId: to.organisationId,
            packageCategories: ['needs'],
            basis: { type: 'statute', rule: 'none' },
          }),
        ],
        [from, event('HandoverApproved', { handoverId })],
        [to, event('HandoverAccepted', { handoverId, owner: to, packageHash: '' })],
      ] as const;
    const corrected = (by: Actor, urgency: string) =>
      [by, event('DataCorrected', { eventId: entry(1), replacement: { urgency } })] as const;
    const before = [
      ...steps,
      ...handedOn(caseManager, jobCentreWorker, 'first'),
      corrected(jobCentreWorker, 'medium'),
      ...handedOn(jobCentreWorker, immigrationWorker, 'second'),
    ];
    const needSeen = (all: typeof before) => {
      const events = recorded(all.map(([, one]) => one)).map((one, index) => ({
        ...one,
        recordedBy: all[index]![0],
      }));
      const { organisationId } = jobCentreWorker;
      const granted = grantsTo(organisationId, foldJourney(events), today);
      const seen = redact(withCorrections(events), granted, organisationId);
      return seen.find(({ type }) => type === 'NeedIdentified');
    };
    expect(needSeen(before)?.data).toMatchObject({ urgency: 'medium' });
    expect(needSeen([...before, corrected(immigrationWorker, 'low')])).toEqual(needSeen(before));
  });
});
