import { categoryOf } from '../../record/field-table.js';
import type { FieldCategory, FieldRule } from '../../record/field-table.js';
import { needCategory, potentialCategory } from './categories.js';
import type { DataCategory, FieldOfAction, PotentialKind } from './codes.js';
import { journeyFields } from './field-table.js';
import { isWithdrawalBy } from './grants.js';
import type { Grant, Records } from './grants.js';
import type { VisibleEvent } from './journey.js';

/**
 * The events that the grants let a reader see, each without the fields of other categories. Nothing that is
 * taken out leaves a trace in what remains: without it the answer would be the same. Expects the whole record,
 * corrections applied (`withCorrections`): what a category is may be said by an earlier event.
 */
export const redact = (
  events: readonly VisibleEvent[],
  granted: readonly Grant[],
  viewerOrganisationId: string,
): readonly VisibleEvent[] => {
  if (granted.length === 0) return [];
  if (granted.some(({ categories, records }) => categories === 'all' && !records))
    return events.some(({ type }) => type === 'HandoverProposed') ? events.map(withoutNonce) : events;
  const reader = readerOf(granted, viewerOrganisationId);
  const record = indexed(events);
  return events.flatMap((event) => shownTo(reader, event, record) ?? []);
};

interface Reader {
  readonly organisationId: string;
  readonly granted: readonly Grant[];
  /** The revision at which the record ends for this reader. */
  readonly end: number;
  /** Referrals that the reader is to answer: visible as such, whatever the categories. */
  readonly referrals: ReadonlySet<string>;
  /** What was found out already: each event may be asked about by all that come after it. */
  readonly shown: Map<VisibleEvent, VisibleEvent | undefined>;
  readonly ownCorrections: Map<VisibleEvent, readonly Correction[]>;
}

interface RecordIndex {
  readonly byId: ReadonlyMap<string, VisibleEvent>;
  readonly needs: ReadonlyMap<string, DataCategory>;
  readonly receivers: ReadonlyMap<string, string>;
  /** What other events are steps of, by the id that they name: `ReferralMade` by `referralId`. */
  readonly begun: ReadonlyMap<string, VisibleEvent>;
  /** Handovers that were approved at some time. */
  readonly offered: ReadonlySet<string>;
  /** Which fields of an event were corrected, and by which event. */
  readonly corrections: ReadonlyMap<string, readonly Correction[]>;
  /** The categories of what is said about other events, as far as they were asked for. */
  readonly settled: Map<VisibleEvent, DataCategory | 'process'>;
}

interface Correction {
  readonly field: string;
  readonly by: VisibleEvent;
}

const readerOf = (granted: readonly Grant[], organisationId: string): Reader => ({
  organisationId,
  granted,
  end: Math.max(
    ...granted.map(({ reason, records }) =>
      reason === 'former-owner' ? (records?.before?.revision ?? Infinity) : Infinity,
    ),
  ),
  referrals: new Set(
    granted.flatMap(({ reason, basis }) => (reason === 'referral' && basis !== undefined ? [basis] : [])),
  ),
  shown: new Map(),
  ownCorrections: new Map(),
});

const indexed = (events: readonly VisibleEvent[]): RecordIndex => {
  const needs = new Map<string, DataCategory>();
  const receivers = new Map<string, string>();
  const begun = new Map<string, VisibleEvent>();
  const offered = new Set<string>();
  const corrections = new Map<string, Correction[]>();
  for (const event of events) {
    const id = beginningOf(event);
    if (id !== undefined) begun.set(id, event);
    if (event.type === 'NeedIdentified') needs.set(event.data.needId, needCategory(event.data.fieldOfAction));
    if (event.type === 'ReferralMade') receivers.set(event.data.referralId, event.data.organisationId ?? '');
    if (event.type === 'HandoverApproved') offered.add(event.data.handoverId);
    if (event.type === 'DataCorrected') {
      const { eventId, replacement = {} } = event.data;
      const known = corrections.get(eventId) ?? [];
      corrections.set(eventId, known);
      for (const field of Object.keys(replacement)) known.push({ field, by: event });
    }
  }
  return {
    byId: new Map(events.map((event) => [event.eventId, event])),
    needs,
    receivers,
    begun,
    offered,
    corrections,
    settled: new Map(),
  };
};

