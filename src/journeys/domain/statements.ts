import type { CorrectStatement, DisputeStatement, ResolveDispute } from './commands.js';
import { happened, invalid, notFound, nothingToDo, refuse, repeats } from './decision.js';
import type { Context, Decision } from './decision.js';
import type { JourneyEventData, JourneyEventType } from './events.js';
import { journeyFields } from './field-table.js';
import type { ActiveJourney, ClosedJourney } from './journey.js';
import { refuseOtherDay } from './legal-domains.js';

type Existing = ActiveJourney | ClosedJourney;

/**
 * What a correction may replace: statements about the client. Ids, organisations, consents and decisions
 * are acts, which are undone by other acts.
 */
export const correctable = {
  JourneyOpened: [
    'accessRoute',
    'residenceGroup',
    'preferredLanguage',
    'interpreterNeeded',
    'counsellorPreference',
    'interpreterPreference',
    'socialArea',
    'concern',
    'referredBy',
  ],
  ContactRecorded: [
    'occurredAt',
    'kind',
    'minutes',
    'language',
    'interpreter',
    'interpreterGender',
    'present',
    'note',
  ],
  NeedIdentified: ['occurredOn', 'fieldOfAction', 'urgency', 'description', 'clientWish'],
  NeedResolved: ['note'],
  PotentialIdentified: ['kind', 'language', 'cefrLevel', 'isced', 'description'],
  LifeStoryRecorded: ['text'],
  GoalAgreed: ['wording', 'measuredBy', 'dueOn'],
  GoalReviewed: ['note'],
  MeasurePlanned: ['title', 'responsible', 'dueOn'],
  MeasureCompleted: ['note'],
  ReferralMade: ['note'],
  LegalDomainEntered: ['effectiveOn'],
  LegalDomainLeft: ['effectiveOn'],
  JourneyClosed: ['outcome', 'reason'],
} as const satisfies { readonly [T in JourneyEventType]?: readonly (keyof JourneyEventData[T])[] };

/** § 84 SGB X: a contested statement stays, marked as disputed, until that is settled. */
export const disputeStatement = (
  { eventId, statement }: DisputeStatement,
  journey: Existing,
  { id }: Context,
): Decision =>
  typeOf(journey, eventId) === undefined
    ? refuse('unknown-event')
    : happened('DataDisputed', { disputeId: id, eventId, statement });

export const resolveDispute = ({ type: _, ...resolution }: ResolveDispute, journey: Existing): Decision => {
  const dispute = journey.disputes.find(({ disputeId }) => disputeId === resolution.disputeId);
  if (!dispute) return notFound;
  if (dispute.status === 'open') return happened('DisputeResolved', resolution);
  const { outcome, ...rest } = resolution;
  return dispute.status === outcome && repeats(rest, dispute) ? nothingToDo : refuse('dispute-resolved');
};

/**
 * The original stays in the record; every view shows the corrected statement from now on. What says the same as the
 * statement already is no correction; of a field that the caller does not see, no answer tells whether it does.
 */
export const correctStatement = (
  { eventId, replacement }: CorrectStatement,
  journey: Existing,
  { registers, fitting: fit, statement }: Context,
): Decision => {
  const type = typeOf(journey, eventId);
  if (type === undefined) return refuse('unknown-event');
  const allowed: readonly string[] = type in correctable ? correctable[type as keyof typeof correctable] : [];
  if (allowed.length === 0) return refuse('event-not-correctable');
  const fields = Object.keys(replacement);
  const other = fields.find((field) => !allowed.includes(field));
  if (fields.length === 0 || other !== undefined)
    return invalid('field-not-correctable', `/replacement${nameOf(type, other)}`);
  const fitted = fields.map((field) => [field, fit(type, field, replacement[field])] as const);
  const unfit = fitted.find(([, found]) => !found);
  if (unfit) return invalid('invalid-value', `/replacement/${unfit[0]}`);
  const { socialArea } = replacement;
  if (typeof socialArea === 'string' && !registers.socialAreaIn(socialArea, journey.municipality))
    return invalid('social-area-elsewhere', '/replacement/socialArea');
  const stands = statement(eventId) ?? {};
  const correct = Object.fromEntries(
    fitted
      .map(([field, found]) => [field, found?.value] as const)
      .filter(([field, value]) => !saysTheSame(field, value, stands[field])),
  );
  if (Object.keys(correct).length === 0) return nothingToDo;
  const { effectiveOn } = correct;
  const refusal = typeof effectiveOn === 'string' && refuseOtherDay(eventId, effectiveOn, journey);
  return refusal || happened('DataCorrected', { eventId, replacement: correct });
};

/** The name of a field that such an event does not have is somebody's input, and not repeated. */
const nameOf = (type: JourneyEventType, field: string | undefined): string =>
  field !== undefined && Object.hasOwn(journeyFields[type].fields, field) ? `/${field}` : '';

/** A moment can be written with more digits than it needs. */
const saysTheSame = (field: string, value: unknown, known: unknown): boolean =>
  field === 'occurredAt' && typeof value === 'string' && typeof known === 'string'
    ? Date.parse(value) === Date.parse(known)
    : JSON.stringify(value) === JSON.stringify(known);

const typeOf = (journey: Existing, eventId: string): JourneyEventType | undefined =>
  journey.entries.find((entry) => entry.eventId === eventId)?.type;
