// A log as years of work leave it: journeys open, go on for a while beside some thousand others, and close.
import { randomBytes, randomUUID } from 'node:crypto';
import { seal } from '../../dist/libs/personal-data/index.js';
import { keyOf } from './views.mjs';

const openJourneys = 5_000;
const appendsAtOnce = 256;

/** Writes at least so many events and tells how many there are then. */
export const writeLog = async (store, events, progress) => {
  const journeys = Array.from({ length: openJourneys }, newJourney);
  let [written, day] = [0, 0];
  while (written < events) {
    const chosen = new Set(
      Array.from({ length: appendsAtOnce }, () => Math.floor(Math.random() * openJourneys)),
    );
    const appends = [...chosen].flatMap((place) => {
      const step = nextStep(journeys[place], dayNumber(day));
      if (step.closes) journeys[place] = newJourney();
      return step.appends;
    });
    await Promise.all(appends.map((append) => store.append(append)));
    written += appends.reduce((sum, append) => sum + append.events.length, 0);
    day = Math.floor((written / events) * 2_000);
    progress(`writing the log: ${written} of ${events} events`);
  }
  return written;
};

const newJourney = () => ({
  journeyId: randomUUID(),
  clientId: randomUUID(),
  goals: [],
  length: 0,
  handover: undefined,
});

const nextStep = (journey, on) => {
  const { journeyId } = journey;
  const append = (type, data) => ({
    stream: `journey-${journeyId}`,
    expected: 'any',
    events: [sealedEvent(type, { journeyId, ...data })],
  });
  journey.length += 1;
  if (journey.length === 1)
    return { appends: [registration(journey), append('JourneyOpened', opening(journey, on))] };
  const chance = Math.random();
  if (journey.handover) {
    const accepted = { handoverId: journey.handover, to: oneOf(organisations), owner: oneOf(people) };
    journey.handover = undefined;
    return { appends: [append('HandoverAccepted', accepted)] };
  }
  if (chance < 0.45)
    return { appends: [append('ContactRecorded', { on, at: `${on}T10:15:00.000Z`, minutes: 45 })] };
  if (chance < 0.6) return { appends: [append('NeedIdentified', { needId: randomUUID(), urgency: 'soon' })] };
  if (chance < 0.75) {
    const goalId = randomUUID();
    journey.goals.push(goalId);
    return { appends: [append('GoalAgreed', { goalId, dueOn: on })] };
  }
  if (chance < 0.87 && journey.goals.length > 0)
    return { appends: [append('GoalReviewed', { goalId: journey.goals.shift(), result: 'attained' })] };
  if (chance < 0.92) return { appends: [append('JourneyAssigned', { owner: oneOf(people) })] };
  if (chance < 0.96) {
    journey.handover = randomUUID();
    const proposed = {
      handoverId: journey.handover,
      from: oneOf(organisations),
      to: oneOf(organisations),
      dueOn: on,
    };
    return { appends: [append('HandoverProposed', proposed)] };
  }
  return { closes: true, appends: [append('JourneyClosed', { outcome: 'goals-attained' })] };
};

const opening = ({ clientId }, on) => ({
  clientId,
  organisation: oneOf(organisations),
  owner: oneOf(people),
  municipality: oneOf(municipalities),
  openedOn: on,
});

const registration = ({ clientId }) => {
  const id = randomUUID();
  const name = `${oneOf(names)} ${oneOf(names)}`;
  const type = 'ClientRegistered';
  const data = { clientId, sealed: seal(keyOf(clientId), { eventId: id, type }, { name }) };
  return { stream: `client-${clientId}`, expected: 'none', events: [{ id, type, data, metadata }] };
};

const sealedEvent = (type, data) => ({
  id: randomUUID(),
  type,
  data: { ...data, sealed: randomBytes(150).toString('base64url') },
  metadata,
});

const metadata = {
  actor: 'case-manager-17',
  organisation: 'kim-bergkamen',
  role: 'case_manager',
  correlationId: randomUUID(),
  causationId: randomUUID(),
  commandId: randomUUID(),
  fingerprint: randomBytes(32).toString('base64url'),
  recordedAt: '2026-01-31T10:11:12.123Z',
};

const oneOf = (items) => items[Math.floor(Math.random() * items.length)];
const dayNumber = (day) => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10);
const organisations = Array.from({ length: 40 }, (_, n) => `organisation-${n}`);
const people = Array.from({ length: 400 }, (_, n) => `person-${n}`);
const municipalities = Array.from({ length: 10 }, (_, n) => `0597800${n}`);
const names = Array.from({ length: 500 }, () => randomBytes(5).toString('hex'));
