// Four read models of a usual size: what an office asks across journeys.
import { createHash, createSecretKey } from 'node:crypto';
import { sealText, unseal, unsealText } from '../../dist/libs/personal-data/index.js';
import {
  date,
  instant,
  integer,
  json,
  list,
  nullable,
  projection,
  sealed,
  text,
  uuid,
} from '../../dist/libs/projections/index.js';

const journeyTypes = [
  'JourneyOpened',
  'ContactRecorded',
  'NeedIdentified',
  'GoalAgreed',
  'GoalReviewed',
  'JourneyAssigned',
  'HandoverProposed',
  'HandoverAccepted',
  'JourneyClosed',
];

export const worklistColumns = {
  journeyId: uuid(),
  clientId: uuid(),
  organisation: text(),
  owner: text(),
  phase: text(),
  municipality: text(),
  openedOn: date(),
  lastContactOn: nullable(date()),
  dueOn: nullable(date()),
  goals: json(),
  revision: integer(),
};

export const evolveWorklist = (journey, event) => {
  if (event.type === 'JourneyOpened') {
    const { journeyId, clientId, organisation, owner, municipality, openedOn } = event;
    const start = { phase: 'intake', lastContactOn: null, dueOn: openedOn, goals: [], revision: 0 };
    return { journeyId, clientId, organisation, owner, municipality, openedOn, ...start };
  }
  if (!journey) return undefined;
  const next = { ...journey, revision: event.revision };
  if (event.type === 'ContactRecorded') next.lastContactOn = event.on;
  if (event.type === 'NeedIdentified' && next.phase === 'intake') next.phase = 'assessment';
  if (event.type === 'JourneyAssigned') next.owner = event.owner;
  if (event.type === 'HandoverAccepted') [next.organisation, next.owner] = [event.to, event.owner];
  if (event.type === 'JourneyClosed') next.phase = 'closed';
  if (event.type === 'GoalAgreed') {
    next.goals = [...journey.goals, { goalId: event.goalId, dueOn: event.dueOn }];
    if (next.phase !== 'closed') next.phase = 'plan';
  }
  if (event.type === 'GoalReviewed')
    next.goals = journey.goals.filter(({ goalId }) => goalId !== event.goalId);
  if (next.goals !== journey.goals)
    next.dueOn = next.goals.reduce((soonest, { dueOn }) => (soonest < dueOn ? soonest : dueOn), '9999-12-31');
  return next;
};

export const tasksOf = ({ organisation, goals, phase }) =>
  phase === 'closed'
    ? []
    : goals.map(({ goalId, dueOn }) => ({ organisation, what: 'goal-review', about: goalId, dueOn }));

export const worklist = projection({
  name: 'worklist',
  version: 1,
  prefixes: ['journey-'],
  eventTypes: journeyTypes,
  columns: worklistColumns,
  key: 'journeyId',
  indexes: ['(owner, due_on, journey_id)', '(organisation, due_on, journey_id)', '(client_id)'],
  lists: {
    tasks: list({
      columns: { organisation: text(), what: text(), about: text(), dueOn: date() },
      indexes: ['(organisation, due_on)'],
      rowsOf: tasksOf,
    }),
  },
  rowKeysOf: ({ journeyId }) => [journeyId],
  evolve: evolveWorklist,
});

export const evolveClient = (client, event) => ({ clientId: event.clientId, name: event.name });

export const tokensOf = ({ name }) =>
  (name ?? '').split(' ').map((part) => ({ token: createHash('sha256').update(part).digest('base64url') }));

export const clients = projection({
  name: 'clients',
  version: 1,
  prefixes: ['client-'],
  eventTypes: ['ClientRegistered'],
  columns: { clientId: uuid(), name: sealed('clientId') },
  key: 'clientId',
  lists: { tokens: list({ columns: { token: text() }, indexes: ['(token)'], rowsOf: tokensOf }) },
  rowKeysOf: ({ clientId }) => [clientId],
  evolve: evolveClient,
});

export const evolveHandover = (handover, event) => {
  if (event.type === 'HandoverProposed') {
    const { handoverId, journeyId, from, to, dueOn } = event;
    return { handoverId, journeyId, sender: from, receiver: to, step: 'proposed', dueOn };
  }
  return handover && { ...handover, step: 'accepted', dueOn: null };
};

export const handovers = projection({
  name: 'handovers',
  version: 1,
  prefixes: ['journey-'],
  eventTypes: ['HandoverProposed', 'HandoverAccepted'],
  columns: {
    handoverId: uuid(),
    journeyId: uuid(),
    sender: text(),
    receiver: text(),
    step: text(),
    dueOn: nullable(date()),
  },
  key: 'handoverId',
  indexes: ['(receiver, step, due_on)', '(sender, step, due_on)'],
  rowKeysOf: ({ handoverId }) => [handoverId],
  evolve: evolveHandover,
});

export const evolveFact = (fact, event) => {
  if (event.type === 'JourneyOpened') {
    const { journeyId, municipality, openedOn } = event;
    return {
      journeyId,
      municipality,
      openedOn,
      contacts: 0,
      needs: 0,
      goals: 0,
      attained: 0,
      firstContactAt: null,
    };
  }
  if (!fact) return undefined;
  if (event.type === 'ContactRecorded')
    return { ...fact, contacts: fact.contacts + 1, firstContactAt: fact.firstContactAt ?? event.at };
  if (event.type === 'NeedIdentified') return { ...fact, needs: fact.needs + 1 };
  if (event.type === 'GoalAgreed') return { ...fact, goals: fact.goals + 1 };
  return { ...fact, attained: fact.attained + 1 };
};

export const facts = projection({
  name: 'facts',
  version: 1,
  prefixes: ['journey-'],
  eventTypes: ['JourneyOpened', 'ContactRecorded', 'NeedIdentified', 'GoalAgreed', 'GoalReviewed'],
  columns: {
    journeyId: uuid(),
    municipality: text(),
    openedOn: date(),
    contacts: integer(),
    needs: integer(),
    goals: integer(),
    attained: integer(),
    firstContactAt: nullable(instant()),
  },
  key: 'journeyId',
  indexes: ['(opened_on, municipality)'],
  rowKeysOf: ({ journeyId }) => [journeyId],
  evolve: evolveFact,
});

export const all = [worklist, clients, handovers, facts];

/** Keys as if fetched: derived, so that the log's writer and its readers agree without a table. */
export const keyOf = (subject) => createSecretKey(createHash('sha256').update(subject).digest());

export const decode = async (events) =>
  events.map(({ id, type, data, revision }) => {
    const { sealed: sealedPart, ...plain } = data;
    // Only what a view needs is unsealed.
    if (type !== 'ClientRegistered') return { ...plain, type, revision };
    return { ...plain, type, revision, ...unseal(keyOf(plain.clientId), { eventId: id, type }, sealedPart) };
  });

export const seals = {
  seal: async (texts) => texts.map(({ subject, place, text }) => sealText(keyOf(subject), place, text)),
  open: async (texts) => texts.map(({ subject, place, text }) => unsealText(keyOf(subject), place, text)),
};
