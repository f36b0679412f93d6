import { categoryOf } from '../../record/field-table.js';
import type { FieldCategory, FieldRule } from '../../record/field-table.js';
import type { DataCategory, FieldOfAction, PotentialKind } from './codes.js';
import { journeyFields } from './field-table.js';
import type { Grant } from './grants.js';
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
  if (granted.some(({ categories }) => categories === 'all')) return events;
  const reader = readerOf(granted, viewerOrganisationId);
  const record = indexed(events);
  return events.flatMap((event) => shownTo(reader, event, record) ?? []);
};

interface Reader {
  readonly organisationId: string;
  readonly categories: ReadonlySet<DataCategory>;
  /** Referrals that the reader is to answer: visible as such, whatever the categories. */
  readonly referrals: ReadonlySet<string>;
}

interface RecordIndex {
  readonly byId: ReadonlyMap<string, VisibleEvent>;
  readonly needs: ReadonlyMap<string, DataCategory>;
  readonly receivers: ReadonlyMap<string, string>;
  readonly consents: ReadonlyMap<string, readonly string[]>;
  readonly disputed: ReadonlyMap<string, string>;
  /** Which fields of an event were corrected. */
  readonly corrections: ReadonlyMap<string, readonly string[]>;
}

const readerOf = (granted: readonly Grant[], organisationId: string): Reader => ({
  organisationId,
  categories: new Set(granted.flatMap(({ categories }) => (categories === 'all' ? [] : categories))),
  referrals: new Set(
    granted.flatMap(({ reason, basis }) => (reason === 'referral' && basis !== undefined ? [basis] : [])),
  ),
});

const indexed = (events: readonly VisibleEvent[]): RecordIndex => {
  const needs = new Map<string, DataCategory>();
  const receivers = new Map<string, string>();
  const consents = new Map<string, readonly string[]>();
  const disputed = new Map<string, string>();
  const corrections = new Map<string, readonly string[]>();
  for (const event of events) {
    if (event.type === 'NeedIdentified') needs.set(event.data.needId, needCategory(event.data.fieldOfAction));
    if (event.type === 'ReferralMade') receivers.set(event.data.referralId, event.data.organisationId ?? '');
    if (event.type === 'ConsentGiven') consents.set(event.data.consentId, event.data.recipients);
    if (event.type === 'DataDisputed') disputed.set(event.data.disputeId, event.data.eventId);
    if (event.type === 'DataCorrected')
      corrections.set(event.data.eventId, [
        ...(corrections.get(event.data.eventId) ?? []),
        ...Object.keys(event.data.replacement ?? {}),
      ]);
  }
  return {
    byId: new Map(events.map((event) => [event.eventId, event])),
    needs,
    receivers,
    consents,
    disputed,
    corrections,
  };
};

/** Danger and discrimination are told in confidence, health belongs to Art. 9 GDPR; all other needs are needs. */
const needCategory = (field: FieldOfAction | undefined): DataCategory => {
  switch (field) {
    case 'health-care':
      return 'health';
    case 'protection':
    case 'discrimination':
      return 'protection';
    default:
      return 'needs';
  }
};

const potentialCategory = (kind: PotentialKind | undefined): DataCategory => {
  switch (kind) {
    case 'language':
      return 'language';
    case 'qualification':
    case 'recognition':
      return 'education';
    case 'work-experience':
      return 'employment';
    case 'volunteering':
    case 'strength':
    case undefined:
      return 'potentials';
  }
};

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
      const referred = referredEvent(event, record);
      return referred ? settle(journeyFields[referred.type].entry, referred, record) : 'notes';
    }
    default:
      return category;
  }
};

const referredEvent = (event: VisibleEvent, record: RecordIndex): VisibleEvent | undefined => {
  if (event.type === 'DataDisputed' || event.type === 'DataCorrected')
    return record.byId.get(event.data.eventId);
  if (event.type === 'DisputeResolved')
    return record.byId.get(record.disputed.get(event.data.disputeId) ?? '');
  return undefined;
};

/** The event as the reader sees it; undefined if they may not know of it. */
const shownTo = (reader: Reader, event: VisibleEvent, record: RecordIndex): VisibleEvent | undefined => {
  if (isAboutAnother(event)) {
    const subject = referredEvent(event, record);
    if (!subject || !shownTo(reader, subject, record)) return undefined;
  }
  const ofOwnBusiness = withoutThirdOrganisations(event, reader, record);
  if (!ofOwnBusiness || !entryVisible(event, reader, record)) return undefined;
  const shown = withoutHiddenFields(ofOwnBusiness, reader, record);
  // What was corrected is hidden, and so is that it was.
  return shown.type === 'DataCorrected' && shown.data.replacement === undefined ? undefined : shown;
};

const entryVisible = (event: VisibleEvent, reader: Reader, record: RecordIndex): boolean =>
  isAboutAnother(event) ||
  isOwnReferral(event, reader) ||
  isGranted(settle(journeyFields[event.type].entry, event, record), reader);

const isAboutAnother = ({ type }: VisibleEvent): boolean =>
  type === 'DataDisputed' || type === 'DisputeResolved' || type === 'DataCorrected';

const isGranted = (category: DataCategory | 'process', reader: Reader): boolean =>
  category === 'process' || reader.categories.has(category);

const isOwnReferral = (event: VisibleEvent, reader: Reader): boolean =>
  'referralId' in event.data && reader.referrals.has(event.data.referralId);

const withoutHiddenFields = (event: VisibleEvent, reader: Reader, record: RecordIndex): VisibleEvent => {
  const shown =
    event.type === 'DataCorrected'
      ? { eventId: event.data.eventId, ...shownReplacement(event.data, reader, record) }
      : Object.fromEntries(
          Object.entries(event.data).filter(([field]) => fieldVisible(field, event, reader, record)),
        );
  const { corrected: _, ...rest } = event;
  const corrected = record.corrections.get(event.eventId)?.some((field) => field in shown) === true;
  return { ...rest, ...(corrected && { corrected }), data: shown } as VisibleEvent;
};

const fieldVisible = (field: string, event: VisibleEvent, reader: Reader, record: RecordIndex): boolean => {
  const rules: Readonly<Record<string, FieldRule>> = journeyFields[event.type].fields;
  const rule = rules[field];
  if (rule === undefined) return false;
  const category = settle(categoryOf(rule), event, record);
  if (category === 'plan' && isOwnReferral(event, reader)) return true;
  // A goal whose need is missing among the needs would tell that there is one of another kind.
  if (field === 'needIds') return isGranted(category, reader) && seesEveryNeed(reader);
  return isGranted(category, reader);
};

const seesEveryNeed = ({ categories }: Reader): boolean =>
  categories.has('needs') && categories.has('health') && categories.has('protection');

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
      isGranted(claimedCategory(corrected, field, value), reader),
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
  if (event.type === 'ConsentWithdrawn')
    return record.consents.get(event.data.consentId)?.includes(reader.organisationId) ? event : undefined;
  return event;
};
