import { createHmac, type KeyObject } from 'node:crypto';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A value has no canonical form. The message names the kind of value, never the value. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical';
}

/**
 * The one JSON text of a value: RFC 8785 (JSON Canonicalization Scheme), so that equal values have equal
 * bytes whatever a store did to spacing and key order in between.
 *
 * Stricter than `JSON.stringify`: what would vanish or change on its way through JSON is refused, because
 * what is read back has to be what was written.
 * @throws NotCanonical for NaN, infinities, undefined (also inside), functions, symbols, bigints, unpaired
 *   surrogates (RFC 8785 section 3.2.2.2, I-JSON), and objects of a class, dates included
 */
export const canonicalJson = (value: JsonValue): string => {
  const given: unknown = value;
  switch (typeof given) {
    case 'string':
      return canonicalString(given);
    case 'number':
      if (!Number.isFinite(given)) throw new NotCanonical('A number that is not finite has no JSON form');
      return String(given === 0 ? 0 : given);
    case 'boolean':
      return given ? 'true' : 'false';
    case 'object':
      if (given === null) return 'null';
      return Array.isArray(given) ? canonicalArray(given as JsonValue[]) : canonicalObject(given);
    default:
      throw new NotCanonical(`A value of type ${typeof given} has no JSON form`);
  }
};

/**
 * A keyed fingerprint of a value: HMAC-SHA256 over its canonical JSON, base64url, 43 characters. Without the
 * key nobody can confirm a guess of the value, which a bare hash of personal data would allow.
 * @throws NotCanonical as `canonicalJson`
 */
export const fingerprint = (key: KeyObject, value: JsonValue): string =>
  createHmac('sha256', key).update(canonicalJson(value), 'utf8').digest('base64url');

const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const unpairedSurrogate = /\p{Surrogate}/u;

const canonicalString = (text: string): string => {
  if (plain.test(text)) return `"${text}"`;
  if (unpairedSurrogate.test(text))
    throw new NotCanonical('A text with an unpaired surrogate has no UTF-8 form');
  // ECMAScript's own escapes are those of RFC 8785 section 3.2.2.2.
  return JSON.stringify(text);
};

const canonicalArray = (items: readonly JsonValue[]): string => {
  let json = '[';
  // By index, because iteration methods skip the holes of a sparse array.
  for (let index = 0; index < items.length; index += 1) {
    if (index > 0) json += ',';
    json += canonicalJson(items[index] as JsonValue);
  }
  return `${json}]`;
};

const canonicalObject = (object: object): string => {
  const prototype: unknown = Object.getPrototypeOf(object);
  // A plain object's prototype is a root, whichever realm's.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new NotCanonical('An object of a class has no JSON form of its own');
  }
  const members = object as JsonObject;
  let json = '{';
  // The default order compares UTF-16 code units, as RFC 8785 section 3.2.3 asks.
  for (const name of Object.keys(members).sort()) {
    if (json.length > 1) json += ',';
    json += `${canonicalString(name)}:${canonicalJson(members[name] as JsonValue)}`;
  }
  return `${json}}`;
};
