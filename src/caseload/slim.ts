import {
  evolve,
  foldJourney,
  isOpen,
  isOpenHandover,
  ownersGrants,
  redact,
  withCorrections,
} from '../journeys/index.js';
import type { Journey, JourneyEventType, VisibleEvent } from '../journeys/index.js';

type Existing = Exclude<Journey, { stage: 'none' }>;

/** What a list across journeys is folded from: what the present owner may see, and nothing that it does not need. */
export interface SlimJourney {
  readonly journey: Journey;
  /** Of live referrals, by their ids, what whose people did, until the first handover: not every later owner sees all. */
  readonly steps?: Steps;
  /** From the first handover on, the slim events: what of them each further owner sees, `redact` decides. */
  readonly record?: readonly VisibleEvent[];
}

type Steps = Readonly<Record<string, readonly Pick<VisibleEvent, 'type' | 'recordedBy'>[]>>;

export const noSlimJourney: SlimJourney = { journey: { stage: 'none' } };

/**
 * The journey one event further, without what no list across journeys needs: texts, and whatever is settled.
 * A fold of slim journeys has the same phase, due dates, open needs and last contact as the fold of what the owner
 * sees of the record. Until another office becomes responsible it stays small however long the record is.
 */
export const evolveSlim = ({ journey, steps, record }: SlimJourney, event: VisibleEvent): SlimJourney => {
  if (record) return asOwnerSees([...record, ...slimEvent(event)]);
  if (event.type === 'HandoverAccepted' && journey.stage !== 'none')
    return asOwnerSees([...recordOf(journey, steps), ...slimEvent(event)]);
  const next = evolve(event.type === 'DataCorrected' ? corrected(journey, event) : journey, event);
  if (next.stage === 'none') return { journey: next };
  const taken = stepsAfter(steps, next, event);
  return { journey: slim(next, journey, taken), ...(taken && { steps: taken }) };
};

const asOwnerSees = (record: readonly VisibleEvent[]): SlimJourney => {
  const whole = withCorrections(record);
  const journey = foldJourney(whole);
  if (journey.stage === 'none') return { journey, record };
  const seen = foldJourney(redact(whole, ownersGrants(journey), journey.owner.organisationId));
  return { journey: seen.stage === 'none' ? seen : slim(seen, noSlimJourney.journey), record };
};

/** All steps of a referral that others answer; when a journey is closed, all of them have ended for everybody. */
const stepsAfter = (
  steps: Steps | undefined,
  { referrals }: Existing,
  { type, data, recordedBy }: VisibleEvent,
): Steps | undefined => {
  if (type === 'JourneyClosed') return undefined;
  if (type === 'ReferralMade' || !('referralId' in data)) return steps;
  const { referralId } = data;
  const isLive = referrals.some((referral) => referral.referralId === referralId && referral.mode === 'live');
  return isLive ? { ...steps, [referralId]: [...(steps?.[referralId] ?? []), { type, recordedBy }] } : steps;
};

/** Events that lead to this journey, which its first owner sees wholly: they stand for all before the first handover. */
const recordOf = (journey: Existing, steps: Steps = {}): readonly VisibleEvent[] => [
  made('JourneyOpened', journey.opening, { owner: journey.owner }),
  ...journey.consents.map((consent) => made('ConsentGiven', consent)),
  ...journey.contacts.map((contact) => made('ContactRecorded', contact)),
  ...journey.needs.flatMap((need) => [
    made('NeedIdentified', need),
    ...(need.status === 'resolved' ? [step('NeedResolved', need)] : []),
  ]),
  ...journey.goals
    .filter(({ status }) => status !== 'ended')
    .flatMap((goal) => [
      made('GoalAgreed', goal),
      ...(goal.status === 'open' ? [] : [step('GoalReviewed', goal, { result: goal.status })]),
    ]),
  ...journey.measures.map((measure) => made('MeasurePlanned', measure)),
  ...journey.referrals.flatMap((referral) => [
    made('ReferralMade', referral),
    ...(steps[referral.referralId] ?? []).map(({ type, recordedBy }) =>
      step(type, { ...referral, recordedBy }),
    ),
  ]),
  ...journey.handovers.flatMap((handover) => [
    made('HandoverProposed', handover),
    step('HandoverApproved', { ...handover, recordedAt: handover.approvedAt ?? handover.recordedAt }),
  ]),
];

type Made = Pick<Existing['opening'], 'eventId' | 'recordedBy' | 'recordedAt'>;

/** The event that made an entry: what else the entry says, nobody reads from an event. */
const made = (
  type: JourneyEventType,
  { eventId, recordedBy, recordedAt, ...data }: Made,
  more: object = {},
): VisibleEvent =>
  ({ type, eventId, revision: 0, recordedBy, recordedAt, data: { ...data, ...more } }) as VisibleEvent;

/** One that went on with it. Its id is nobody's: what is said about the entry is not said about this. */
const step = (type: JourneyEventType, entry: Made, more: object = {}): VisibleEvent =>
  made(type, { ...entry, eventId: '' }, more);

