import { date, instant, nullable, projection, text, uuid } from '#projections';
import { isOpen } from '../journeys/index.js';
import type { Calendar, JourneyEvent } from '../journeys/index.js';
import type { CaseEvent } from '../read-models/index.js';

const columns = {
  referralId: uuid(),
  journeyId: uuid(),
  fromOrganisationId: text(),
  toOrganisationId: text(),
  needId: uuid(),
  consentId: nullable(uuid()),
  mode: text(),
  status: text(),
  madeAt: instant(),
  dueOn: date(),
};

/** Days after which the outcome of a referral is overdue. */
const outcomeWithin = 90;

const stepTo = {
  ReferralAccepted: 'accepted',
  ReferralDeclined: 'declined',
  ReferralStarted: 'started',
  ReferralCompleted: 'completed',
  ReferralCancelled: 'cancelled',
} as const;

/** One row for each referral, live and logged: for the receiving organisation's inbox and the sender's list. */
export const referralsProjection = (calendar: Calendar) =>
  projection({
    name: 'referrals',
    version: 1,
    prefixes: ['journey-'],
    eventTypes: ['ReferralMade', ...Object.keys(stepTo), 'JourneyClosed'],
    columns,
    key: 'referralId',
    indexes: ['(to_organisation_id, due_on, referral_id)', '(from_organisation_id, due_on, referral_id)'],
    // Open referrals end with their journey.
    related: {
      column: 'journeyId',
      valueOf: ({ stream, event }: CaseEvent) =>
        event.type === 'JourneyClosed' ? stream.slice('journey-'.length) : undefined,
    },
    rowKeysOf: ({ event }: CaseEvent) => {
      const { data } = event as JourneyEvent;
      return 'referralId' in data ? [data.referralId] : [];
    },
    evolve: (row, { stream, event, erased }: CaseEvent) => {
      if (erased) return undefined;
      switch (event.type) {
        case 'ReferralMade':
          return {
            referralId: event.data.referralId,
            journeyId: stream.slice('journey-'.length),
            fromOrganisationId: event.recordedBy.organisationId,
            toOrganisationId: event.data.organisationId,
            needId: event.data.needId,
            consentId: event.data.consentId ?? null,
            mode: event.data.mode,
            status: 'made',
            madeAt: event.recordedAt,
            dueOn: calendar.addDays(calendar.dayOf(event.recordedAt), outcomeWithin),
          };
        case 'JourneyClosed':
          return row && isOpen(row.status as 'made') ? { ...row, status: 'ended' } : row;
        default:
          return row && event.type in stepTo
            ? { ...row, status: stepTo[event.type as keyof typeof stepTo] }
            : row;
      }
    },
  });