/** The id of what begins with this event and is gone on with by others. */
export const beginningOf = (event: VisibleEvent): string | undefined => {
  switch (event.type) {
    case 'ConsentGiven':
      return event.data.consentId;
    case 'NeedIdentified':
      return event.data.needId;
    case 'GoalAgreed':
      return event.data.goalId;
    case 'MeasurePlanned':
      return event.data.measureId;
    case 'ReferralMade':
      return event.data.referralId;
    case 'HandoverProposed':
      return event.data.handoverId;
    case 'DataDisputed':
      return event.data.disputeId;
    default:
      return undefined;
  }
};

/** What this event goes on with or is about; undefined where it stands for itself. */
const subjectOf = (event: VisibleEvent, record: RecordIndex): VisibleEvent | undefined => {
  switch (event.type) {
    case 'ConsentWithdrawn':
      return record.begun.get(event.data.consentId);
    case 'NeedResolved':
      return record.begun.get(event.data.needId);
    case 'GoalReviewed':
      return record.begun.get(event.data.goalId);
    case 'MeasureCompleted':
      return record.begun.get(event.data.measureId);
    case 'ReferralAccepted':
    case 'ReferralDeclined':
    case 'ReferralStarted':
    case 'ReferralCompleted':
    case 'ReferralCancelled':
      return record.begun.get(event.data.referralId);
    default:
      return referredEvent(event, record);
  }
};

/** For each of these events the one that it goes on with or is about, itself included. */
export const beginningsOf = (
  eventIds: ReadonlySet<string>,
  events: readonly VisibleEvent[],
): readonly VisibleEvent[] => {
  const record = indexed(events);
  return events
    .filter(({ eventId }) => eventIds.has(eventId))
    .flatMap((event) => [event, subjectOf(event, record) ?? proposalOf(event, record) ?? []].flat());
};

const proposalOf = (event: VisibleEvent, { begun }: RecordIndex): VisibleEvent | undefined =>
  isOfHandover(event) ? begun.get(event.data.handoverId) : undefined;

/** The one category that the rule means for this event; `process` is seen with any disclosure. */
const settle = (
  category: FieldCategory,
  event: VisibleEvent,
  record: RecordIndex,
): DataCategory | 'process' => {
  switch (category) {
    case 'of-need':
      return 'needId' in event.data ? (record.needs.get(event.data.needId ?? '') ?? 'needs') : 'needs';
    case 'of-potential':
      return event.type === 'PotentialIdentified' ? potentialCategory(event.data.kind) : 'potentials';
    case 'of-event': {
      const known = record.settled.get(event);
      if (known !== undefined) return known;
      const referred = referredEvent(event, record);
      const settled = referred ? settle(journeyFields[referred.type].entry, referred, record) : 'notes';
      record.settled.set(event, settled);
      return settled;
    }
    case 'of-answer':
      return event.type === 'HandoverInformationProvided' ? (event.data.category ?? 'notes') : 'notes';
    default:
      return category;
  }
};

const referredEvent = (event: VisibleEvent, record: RecordIndex): VisibleEvent | undefined => {
  if (event.type === 'DataDisputed' || event.type === 'DataCorrected')
    return record.byId.get(event.data.eventId);
  if (event.type === 'DisputeResolved') return disputedEvent(record.begun.get(event.data.disputeId), record);
  return undefined;
};

const disputedEvent = (dispute: VisibleEvent | undefined, record: RecordIndex): VisibleEvent | undefined =>
  dispute?.type === 'DataDisputed' ? record.byId.get(dispute.data.eventId) : undefined;

/** The event as the reader sees it; undefined if they may not know of it. */
const shownTo = (reader: Reader, event: VisibleEvent, record: RecordIndex): VisibleEvent | undefined => {
  if (!reader.shown.has(event)) reader.shown.set(event, madeToShow(reader, event, record));
  return reader.shown.get(event);
};

