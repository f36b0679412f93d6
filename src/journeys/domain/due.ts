import { defaultPeriods } from './codes.js';
import type { DataCategory, HandoverDeadline, Periods } from './codes.js';
import { consentedCategories } from './consent.js';
import { isOpen } from './evolve.js';
import type { Deadlines } from './decision.js';
import type { Consent, Handover, Journey } from './journey.js';

/** What can be waited for, in the contract's manner. */
export const dueKinds = [
  'first-contact',
  'goal-review',
  'measure',
  'referral-outcome',
  'consent-ends',
  'case-management-consent',
  'handover-review',
  'handover-decision',
  'follow-up',
] as const;

export interface Due {
  readonly what: (typeof dueKinds)[number];
  /** `YYYY-MM-DD`. */
  readonly on: string;
  /** The id of the goal, measure, referral or consent that it is about. */
  readonly of?: string;
}

/** Calendar arithmetic on `YYYY-MM-DD`; working days are those of North Rhine-Westphalia. */
export interface Calendar {
  addDays(day: string, days: number): string;
  addWorkingDays(day: string, workingDays: number): string;
  /** The day of an instant in Europe/Berlin. */
  dayOf(instant: string): string;
}

const theDefaults = (): Periods => defaultPeriods;

/**
 * Everything that waits for the owner, soonest first. Follows from the record alone, whatever day it is, so
 * that a worklist that was folded yesterday is still right today.
 */
export const dueDates = (
  journey: Journey,
  calendar: Calendar,
  periodsOf: (organisationId: string) => Periods = theDefaults,
): readonly Due[] => {
  if (journey.stage === 'none') return [];
  const periods = periodsOf(journey.owner.organisationId);
  switch (journey.stage) {
    case 'closed':
      // Nobody is asked half a year later how the dead are.
      if (journey.closure.outcome === 'died') return [];
      return [
        {
          what: 'follow-up',
          on: calendar.addDays(calendar.dayOf(journey.closure.closedAt), periods.followUp),
        },
      ];
    case 'active':
      return [
        ...firstContact(journey, calendar, periods),
        ...handoverDues(journey, { calendar, periodsOf }),
        ...journey.goals.flatMap(({ status, goalId, dueOn }) =>
          (status === 'open' || status === 'partly' || status === 'missed') && dueOn !== undefined
            ? [{ what: 'goal-review' as const, on: dueOn, of: goalId }]
            : [],
        ),
        ...journey.measures.flatMap(({ status, measureId, dueOn }) =>
          status === 'planned' && dueOn !== undefined
            ? [{ what: 'measure' as const, on: dueOn, of: measureId }]
            : [],
        ),
        ...journey.referrals.flatMap(({ status, referralId, recordedAt }) =>
          isOpen(status)
            ? [
                {
                  what: 'referral-outcome' as const,
                  on: calendar.addDays(calendar.dayOf(recordedAt), periods.referralOutcome),
                  of: referralId,
                },
              ]
            : [],
        ),
        ...journey.consents.flatMap((consent) =>
          consent.validUntil !== undefined &&
          !consent.withdrawal &&
          !isOfEarlierOwner(consent, journey) &&
          !isRenewed(consent, journey)
            ? [
                {
                  what: 'consent-ends' as const,
                  on: calendar.addDays(consent.validUntil, -periods.consentEnds),
                  of: consent.consentId,
                },
              ]
            : [],
        ),
        ...caseManagementConsent(journey, calendar),
      ].sort((a, b) => a.on.localeCompare(b.on) || a.what.localeCompare(b.what));
  }
};

type Active = Extract<Journey, { stage: 'active' }>;

/** After opening; who has taken the client over is due by the handover instead. */
const firstContact = (journey: Active, calendar: Calendar, periods: Periods): readonly Due[] =>
  journey.contacts.length > 0 || journey.ownerships.length > 1
    ? []
    : [{ what: 'first-contact', on: calendar.addWorkingDays(journey.openedOn, periods.firstContact) }];

