import { date, instant, integer, nullable, projection, text, uuid } from '#projections';
import type { RowOf } from '#projections';
import { handoverDue } from '../journeys/index.js';
import type { Deadlines, HandoverStep, JourneyEvent } from '../journeys/index.js';
import type { CaseEvent } from '../read-models/index.js';

const columns = {
  handoverId: uuid(),
  journeyId: uuid(),
  fromOrganisationId: text(),
  toOrganisationId: text(),
  function: text(),
  proposedBy: text(),
  proposedAt: instant(),
  approvedAt: nullable(instant()),
  acceptedAt: nullable(instant()),
  step: text(),
  /** What is due, and the day; null where nobody is waited for. */
  deadline: nullable(text()),
  dueOn: date(),
  /** 1 where its new owner handed the client on before having met them. */
  passedOn: integer(),
  /** 1 as long as the journey is closed: nobody is waited for then. */
  closed: integer(),
  /** The deadline that was escalated last. */
  escalated: nullable(text()),
  /** The last day of the consent that an open one rests on; `never` if it has none. */
  restsUntil: date(),
};

type Row = RowOf<typeof columns>;

/** Days that stand for none: a cursor can pass them, as it could not pass null. */
export const never = '9999-12-31';

const stepAfter = {
  HandoverReturned: 'returned',
  HandoverApproved: 'approved',
  HandoverInformationRequested: 'information-requested',
  HandoverInformationProvided: 'approved',
  HandoverAccepted: 'accepted',
  HandoverDeclined: 'declined',
  HandoverWithdrawn: 'withdrawn',
  HandoverLapsed: 'lapsed',
  HandoverCompleted: 'completed',
} as const satisfies Record<string, HandoverStep>;

/** Events that say something of every handover of their journey. */
const concernsAll = new Set<string>(['HandoverAccepted', 'JourneyClosed', 'JourneyReopened']);

/** One row for each handover: for the desks of both offices, and for what is due at them. */
export const handoversProjection = (deadlines: Deadlines) => {
  const withDue = (row: Row): Row => {
    const due = row.closed === 1 ? undefined : dueOf(row);
    return { ...row, deadline: due?.deadline ?? null, dueOn: due?.on ?? never };
  };

  const dueOf = (row: Row) =>
    handoverDue(
      {
        step: row.step as HandoverStep,
        recordedAt: row.proposedAt,
        ...(row.approvedAt !== null && { approvedAt: row.approvedAt }),
        ...(row.acceptedAt !== null && { acceptedAt: row.acceptedAt }),
        ...(row.passedOn === 1 && { passedOn: true }),
        fromOrganisationId: row.fromOrganisationId,
        toOrganisationId: row.toOrganisationId,
      },
      deadlines,
    );

  return projection({
    name: 'handovers',
    version: 2,
    prefixes: ['journey-'],
    eventTypes: [
      'HandoverProposed',
      'HandoverEscalated',
      ...Object.keys(stepAfter),
      'JourneyClosed',
      'JourneyReopened',
    ],
    columns,
    key: 'handoverId',
    indexes: [
      '(from_organisation_id, step, due_on, handover_id)',
      '(to_organisation_id, step, due_on, handover_id)',
      '(journey_id)',
      `(due_on) WHERE deadline IS NOT NULL`,
      `(rests_until) WHERE step IN ('proposed', 'returned', 'approved', 'information-requested')`,
    ],
    // Nobody waits for a meeting with a client who was handed on before, or whose journey is closed.
    related: {
      column: 'journeyId',
      valueOf: ({ stream, event }: CaseEvent) =>
        concernsAll.has(event.type) ? stream.slice('journey-'.length) : undefined,
    },
    rowKeysOf: ({ event }: CaseEvent) => {
      const { data } = event as JourneyEvent;
      return 'handoverId' in data ? [data.handoverId] : [];
    },
    evolve: (row, { stream, event, erased }: CaseEvent) => {
      if (erased) return undefined;
      switch (event.type) {
        case 'HandoverProposed': {
          const { handoverId, toOrganisationId, basis } = event.data;
          return withDue({
            handoverId,
            journeyId: stream.slice('journey-'.length),
            fromOrganisationId: event.recordedBy.organisationId,
            toOrganisationId,
            function: event.data.function,
            proposedBy: event.recordedBy.userId,
            proposedAt: event.recordedAt,
            approvedAt: null,
            acceptedAt: null,
            step: 'proposed',
            passedOn: 0,
            closed: 0,
            deadline: null,
            dueOn: never,
            escalated: null,
            restsUntil: (basis.type === 'consent' ? basis.validUntil : undefined) ?? never,
          });
        }
        case 'JourneyClosed':
          return row && withDue({ ...row, closed: 1 });
        case 'JourneyReopened':
          return row && withDue({ ...row, closed: 0 });
        case 'HandoverEscalated':
          return row && { ...row, escalated: event.data.deadline };
        default:
          if (!row || !(event.type in stepAfter)) return row;
          if ('handoverId' in event.data && event.data.handoverId !== row.handoverId)
            return row.step === 'accepted' ? withDue({ ...row, passedOn: 1 }) : row;
          return withDue({
            ...row,
            step: stepAfter[event.type as keyof typeof stepAfter],
            ...(event.type === 'HandoverApproved' && { approvedAt: event.recordedAt }),
            ...(event.type === 'HandoverAccepted' && { acceptedAt: event.recordedAt }),
          });
      }
    },
  });
};
