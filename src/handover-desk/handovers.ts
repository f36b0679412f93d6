import { date, instant, nullable, projection, text, uuid } from '#projections';
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

/** One row for each handover: for the desks of both offices, and for what is due at them. */
export const handoversProjection = (deadlines: Deadlines) => {
  const withDue = (row: Row): Row => {
    const due = handoverDue(
      {
        step: row.step as HandoverStep,
        recordedAt: row.proposedAt,
        ...(row.approvedAt !== null && { approvedAt: row.approvedAt }),
        ...(row.acceptedAt !== null && { acceptedAt: row.acceptedAt }),
        fromOrganisationId: row.fromOrganisationId,
        toOrganisationId: row.toOrganisationId,
      },
      deadlines,
    );
    return { ...row, deadline: due?.deadline ?? null, dueOn: due?.on ?? never };
  };

  return projection({
    name: 'handovers',
    version: 1,
    prefixes: ['journey-'],
    eventTypes: ['HandoverProposed', 'HandoverEscalated', ...Object.keys(stepAfter)],
    columns,
    key: 'handoverId',
    indexes: [
      '(from_organisation_id, step, due_on, handover_id)',
      '(to_organisation_id, step, due_on, handover_id)',
      '(journey_id)',
      `(due_on) WHERE deadline IS NOT NULL`,
      `(rests_until) WHERE step IN ('proposed', 'returned', 'approved', 'information-requested')`,
    ],
    // Who hands the client on before having met them has nobody waiting for that meeting any more.
    related: {
      column: 'journeyId',
      valueOf: ({ stream, event }: CaseEvent) =>
        event.type === 'HandoverAccepted' ? stream.slice('journey-'.length) : undefined,
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
            deadline: null,
            dueOn: never,
            escalated: null,
            restsUntil: (basis.type === 'consent' ? basis.validUntil : undefined) ?? never,
          });
        }
        case 'HandoverEscalated':
          return row && { ...row, escalated: event.data.deadline };
        default:
          if (!row || !(event.type in stepAfter)) return row;
          if ('handoverId' in event.data && event.data.handoverId !== row.handoverId)
            return row.step === 'accepted' ? { ...row, deadline: null, dueOn: never } : row;
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