/** What a handover waits for, and until when. */
export interface HandoverDue {
  readonly deadline: HandoverDeadline;
  /** `YYYY-MM-DD`. */
  readonly on: string;
}

/** The next step of a handover is due by a working day: the reviewer's, the receiver's, the new owner's. */
export const handoverDue = (
  {
    step,
    recordedAt,
    approvedAt,
    acceptedAt,
    passedOn,
    fromOrganisationId,
    toOrganisationId,
  }: HandoverMoments,
  { calendar, periodsOf }: Deadlines,
): HandoverDue | undefined => {
  const after = (instant: string, workingDays: number): string =>
    calendar.addWorkingDays(calendar.dayOf(instant), workingDays);
  switch (step) {
    case 'proposed':
      return { deadline: 'review', on: after(recordedAt, periodsOf(fromOrganisationId).handoverReview) };
    case 'approved':
    case 'information-requested':
      return {
        deadline: 'decision',
        on: after(approvedAt ?? recordedAt, periodsOf(toOrganisationId).handoverDecision),
      };
    case 'accepted':
      if (passedOn) return undefined;
      return {
        deadline: 'first-contact',
        on: after(acceptedAt ?? recordedAt, periodsOf(toOrganisationId).handoverFirstContact),
      };
    case 'returned':
    case 'completed':
    case 'declined':
    case 'withdrawn':
    case 'lapsed':
      return undefined;
  }
};

/** What the due date of a handover follows from. */
export type HandoverMoments = Pick<
  Handover,
  'step' | 'recordedAt' | 'approvedAt' | 'acceptedAt' | 'passedOn' | 'fromOrganisationId' | 'toOrganisationId'
>;

const whatOf = {
  review: 'handover-review',
  decision: 'handover-decision',
  'first-contact': 'first-contact',
} as const satisfies Record<HandoverDeadline, Due['what']>;

const handoverDues = (journey: Active, deadlines: Deadlines): readonly Due[] =>
  journey.handovers.flatMap((handover) => {
    const due = handoverDue(handover, deadlines);
    return due ? [{ what: whatOf[due.deadline], on: due.on, of: handover.handoverId }] : [];
  });

/** A later consent for the same purpose, to the same recipients and categories at least, that holds longer. */
const isRenewed = (consent: Consent, journey: Active): boolean =>
  journey.consents.slice(journey.consents.indexOf(consent) + 1).some(
    (later) =>
      !later.withdrawal &&
      later.purpose === consent.purpose &&
      // Before what costs more: somebody may have given very many.
      (later.validUntil === undefined || later.validUntil > (consent.validUntil ?? '')) &&
      includesAll(later.recipients, consent.recipients) &&
      includesAll(consentedCategories(later), consentedCategories(consent)),
  );

const includesAll = <T>(all: readonly T[], some: readonly T[]): boolean =>
  some.every((one) => all.includes(one));

/** What an owner may keep, the client allows to that owner alone: the next one has to ask anew. */
const isOfEarlierOwner = ({ purpose, recipients }: Consent, { owner }: Active): boolean =>
  purpose === 'case-management' && !recipients.includes(owner.organisationId);

/** Keeping health or protection data takes a consent that says so; for want of it nothing is refused. */
const caseManagementConsent = (journey: Active, calendar: Calendar): readonly Due[] => {
  const covered = new Set<DataCategory>(
    journey.consents
      // One that has ended stands in the list itself, until it is renewed.
      .filter(
        (consent) =>
          consent.purpose === 'case-management' && !consent.withdrawal && !isOfEarlierOwner(consent, journey),
      )
      .flatMap(consentedCategories),
  );
  const uncovered = journey.needs.find(
    ({ fieldOfAction }) =>
      (fieldOfAction === 'health-care' && !covered.has('health')) ||
      ((fieldOfAction === 'protection' || fieldOfAction === 'discrimination') && !covered.has('protection')),
  );
  return uncovered
    ? [{ what: 'case-management-consent', on: calendar.dayOf(uncovered.recordedAt), of: uncovered.needId }]
    : [];
};
