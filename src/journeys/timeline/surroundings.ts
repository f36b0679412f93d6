import { berlinDay } from '../../reference/index.js';
import type { FieldOfAction } from '../domain/codes.js';
import type { JourneyEventType } from '../domain/events.js';
import { foldJourney } from '../domain/evolve.js';
import type { Consent, Goal, Handover, Measure, Referral, VisibleEvent } from '../domain/journey.js';
import type { Names } from './names.js';
import { whenOf } from './when.js';

export interface Entry {
  readonly type: JourneyEventType;
  /** The day in Berlin on which it happened. */
  readonly day: string;
}

/** What a sentence may look up: names, and what the same reader sees elsewhere in the record. */
export interface Surroundings {
  readonly organisation: (id: string | undefined) => string | undefined;
  readonly municipality: (ags: string | undefined) => string | undefined;
  readonly socialArea: (id: string | undefined) => string | undefined;
  readonly member: (userId: string) => string | undefined;
  readonly fieldOfNeed: (needId: string | undefined) => FieldOfAction | undefined;
  readonly goal: (goalId: string | undefined) => Goal | undefined;
  readonly measure: (measureId: string) => Measure | undefined;
  readonly referral: (referralId: string) => Referral | undefined;
  readonly handover: (handoverId: string) => Handover | undefined;
  readonly consent: (consentId: string) => Consent | undefined;
  readonly entry: (eventId: string | undefined) => Entry | undefined;
  /** What a dispute is about. */
  readonly disputed: (disputeId: string) => Entry | undefined;
  /** Whether the client contests the entry and nobody has decided yet. */
  readonly isDisputed: (eventId: string) => boolean;
}

/** Expects the events as the reader sees them: what was taken out cannot be looked up. */
export const surroundingsOf = (events: readonly VisibleEvent[], names: Names): Surroundings => {
  const journey = foldJourney(events);
  const recorded = journey.stage === 'none' ? undefined : journey;
  const need = lookup(recorded?.needs, ({ needId }) => needId);
  const dispute = lookup(recorded?.disputes, ({ disputeId }) => disputeId);
  const openlyDisputed = new Set(
    recorded?.disputes.filter(({ status }) => status === 'open').map(({ eventId }) => eventId),
  );
  const event = lookup(events, ({ eventId }) => eventId);
  const entry = (eventId: string | undefined) => entryOf(event(eventId));
  return {
    organisation: orItself((id) => names.organisation(id)),
    municipality: orItself((ags) => names.municipality(ags)),
    socialArea: orItself((id) => names.socialArea(id)),
    member: (userId) => names.member(userId),
    fieldOfNeed: (needId) => need(needId)?.fieldOfAction,
    goal: lookup(recorded?.goals, ({ goalId }) => goalId),
    measure: lookup(recorded?.measures, ({ measureId }) => measureId),
    referral: lookup(recorded?.referrals, ({ referralId }) => referralId),
    handover: lookup(recorded?.handovers, ({ handoverId }) => handoverId),
    consent: lookup(recorded?.consents, ({ consentId }) => consentId),
    entry,
    disputed: (disputeId) => entry(dispute(disputeId)?.eventId),
    isDisputed: (eventId) => openlyDisputed.has(eventId),
  };
};

const lookup = <T>(items: readonly T[] | undefined, idOf: (item: T) => string) => {
  const byId = new Map(items?.map((item) => [idOf(item), item]));
  return (id: string | undefined): T | undefined => (id === undefined ? undefined : byId.get(id));
};

const orItself =
  (nameOf: (id: string) => string | undefined) =>
  (id: string | undefined): string | undefined =>
    id === undefined ? undefined : (nameOf(id) ?? id);

const entryOf = (event: VisibleEvent | undefined): Entry | undefined => {
  if (!event) return undefined;
  const { occurredAt, occurredOn = berlinDay(occurredAt) } = whenOf(event);
  return { type: event.type, day: occurredOn };
};
