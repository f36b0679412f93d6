import { date, instant, nullable, projection, text, uuid } from '#projections';
import type { RowOf } from '#projections';
import { isOpen } from '../journeys/index.js';
import type { Deadlines, JourneyEvent } from '../journeys/index.js';
import type { CaseEvent } from '../read-models/index.js';

const columns = {
  referralId: uuid(),
  journeyId: uuid(),
  fromOrganisationId: text(),
  /** Whose list it stands on: the owner's who made it, as long as the journey is theirs; nobody's afterwards. */
  listedBy: text(),
  toOrganisationId: text(),
  needId: uuid(),
  consentId: nullable(uuid()),
  mode: text(),
  status: text(),
  madeAt: instant(),
  dueOn: date(),
};

const stepTo = {
  ReferralAccepted: 'accepted',
  ReferralDeclined: 'declined',
  ReferralStarted: 'started',
  ReferralCompleted: 'completed',
  ReferralCancelled: 'cancelled',
} as const;

/** One row for each referral, live and logged: for the receiving organisation's inbox and the sender's list. */
export const referralsProjection = ({ calendar, periodsOf }: Deadlines) =>
  projection({
    name: 'referrals',
    version: 2,
    prefixes: ['journey-'],
    eventTypes: ['ReferralMade', ...Object.keys(stepTo), 'HandoverAccepted', 'JourneyClosed'],
    columns,
    key: 'referralId',
    indexes: ['(to_organisation_id, due_on, referral_id)', '(listed_by, due_on, referral_id)'],
    // Open referrals end with their journey; with a handover they leave the former owner's list.
    related: {
      column: 'journeyId',
      valueOf: ({ stream, event }: CaseEvent) =>
        event.type === 'JourneyClosed' || event.type === 'HandoverAccepted'
          ? stream.slice('journey-'.length)
          : undefined,
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
            listedBy: event.recordedBy.organisationId,
            toOrganisationId: event.data.organisationId,
            needId: event.data.needId,
            consentId: event.data.consentId ?? null,
            mode: event.data.mode,
            status: 'made',
            madeAt: event.recordedAt,
            dueOn: calendar.addDays(
              calendar.dayOf(event.recordedAt),
              periodsOf(event.recordedBy.organisationId).referralOutcome,
            ),
          };
        case 'HandoverAccepted':
          return row && handedOver(row, event.data.owner.organisationId);
        case 'JourneyClosed':
          return row && isOpen(row.status as 'made') ? { ...row, status: 'ended' } : row;
        default:
          return row && event.type in stepTo
            ? { ...row, status: stepTo[event.type as keyof typeof stepTo] }
            : row;
      }
    },
  });

/** A logged one, whose outcome only the owner could record, has ended; a live one goes on at the receiver's. */
const handedOver = (row: RowOf<typeof columns>, newOwner: string): RowOf<typeof columns> => {
  if (!isOpen(row.status as 'made')) return row;
  return {
    ...row,
    listedBy: row.fromOrganisationId === newOwner ? newOwner : '',
    ...(row.mode === 'logged' && { status: 'ended' }),
  };
};