const unneededTypes: ReadonlySet<JourneyEventType> = new Set([
  'PotentialIdentified',
  'LifeStoryRecorded',
  'LegalDomainEntered',
  'LegalDomainLeft',
  'DataDisputed',
  'DisputeResolved',
] satisfies JourneyEventType[]);

const slimEvent = (event: VisibleEvent): readonly VisibleEvent[] => {
  if (unneededTypes.has(event.type)) return [];
  const { type, eventId, revision, recordedBy, recordedAt } = event;
  const data = needed(neededDataOf(event));
  return [{ type, eventId, revision, recordedBy, recordedAt, data } as VisibleEvent];
};

const neededDataOf = (event: VisibleEvent): object => {
  switch (event.type) {
    case 'HandoverProposed':
      return withoutPurpose(event.data);
    case 'DataCorrected':
      return { ...event.data, replacement: needed(event.data.replacement ?? {}) };
    default:
      return event.data;
  }
};

/** A text, where a consent's is one of a few codes. */
const withoutPurpose = <Handover extends { readonly purpose?: string }>({
  purpose: _,
  ...handover
}: Handover): Omit<Handover, 'purpose'> => handover;

/** @param before the slim journey that it came from: what is as it was there is slim */
const slim = (journey: Existing, before: Journey, steps: Steps = {}): Existing => {
  const old = before.stage === 'none' ? undefined : before;
  return {
    ...journey,
    ...(journey.stage === 'closed' && { closure: needed(journey.closure) }),
    opening: journey.opening === old?.opening ? journey.opening : needed(journey.opening),
    consents: onlyNew(
      journey.consents.filter(({ withdrawal }) => !withdrawal),
      old?.consents,
      needed,
    ),
    // Also what is past and settled: a correction may give it another day or another field of action.
    contacts: onlyNew(journey.contacts, old?.contacts, dayOfContact),
    needs: onlyNew(journey.needs, old?.needs, needed),
    potentials: [],
    lifeStories: [],
    legalDomains: [],
    goals: onlyNew(
      journey.goals.filter(({ status }) => status !== 'attained' && status !== 'dropped'),
      old?.goals,
      needed,
    ),
    measures: onlyNew(
      journey.measures.filter(({ status }) => status === 'planned'),
      old?.measures,
      needed,
    ),
    referrals: onlyNew(
      journey.referrals.filter(({ status, referralId }) => isOpen(status) || referralId in steps),
      old?.referrals,
      needed,
    ),
    handovers: onlyNew(
      journey.handovers.filter(
        (handover) => isOpenHandover(handover) || (handover.step === 'accepted' && !handover.passedOn),
      ),
      old?.handovers,
      (handover) => ({ ...needed(withoutPurpose(handover)), informationRequests: [] }),
    ),
    disputes: [],
    // What a correction may be about, besides what stands here anyway.
    entries: journey.entries.filter(({ type }) => type === 'JourneyClosed').slice(-1),
  };
};

/** Most entries are as they were before the event, and slim already. */
const onlyNew = <Entry extends object>(
  entries: readonly Entry[],
  before: readonly Entry[] = [],
  made: (entry: Entry) => Entry,
): readonly Entry[] => {
  const known = new Set(before);
  return entries.map((entry) => (known.has(entry) ? entry : made(entry)));
};

const dayOfContact = ({
  contactId,
  eventId,
  occurredAt,
  recordedAt,
  recordedBy,
}: Existing['contacts'][number]): Existing['contacts'][number] => ({
  contactId,
  eventId,
  recordedAt,
  recordedBy,
  ...(occurredAt !== undefined && { occurredAt }),
});

/** Free texts above all, and what else no list needs. */
const unneededFields = new Set([
  ...['accessRoute', 'residenceGroup', 'preferredLanguage', 'interpreterNeeded', 'counsellorPreference'],
  ...['interpreterPreference', 'socialArea', 'concern', 'referredBy', 'present', 'description', 'clientWish'],
  ...['wording', 'measuredBy', 'agreedByClient', 'title', 'responsible', 'lastStep', 'note', 'reason'],
  ...['textHash', 'informed', 'language', 'form', 'nonce', 'transition', 'question', 'answer'],
  ...['acknowledged', 'overrideReason'],
]);

const needed = <Entry extends object>(entry: Entry): Entry =>
  Object.fromEntries(Object.entries(entry).filter(([field]) => !unneededFields.has(field))) as Entry;

/** What `withCorrections` does for the whole record: the entry that the corrected event made gets the new values. */
const corrected = (
  journey: Journey,
  { data: { eventId, replacement } }: Extract<VisibleEvent, { type: 'DataCorrected' }>,
): Journey => {
  if (journey.stage === 'none') return journey;
  const amend = <Entry extends { readonly eventId: string }>(entry: Entry): Entry =>
    entry.eventId === eventId ? { ...entry, ...replacement } : entry;
  const isClosing = journey.stage === 'closed' && journey.entries.some((entry) => entry.eventId === eventId);
  return {
    ...journey,
    ...(isClosing && { closure: { ...journey.closure, ...replacement } }),
    contacts: journey.contacts.map(amend),
    needs: journey.needs.map(amend),
    goals: journey.goals.map(amend),
    measures: journey.measures.map(amend),
  };
};