const madeToShow = (reader: Reader, event: VisibleEvent, record: RecordIndex): VisibleEvent | undefined => {
  const isOwnWithdrawal = isWithdrawalBy(reader.organisationId, event);
  if (event.revision >= reader.end && !isOwnWithdrawal) return undefined;
  const subject = subjectOf(event, record);
  if ((isAboutAnother(event) || event.type === 'ConsentWithdrawn') && !subject) return undefined;
  if (subject && !shownTo(reader, subject, record)) return undefined;
  if (isOfHandover(event)) return handoverShownTo(reader, event, record);
  if (isOwnWithdrawal || isWhollyCovered(event, reader.granted)) return event;
  const ofOwnBusiness = withoutThirdOrganisations(event, reader, record);
  if (!ofOwnBusiness || !entryVisible(event, reader, record)) return undefined;
  const shown = withoutHiddenFields(ofOwnBusiness, reader, record);
  // What was corrected is hidden, and so is that it was.
  return shown.type === 'DataCorrected' && shown.data.replacement === undefined ? undefined : shown;
};

/**
 * A handover is the business of two offices. The sender knows all of it; the receiver hears of it when it is
 * approved, and nothing of the sender's review; everybody else sees only whose journey it is now.
 */
const handoverShownTo = (
  reader: Reader,
  event: OfHandover,
  record: RecordIndex,
): VisibleEvent | undefined => {
  const proposal = record.begun.get(event.data.handoverId);
  const { organisationId } = reader;
  if (isWhollyCovered(event, reader.granted)) return withoutNonce(event);
  if (proposal?.recordedBy.organisationId === organisationId) return asSenderSees(event);
  const isReceiver =
    proposal?.type === 'HandoverProposed' &&
    proposal.data.toOrganisationId === organisationId &&
    record.offered.has(proposal.data.handoverId);
  if (isReceiver && !isSendersOwn(event)) {
    const isSaidToThem =
      event.recordedBy.organisationId === organisationId ||
      (event.type === 'HandoverInformationProvided' && decidesOn(event.data.handoverId, reader));
    return withoutNonce(isSaidToThem ? event : withoutHiddenFields(event, reader, record));
  }
  if (event.type !== 'HandoverAccepted') return undefined;
  const { handoverId, owner } = event.data;
  return { ...event, data: { handoverId, owner } };
};

/** Whether the reader is to decide on it: afterwards an answer is a record of the other office like all others. */
const decidesOn = (handoverId: string, { granted }: Reader): boolean =>
  granted.some(
    ({ reason, basis, records }) =>
      reason === 'package' && basis === handoverId && records?.before === undefined,
  );

type OfHandover = Extract<VisibleEvent, { readonly data: { readonly handoverId: string } }>;

const isOfHandover = (event: VisibleEvent): event is OfHandover => 'handoverId' in event.data;

/** Why the new owner went against a wish is the new owner's record. */
const asSenderSees = (event: OfHandover): VisibleEvent => {
  if (event.type !== 'HandoverAccepted') return withoutNonce(event);
  const { overrideReason: _, ...data } = event.data;
  return { ...event, data };
};

const isSendersOwn = (event: VisibleEvent): boolean =>
  event.type === 'HandoverReturned' ||
  (event.type === 'HandoverEscalated' && event.data.deadline === 'review');

/** What makes the package's hash confirm no guess is for nobody's eyes. */
const withoutNonce = (event: VisibleEvent): VisibleEvent => {
  if (event.type !== 'HandoverProposed') return event;
  const { nonce: _, ...data } = event.data;
  return { ...event, data };
};

/** The reader's own records, and what was recorded since the client is theirs: as it is. */
const isWhollyCovered = (event: VisibleEvent, granted: readonly Grant[]): boolean =>
  granted.some(({ categories, records }) => categories === 'all' && covers(records, event));

const covers = ({ from, before, by }: Records = {}, { revision, recordedBy }: VisibleEvent): boolean =>
  (from === undefined || from.revision <= revision) &&
  (before === undefined || revision < before.revision) &&
  (by === undefined || recordedBy.organisationId === by);

/** Whether a grant opens this category of this event. */
const opens = (granted: readonly Grant[], event: VisibleEvent, category: DataCategory): boolean =>
  granted.some(
    ({ categories, records }) =>
      (categories === 'all' || categories.includes(category)) &&
      covers(records, event) &&
      (records?.among === undefined || opens(records.among, event, category)),
  );

const entryVisible = (event: VisibleEvent, reader: Reader, record: RecordIndex): boolean =>
  isAboutAnother(event) ||
  isOwnReferral(event, reader) ||
  ownCorrections(event, reader, record).length > 0 ||
  isGranted(settle(journeyFields[event.type].entry, event, record), event, reader);

