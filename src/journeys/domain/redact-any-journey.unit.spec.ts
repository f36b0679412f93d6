import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  anyJourney,
  canary,
  categoryOfNeed,
  categoryOfPotential,
  consentsNaming,
  thirdOffice,
} from '../../../test/support/any-journey.js';
import { jobCentre, jobCentreWorker } from '../../../test/support/office.js';
import { recorded } from '../../../test/support/recorded.js';
import { dataCategories } from './codes.js';
import type { DataCategory, FieldOfAction, PotentialKind } from './codes.js';
import { withCorrections } from './corrections.js';
import { foldJourney } from './evolve.js';
import { journeyFields } from './field-table.js';
import { grants } from './grants.js';
import type { Grant } from './grants.js';
import type { VisibleEvent } from './journey.js';
import { redact } from './redact.js';

describe('whatever a journey holds', () => {
  const anyCase = fc.record({
    journey: anyJourney(jobCentre),
    categories: fc.subarray([...dataCategories]),
    ownReferrals: fc.boolean(),
  });

  /** The case as the record, its grants, and what category a canary turns out to be of. */
  const prepare = ({ journey, categories, ownReferrals }: CaseOf<typeof anyCase>) => {
    const events = recorded(journey.events);
    const own = ownReferrals
      ? [...journey.referrals].filter(([, { to, mode }]) => to === jobCentre && mode === 'live')
      : [];
    const granted: readonly Grant[] = [
      byConsent(categories),
      ...own.map(([basis]) => ({ reason: 'referral', basis, from: '2026-03-02', categories: [] }) as const),
    ];
    return { events, granted, settle: settlerOf(withCorrections(events)) };
  };

  const leaksOf = (
    output: unknown,
    allowed: ReadonlySet<DataCategory | 'process'>,
    settle: ReturnType<typeof settlerOf>,
  ): readonly string[] =>
    [...JSON.stringify(output).matchAll(canary)]
      .filter(([, category, of]) => !allowed.has(settle(category!, of)))
      .map(([found]) => found);

  it('no value of a category survives that is not granted, in the events or in the fold', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { events, granted, settle } = prepare(given);
        const visible = redact(withCorrections(events), granted, jobCentre);
        // Of a referral that it is to answer the reader sees the plan's fields.
        const own = new Set(granted.flatMap(({ reason, basis }) => (reason === 'referral' ? [basis] : [])));
        const plainly = visible.filter((e) => !('referralId' in e.data && own.has(e.data.referralId)));
        const allowed = new Set<DataCategory | 'process'>(['process', ...given.categories]);
        expect(leaksOf(plainly, allowed, settle)).toEqual([]);
        expect(leaksOf(visible, new Set([...allowed, 'plan']), settle)).toEqual([]);
        expect(leaksOf(foldJourney(visible), new Set([...allowed, 'plan']), settle)).toEqual([]);
        for (const code of settlingCodesIn(visible, events)) expect(allowed).toContain(code);
      }),
      { numRuns: 500 },
    );
  });

  it('no third organisation comes to light', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { events, granted } = prepare(given);
        const visible = redact(withCorrections(events), granted, jobCentre);
        expect(JSON.stringify([visible, foldJourney(visible)])).not.toContain(thirdOffice);
        const toOthers = [...given.journey.referrals].flatMap(([id, { to }]) =>
          to === jobCentre ? [] : [id],
        );
        const theirs = consentsNaming(jobCentre, given.journey.events);
        const ofOthers = consentsNaming(thirdOffice, given.journey.events).filter(
          (id) => !theirs.includes(id),
        );
        for (const id of [...toOthers, ...ofOthers]) expect(JSON.stringify(visible)).not.toContain(`"${id}"`);
      }),
      { numRuns: 500 },
    );
  });

  it('what is granted is seen', () => {
    fc.assert(
      fc.property(anyJourney(jobCentre), (journey) => {
        const events = recorded(journey.events);
        const visible = redact(withCorrections(events), [byConsent(dataCategories)], jobCentre);
        const ofThirds = new Set(
          [...journey.referrals].flatMap(([id, { to }]) => (to === jobCentre ? [] : [id])),
        );
        const shared = withCorrections(events).filter(
          (e) =>
            !('referralId' in e.data && ofThirds.has(e.data.referralId)) &&
            ![
              'ConsentGiven',
              'ConsentWithdrawn',
              'DataDisputed',
              'DisputeResolved',
              'DataCorrected',
            ].includes(e.type),
        );
        expect(visible).toEqual(expect.arrayContaining([...shared]));
      }),
      { numRuns: 200 },
    );
  });

  it('nothing that is taken out leaves a trace: a record without it reads the same', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { events, granted } = prepare(given);
        const visible = redact(withCorrections(events), granted, jobCentre);
        const shown = new Map(visible.map((e) => [e.eventId, e]));
        const withoutHidden = events.flatMap((original) => {
          const event = shown.get(original.eventId);
          return event ? [withFieldsOf(original, event)] : [];
        });
        expect(redact(withCorrections(withoutHidden), granted, jobCentre)).toEqual(visible);
      }),
      { numRuns: 500 },
    );
  });

  it('health and protection are seen only under a consent in force that says so separately', () => {
    fc.assert(
      fc.property(anyJourney(jobCentre), (journey) => {
        const events = recorded(journey.events);
        const granted = grants(events, jobCentreWorker, {
          now: '2026-03-10T09:00:00.000Z',
          today: '2026-03-10',
        });
        const visible = redact(withCorrections(events), granted, jobCentre);
        const named = new Set(
          journey.events.flatMap(({ type, data }) =>
            type === 'ConsentGiven' && data.includesArticle9 === true && data.recipients.includes(jobCentre)
              ? data.dataCategories
              : [],
          ),
        );
        const allowed = new Set<DataCategory | 'process'>(['process', ...dataCategories]);
        for (const category of ['health', 'protection'] as const)
          if (!named.has(category)) allowed.delete(category);
        expect(leaksOf([visible, foldJourney(visible)], allowed, settlerOf(withCorrections(events)))).toEqual(
          [],
        );
      }),
      { numRuns: 500 },
    );
  });
});

