import { categoryOf } from '../../record/field-table.js';
import type { FieldCategory, FieldRule } from '../../record/field-table.js';
import { needCategory, potentialCategory } from './categories.js';
import type { DataCategory } from './codes.js';
import { journeyFields } from './field-table.js';
import type { VisibleEvent } from './journey.js';

/** What the events of a record are to each other. */
export interface RecordIndex {
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

export type DataCorrected = Extract<VisibleEvent, { type: 'DataCorrected' }>;

export interface Correction {
  readonly field: string;
  readonly by: DataCorrected;
}

export const indexed = (events: readonly VisibleEvent[]): RecordIndex => {
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
export const subjectOf = (event: VisibleEvent, record: RecordIndex): VisibleEvent | undefined => {
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
export const settle = (
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

/** Of a field of that event; undefined if the table does not know it. */
export const fieldCategory = (
  field: string,
  event: VisibleEvent,
  record: RecordIndex,
): DataCategory | 'process' | undefined => {
  const rules: Readonly<Record<string, FieldRule>> = journeyFields[event.type].fields;
  const rule = rules[field];
  return rule && settle(categoryOf(rule), event, record);
};

export type OfHandover = Extract<VisibleEvent, { readonly data: { readonly handoverId: string } }>;

export const isOfHandover = (event: VisibleEvent): event is OfHandover => 'handoverId' in event.data;
