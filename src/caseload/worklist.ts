import { date, integer, list, nullable, projection, sealedJson, text, uuid } from '#projections';
import type { RowOf } from '#projections';
import { dueDates, isPendingHandover, journeyFormat, phaseOf, phases, urgencies } from '../journeys/index.js';
import type { Deadlines, Journey, VisibleEvent } from '../journeys/index.js';
import type { CaseEvent } from '../read-models/index.js';
import { evolveSlim, noSlimJourney } from './slim.js';
import type { SlimJourney } from './slim.js';

const columns = {
  journeyId: uuid(),
  clientId: uuid(),
  organisationId: text(),
  userId: text(),
  municipality: text(),
  openedOn: date(),
  /** Place in the list of phases. */
  phase: integer(),
  /** Of the most urgent open need: place in the list of urgencies, from 1; 0 if there is none. */
  urgency: integer(),
  /** `neverContacted` if there was none, so that who waits longest comes first. */
  lastContactOn: date(),
  /** The soonest of the due dates; `nothingDue` if there is none. */
  dueOn: date(),
  dueWhat: nullable(text()),
  revision: integer(),
  /** 1 if it came by a handover: what its owner sees of the client then, the package decides. */
  handedOver: integer(),
  /** What the next event is folded into. */
  state: sealedJson<SlimJourney>('clientId'),
};

/** Days that stand for none: a cursor can pass them, as it could not pass null. */
export const neverContacted = '0001-01-01';
export const nothingDue = '9999-12-31';

type WorklistRow = RowOf<typeof columns>;

/** One row for each journey, and one task for each of its due dates. */
export const worklistProjection = (deadlines: Deadlines) =>
  projection({
    name: 'worklist',
    version: 6,
    prefixes: ['journey-'],
    eventTypes: Object.keys(journeyFormat.fields),
    columns,
    key: 'journeyId',
    indexes: [
      '(organisation_id, opened_on, journey_id)',
      '(organisation_id, due_on, journey_id)',
      '(organisation_id, urgency, journey_id)',
      '(organisation_id, phase, journey_id)',
      '(organisation_id, last_contact_on, journey_id)',
      '(organisation_id, user_id, opened_on, journey_id)',
      '(client_id)',
    ],
    lists: {
      tasks: list({
        columns: { what: text(), dueOn: date(), subject: text(), organisationId: text(), userId: text() },
        indexes: ['(organisation_id, due_on, journey_id)', '(organisation_id, user_id, due_on, journey_id)'],
        rowsOf: (row: WorklistRow) =>
          tasksOf(row, deadlines).map(({ what, on, of, organisationId, userId }) => ({
            what,
            dueOn: on,
            subject: of ?? row.journeyId,
            organisationId,
            userId,
          })),
      }),
    },
    rowKeysOf: ({ stream }: CaseEvent) => [stream.slice('journey-'.length)],
    evolve: (row, { event, erased }: CaseEvent) => {
      // Of an erased person a list across journeys has nothing to say.
      if (erased) return undefined;
      const state = evolveSlim(row?.state ?? noSlimJourney, event as VisibleEvent);
      return state.journey.stage === 'none'
        ? undefined
        : rowOf(state.journey, state, event.revision, deadlines);
    },
  });

/** What is due, and at whose office: the decision on a handover at the receiver's, where it is nobody's own yet. */
const tasksOf = ({ state }: WorklistRow, { calendar, periodsOf }: Deadlines) => {
  if (state === null || state.journey.stage === 'none') return [];
  const { journey } = state;
  const { organisationId, userId } = journey.owner;
  const receiver = journey.handovers.find(isPendingHandover)?.toOrganisationId;
  return dueDates(journey, calendar, periodsOf).map((due) =>
    due.what === 'handover-decision' && receiver !== undefined
      ? { ...due, organisationId: receiver, userId: nobodys }
      : { ...due, organisationId, userId: due.what === 'handover-review' ? nobodys : userId },
  );
};

/** The user of what any colleague may do. */
const nobodys = '';

const rowOf = (
  journey: Exclude<Journey, { stage: 'none' }>,
  state: SlimJourney,
  revision: number,
  deadlines: Deadlines,
): WorklistRow => {
  const { calendar, periodsOf } = deadlines;
  const [next] = dueDates(journey, calendar, periodsOf);
  const contact = journey.contacts
    .flatMap(({ occurredAt }) => occurredAt ?? [])
    .toSorted()
    .at(-1);
  return {
    journeyId: journey.journeyId,
    clientId: journey.clientId,
    organisationId: journey.owner.organisationId,
    userId: journey.owner.userId,
    municipality: journey.municipality,
    openedOn: journey.openedOn,
    phase: phases.indexOf(phaseOf(journey)),
    urgency: Math.max(
      0,
      ...journey.needs
        .filter(({ status }) => status === 'open')
        .map(({ urgency }) => (urgency === undefined ? 0 : urgencies.indexOf(urgency) + 1)),
    ),
    lastContactOn: contact === undefined ? neverContacted : calendar.dayOf(contact),
    dueOn: next?.on ?? nothingDue,
    dueWhat: next?.what ?? null,
    revision,
    handedOver: journey.ownerships.length > 1 ? 1 : 0,
    state,
  };
};
