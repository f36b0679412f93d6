import { needCategory, potentialCategory } from './categories.js';
import { article9Categories } from './codes.js';
import type { DataCategory, FieldOfAction, PotentialKind } from './codes.js';
import { asRecorded } from './corrections.js';
import { journeyFields } from './field-table.js';
import { isWithdrawalBy } from './grants.js';
import type { Grant, Records } from './grants.js';
import type { VisibleEvent } from './journey.js';
import { fieldCategory, indexed, isOfHandover, settle, subjectOf } from './record-index.js';
import type { Correction, DataCorrected, OfHandover, RecordIndex } from './record-index.js';

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
  const known = asFarAsKnown(event, reader, record);
  if (isOwnWithdrawal || isWhollyCovered(event, reader.granted)) return known;
  const ofOwnBusiness = withoutThirdOrganisations(known, reader, record);
  if (!ofOwnBusiness || !entryVisible(event, reader, record)) return undefined;
  const shown = withoutHiddenFields(ofOwnBusiness, reader, record);
  if (known !== event && !isKindGranted(shown, reader, record)) return undefined;
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

/**
 * Whether a grant opens this category of this event, as that correction left it: of what somebody's own people
 * recorded, they keep what these wrote, and not what others wrote into it later. What an owner corrected stands as
 * corrected for all who see the event through that owner's eyes, whoever recorded it.
 */
const opens = (
  granted: readonly Grant[],
  event: VisibleEvent,
  category: DataCategory,
  correction?: VisibleEvent,
): boolean => {
  const inDoubt = correction !== undefined && !isWhollyCovered(correction, granted) ? correction : undefined;
  return granted.some(
    ({ categories, records }) =>
      (categories === 'all' || categories.includes(category)) &&
      covers(records, event) &&
      (inDoubt === undefined || records?.by === undefined || covers(records, inDoubt)) &&
      (records?.among === undefined || opens(records.among, event, category, inDoubt)),
  );
};

/** The event with those corrections that the reader may know of. */
const asFarAsKnown = (event: VisibleEvent, reader: Reader, record: RecordIndex): VisibleEvent => {
  const corrections = record.corrections.get(event.eventId) ?? [];
  const known = corrections.filter((correction) => knowsOf(correction, event, reader, record));
  if (known.length === corrections.length) return event;
  return asRecorded(
    event,
    Object.fromEntries(known.map(({ field, by }) => [field, by.data.replacement?.[field]])),
  );
};

const knowsOf = (
  { field, by }: Correction,
  event: VisibleEvent,
  { granted }: Reader,
  record: RecordIndex,
): boolean => {
  if (isWhollyCovered(by, granted)) return true;
  const category = fieldCategory(field, event, record);
  return category === 'process' || (category !== undefined && opens(granted, event, category, by));
};

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
      ? { eventId: event.data.eventId, ...shownReplacement(event, reader, record) }
      : Object.fromEntries(
          Object.entries(event.data).filter(([field]) => fieldVisible(field, event, reader, record)),
        );
  const { corrected: _, ...rest } = event;
  const corrected = record.corrections
    .get(event.eventId)
    ?.some((correction) => correction.field in shown && knowsOf(correction, event, reader, record));
  return { ...rest, ...(corrected && { corrected }), data: shown } as VisibleEvent;
};

const fieldVisible = (field: string, event: VisibleEvent, reader: Reader, record: RecordIndex): boolean => {
  const category = fieldCategory(field, event, record);
  if (category === undefined) return false;
  if (ownCorrections(event, reader, record).some((correction) => correction.field === field)) return true;
  if (category === 'plan' && isOwnReferral(event, reader)) return true;
  // A goal whose need is missing among the needs would tell that there is one of another kind.
  if (field === 'needIds') return isGranted(category, event, reader) && seesEveryNeed(event, reader);
  return isGranted(category, event, reader);
};

const seesEveryNeed = (event: VisibleEvent, { granted }: Reader): boolean =>
  (['needs', 'health', 'protection'] as const).every((category) => opens(granted, event, category));

const shownReplacement = (
  by: DataCorrected,
  reader: Reader,
  record: RecordIndex,
): { readonly replacement?: Readonly<Record<string, unknown>> } => {
  const { eventId, replacement = {} } = by.data;
  const corrected = record.byId.get(eventId);
  if (!corrected) return {};
  const shown = Object.entries(replacement).filter(
    ([field, value]) =>
      fieldVisible(field, corrected, reader, record) &&
      knowsOf({ field, by }, corrected, reader, record) &&
      isGranted(claimedCategory(corrected, field, value), corrected, reader),
  );
  return shown.length === 0 ? {} : { replacement: Object.fromEntries(shown) };
};

/** To whom the statement stands as it was once, it is of the kind that it was then. */
const isKindGranted = (shown: VisibleEvent, reader: Reader, record: RecordIndex): boolean =>
  Object.entries(shown.data).every(
    ([field, value]) =>
      isGranted(claimedCategory(shown, field, value), shown, reader) ||
      ownCorrections(shown, reader, record).some((correction) => correction.field === field),
  );

/** Where a correction puts the statement, though a later one may have put it elsewhere. */
const claimedCategory = ({ type }: VisibleEvent, field: string, value: unknown): DataCategory | 'process' => {
  if (type === 'NeedIdentified' && field === 'fieldOfAction') return needCategory(value as FieldOfAction);
  if (type === 'PotentialIdentified' && field === 'kind') return potentialCategory(value as PotentialKind);
  return 'process';
};

/** What the owner may keep tells what there is: of that, others learn no more than what is open to them. */
const ofOwnersConsent = (
  event: Extract<VisibleEvent, { type: 'ConsentGiven' }>,
  { granted }: Reader,
): VisibleEvent => {
  const { dataCategories = [], includesArticle9, ...data } = event.data;
  const open = dataCategories.filter((category) => opens(granted, event, category));
  const namesArticle9 = open.some((category) =>
    (article9Categories as readonly DataCategory[]).includes(category),
  );
  return {
    ...event,
    data: {
      ...data,
      ...(open.length > 0 && { dataCategories: open }),
      ...(namesArticle9 && includesArticle9 && { includesArticle9 }),
    },
  };
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
    const { recipients } = event.data;
    // The owner who recorded it is no third organisation: their own consent goes with any disclosure.
    const known = recipients.filter(
      (id) => id === reader.organisationId || id === event.recordedBy.organisationId,
    );
    if (recipients.includes(reader.organisationId))
      return known.length === recipients.length
        ? event
        : { ...event, data: { ...event.data, recipients: known } };
    return known.length === recipients.length ? ofOwnersConsent(event, reader) : undefined;
  }
  return event;
};