const isAboutAnother = ({ type }: VisibleEvent): boolean =>
  type === 'DataDisputed' || type === 'DisputeResolved' || type === 'DataCorrected';

const isGranted = (category: DataCategory | 'process', event: VisibleEvent, { granted }: Reader): boolean =>
  category === 'process' || opens(granted, event, category);

const isOwnReferral = (event: VisibleEvent, reader: Reader): boolean =>
  'referralId' in event.data && reader.referrals.has(event.data.referralId);

/** What the reader put right with their own hands stays before their eyes, whatever kind it has become. */
const ownCorrections = (
  event: VisibleEvent,
  { granted, ownCorrections: known }: Reader,
  record: RecordIndex,
): readonly Correction[] => {
  const found =
    known.get(event) ??
    record.corrections.get(event.eventId)?.filter(({ by }) => isWhollyCovered(by, granted)) ??
    [];
  known.set(event, found);
  return found;
};

const withoutHiddenFields = (event: VisibleEvent, reader: Reader, record: RecordIndex): VisibleEvent => {
  const shown =
    event.type === 'DataCorrected'
      ? { eventId: event.data.eventId, ...shownReplacement(event.data, reader, record) }
      : Object.fromEntries(
          Object.entries(event.data).filter(([field]) => fieldVisible(field, event, reader, record)),
        );
  const { corrected: _, ...rest } = event;
  const corrected = record.corrections.get(event.eventId)?.some(({ field }) => field in shown) === true;
  return { ...rest, ...(corrected && { corrected }), data: shown } as VisibleEvent;
};

const fieldVisible = (field: string, event: VisibleEvent, reader: Reader, record: RecordIndex): boolean => {
  const rules: Readonly<Record<string, FieldRule>> = journeyFields[event.type].fields;
  const rule = rules[field];
  if (rule === undefined) return false;
  if (ownCorrections(event, reader, record).some((correction) => correction.field === field)) return true;
  const category = settle(categoryOf(rule), event, record);
  if (category === 'plan' && isOwnReferral(event, reader)) return true;
  // A goal whose need is missing among the needs would tell that there is one of another kind.
  if (field === 'needIds') return isGranted(category, event, reader) && seesEveryNeed(event, reader);
  return isGranted(category, event, reader);
};

const seesEveryNeed = (event: VisibleEvent, { granted }: Reader): boolean =>
  (['needs', 'health', 'protection'] as const).every((category) => opens(granted, event, category));

const shownReplacement = (
  { eventId, replacement = {} }: Extract<VisibleEvent, { type: 'DataCorrected' }>['data'],
  reader: Reader,
  record: RecordIndex,
): { readonly replacement?: Readonly<Record<string, unknown>> } => {
  const corrected = record.byId.get(eventId);
  if (!corrected) return {};
  const shown = Object.entries(replacement).filter(
    ([field, value]) =>
      fieldVisible(field, corrected, reader, record) &&
      isGranted(claimedCategory(corrected, field, value), corrected, reader),
  );
  return shown.length === 0 ? {} : { replacement: Object.fromEntries(shown) };
};

/** Where a correction puts the statement, though a later one may have put it elsewhere. */
const claimedCategory = ({ type }: VisibleEvent, field: string, value: unknown): DataCategory | 'process' => {
  if (type === 'NeedIdentified' && field === 'fieldOfAction') return needCategory(value as FieldOfAction);
  if (type === 'PotentialIdentified' && field === 'kind') return potentialCategory(value as PotentialKind);
  return 'process';
};

/** Who else works with the client is nobody's business but the owner's and that organisation's. */
const withoutThirdOrganisations = (
  event: VisibleEvent,
  reader: Reader,
  record: RecordIndex,
): VisibleEvent | undefined => {
  if ('referralId' in event.data)
    return record.receivers.get(event.data.referralId) === reader.organisationId ? event : undefined;
  if (event.type === 'ConsentGiven') {
    const recipients = event.data.recipients.filter((id) => id === reader.organisationId);
    return recipients.length === 0 ? undefined : { ...event, data: { ...event.data, recipients } };
  }
  return event;
};
