import { EventTooLarge, InvalidAppend } from './errors.js';
import type { AppendRequest, ExpectedRevision, NewEvent } from './port.js';

/** An append whose every part was looked at, with its events as the JSON texts that are stored or sent. */
export interface CheckedAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly ids: readonly string[];
  /** Each event as the JSON object `{ id, type, data, metadata }`. */
  readonly documents: readonly string[];
  /** UTF-8 bytes of all documents. */
  readonly size: number;
}

/** Bytes that one append may have: what EventStoreDB takes by default, so that the stores are exchangeable. */
export const defaultMaxAppendSize = 1024 * 1024;

const longestName = 255;
const deepestNesting = 100;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const unstorable = /\0|\p{Surrogate}/u;

/**
 * Holds an append against what every store can keep. Messages say which event and what is wrong with it,
 * never what stands in it.
 * @param maxSize greatest size in bytes
 * @throws InvalidAppend, EventTooLarge
 */
export const checkAppend = (request: AppendRequest, maxSize: number): CheckedAppend => {
  const { stream, expected, events } = request;
  checkName('The stream name', stream);
  if (stream.startsWith('$')) throw new InvalidAppend('Stream names with a leading $ belong to EventStoreDB');
  if (expected !== 'none' && expected !== 'any' && !(Number.isSafeInteger(expected) && expected >= 0))
    throw new InvalidAppend('The expected revision is neither none, any nor a whole number from 0');
  if (events.length === 0) throw new InvalidAppend('An append needs at least one event');
  const ids = events.map(({ id }) => id);
  if (new Set(ids).size < ids.length) throw new InvalidAppend('An event id stands twice in one append');
  const documents = events.map(documentOf);
  const size = documents.reduce((bytes, document) => bytes + Buffer.byteLength(document), 0);
  if (size > maxSize) throw new EventTooLarge(size, maxSize);
  return { stream, expected, ids, documents, size };
};

const checkName = (what: string, name: string): void => {
  if (name === '' || Buffer.byteLength(name) > longestName)
    throw new InvalidAppend(`${what} must have 1 to ${longestName} bytes`);
  if (!isStorable(name)) throw new InvalidAppend(`${what} has NUL or an unpaired surrogate`);
};

const documentOf = ({ id, type, data, metadata }: NewEvent, index: number): string => {
  const event = `Event ${index + 1} of the append`;
  if (!uuid.test(id)) throw new InvalidAppend(`${event} has an id that is not a lower-case UUID`);
  checkName(`The type of event ${index + 1} of the append`, type);
  if (!isObject(data) || !isJson(data, 0))
    throw new InvalidAppend(`${event} has data that is not a JSON object`);
  if (!isObject(metadata) || !isJson(metadata, 0))
    throw new InvalidAppend(`${event} has metadata that is not a JSON object`);
  const document = JSON.stringify({ id, type, data, metadata });
  // JSON escapes NUL and unpaired surrogates (and some harmless control characters): look closer only then.
  if (document.includes('\\u') && !isStorable({ data, metadata }))
    throw new InvalidAppend(`${event} has NUL or an unpaired surrogate in a text`);
  return document;
};

const isObject = (value: unknown): value is object =>
  // Dates, maps and the like would be written as something other than they are.
  Object.prototype.toString.call(value) === '[object Object]' &&
  typeof (value as { toJSON?: unknown }).toJSON !== 'function';

const isJson = (value: unknown, depth: number): boolean => {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth === deepestNesting) return false;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) if (!isJson(value[index], depth + 1)) return false;
    return true;
  }
  if (!isObject(value)) return false;
  for (const key in value) if (!isJson((value as Record<string, unknown>)[key], depth + 1)) return false;
  return true;
};

/** Whether every text in it can be kept by every store: neither NUL nor an unpaired surrogate. */
export const isStorable = (value: unknown): boolean => {
  if (typeof value === 'string') return !unstorable.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => !unstorable.test(key) && isStorable(inner));
};
