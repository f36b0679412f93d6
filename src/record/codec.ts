import type { JsonObject, NewEvent, RecordedEvent } from '#event-store';
import { seal, unseal } from '#personal-data';
import type { SubjectKey } from '#personal-data';
import { isSealed } from './field-table.js';
import type { FieldRule } from './field-table.js';
import type { Recorded } from './recorded.js';

/** An event as a decision makes it: a stable type string and its data. */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
}

/** Brings the data of one schema version to the next. */
export type Upcaster = (data: JsonObject) => JsonObject;

/** How the events of one kind of stream are kept. */
export interface StreamFormat<E extends DomainEvent> {
  readonly fields: { readonly [T in E['type']]: { readonly fields: Readonly<Record<string, FieldRule>> } };
  /**
   * For each type whose schema has changed, the steps from version 1 on. The version that is written is one
   * more than the number of steps.
   */
  readonly upcasters: { readonly [T in E['type']]?: readonly Upcaster[] };
  /**
   * The types whose sealed part decisions look at. Of all others they see the plain part alone, which spares
   * every command the unsealing of most of its stream.
   */
  readonly decisiveSeals: ReadonlySet<E['type']>;
}

/** What stands beside every event: ids and codes, never personal data. */
export interface EventMetadata {
  /** Schema version of the data, from 1. */
  readonly v: number;
  /** Whose key the sealed part is under; absent from what is about no one person and has none. */
  readonly subject?: string;
  readonly actor: string;
  readonly organisation: string;
  readonly roles: readonly string[];
  readonly correlationId: string;
  /** The command, or the event, that this event follows from. */
  readonly causationId: string;
  readonly commandId: string;
  /** Keyed fingerprint of the request: tells a retry from another request under the same key. */
  readonly fingerprint: string;
  /** RFC 3339 in UTC; never goes back within a stream. */
  readonly recordedAt: string;
}

/** The name of the field of the stored data that holds the ciphertext. */
const sealedPart = 'sealed';

/** Splits the event into its plain and its sealed part. A field that the table does not know is sealed. */
export const encode = <E extends DomainEvent>(
  event: E,
  id: string,
  metadata: Omit<EventMetadata, 'v'>,
  key: SubjectKey | undefined,
  format: StreamFormat<E>,
): NewEvent => {
  const rules = rulesOf(format, event.type);
  const plain: Record<string, unknown> = {};
  const secret: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(event.data)) {
    if (value === undefined) continue;
    const rule = rules?.[field];
    (rule === undefined || isSealed(rule) ? secret : plain)[field] = value;
  }
  if (Object.keys(secret).length > 0) {
    if (!key) throw new Error(`${event.type} has fields to be sealed, but nobody under whose key`);
    plain[sealedPart] = seal(key, { eventId: id, type: event.type }, secret as JsonObject);
  }
  const v = (format.upcasters[event.type as E['type']]?.length ?? 0) + 1;
  return {
    id,
    type: event.type,
    data: plain as JsonObject,
    metadata: { v, ...metadata },
  };
};

/**
 * The event as it was decided, brought to today's schema; of a subject whose key is gone only the plain part.
 * @throws UnknownEvent for a type or a version that this program does not know
 */
export const decode = <E extends DomainEvent>(
  stored: RecordedEvent,
  key: SubjectKey | undefined,
  format: StreamFormat<E>,
): Recorded<E> => {
  const metadata = metadataOf(stored);
  if (!isKnown(format, stored.type)) throw new UnknownEvent(stored, metadata.v);
  const steps = format.upcasters[stored.type] ?? [];
  const known = Number.isInteger(metadata.v) && metadata.v >= 1 && metadata.v <= steps.length + 1;
  if (!known) throw new UnknownEvent(stored, metadata.v);
  const data = steps.slice(metadata.v - 1).reduce((older, upcast) => upcast(older), whole(stored, key));
  return {
    type: stored.type,
    data,
    eventId: stored.id,
    revision: stored.revision,
    recordedAt: metadata.recordedAt,
    recordedBy: { organisationId: metadata.organisation, userId: metadata.actor },
  } as unknown as Recorded<E>;
};

export const metadataOf = (stored: RecordedEvent): EventMetadata =>
  stored.metadata as unknown as EventMetadata;

export class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent';
  constructor({ id, type }: RecordedEvent, version: number) {
    super(`Event ${id} has the type ${type} in version ${version}, which this program does not know`);
  }
}

const whole = (stored: RecordedEvent, key: SubjectKey | undefined): JsonObject => {
  const { [sealedPart]: secret, ...plain } = stored.data;
  if (typeof secret !== 'string' || key === undefined) return plain;
  return { ...plain, ...unseal(key, { eventId: stored.id, type: stored.type }, secret) };
};

const isKnown = <E extends DomainEvent>(format: StreamFormat<E>, type: string): type is E['type'] =>
  Object.hasOwn(format.fields, type);

const rulesOf = <E extends DomainEvent>(
  format: StreamFormat<E>,
  type: string,
): Readonly<Record<string, FieldRule>> | undefined =>
  isKnown(format, type) ? format.fields[type].fields : undefined;