type CaseOf<A> = A extends fc.Arbitrary<infer T> ? T : never;

const settlerOf = (events: readonly VisibleEvent[]) => {
  const of = (id: string, field: 'needId' | 'potentialId' | 'disputeId' | 'eventId') =>
    events.find((e) => e[field as 'eventId'] === id || (e.data as Record<string, unknown>)[field] === id);
  const settle = (category: string, about = ''): DataCategory | 'process' => {
    if (category === 'of-need') {
      const need = of(about, 'needId');
      return categoryOfNeed(need?.type === 'NeedIdentified' ? need.data.fieldOfAction : undefined);
    }
    if (category === 'of-potential') {
      const potential = of(about, 'potentialId');
      return categoryOfPotential(potential?.type === 'PotentialIdentified' ? potential.data.kind : undefined);
    }
    if (category === 'of-event') {
      const dispute = events.find((e) => e.type === 'DataDisputed' && e.data.disputeId === about);
      const subjectId = dispute?.type === 'DataDisputed' ? dispute.data.eventId : about;
      const subject = events.find((e) => e.eventId === subjectId);
      if (!subject) return 'notes';
      const entryOf = journeyFields[subject.type].entry;
      const data = subject.data as Record<string, string>;
      return settle(entryOf, data['needId'] ?? data['potentialId'] ?? data['disputeId'] ?? data['eventId']);
    }
    return category as DataCategory | 'process';
  };
  return settle;
};

/** The categories that visible fields of action and kinds of potentials give away, in events and corrections. */
const settlingCodesIn = (
  visible: readonly VisibleEvent[],
  record: readonly VisibleEvent[],
): readonly DataCategory[] =>
  visible.flatMap((e) => {
    const subject = e.type === 'DataCorrected' ? record.find(({ eventId }) => eventId === e.data.eventId) : e;
    const data = (e.type === 'DataCorrected' ? e.data.replacement : e.data) as Record<string, unknown>;
    if (subject?.type === 'NeedIdentified' && data['fieldOfAction'] !== undefined)
      return [categoryOfNeed(data['fieldOfAction'] as FieldOfAction)];
    if (subject?.type === 'PotentialIdentified' && data['kind'] !== undefined)
      return [categoryOfPotential(data['kind'] as PotentialKind)];
    return [];
  });

/** The original with only those fields that the reader was shown, a correction's replacement likewise. */
const withFieldsOf = (original: VisibleEvent, shown: VisibleEvent): VisibleEvent => {
  const kept = (from: object, as: object) =>
    Object.fromEntries(Object.entries(from).filter(([field]) => field in as));
  const data: Record<string, unknown> = kept(original.data, shown.data);
  if (original.type === 'DataCorrected' && shown.type === 'DataCorrected')
    data['replacement'] = kept(original.data.replacement ?? {}, shown.data.replacement ?? {});
  if (shown.type === 'ConsentGiven') data['recipients'] = shown.data.recipients;
  return { ...original, data } as VisibleEvent;
};

const byConsent = (categories: readonly DataCategory[]): Grant => ({
  reason: 'consent',
  basis: 'ConsentGiven-0',
  from: '2026-01-01',
  categories,
});
