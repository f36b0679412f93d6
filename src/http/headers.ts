import { invalidHeader } from './problem.js';

// Structured-field strings (RFC 8941, section 3.3.3) are what the standard's draft asks for; most send the key bare.
const quoted = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

/** The key under which a command happens once. Repeated headers arrive joined by a comma and a blank. */
export const readIdempotencyKey = (header: string | readonly string[] | undefined): string => {
  if (header === undefined) throw invalidHeader('Idempotency-Key', 'is required for a command');
  const text = String(header);
  const key = quoted.exec(text)?.[1]?.replace(/\\(["\\])/g, '$1') ?? text;
  if (/^[\x21-\x7e]{1,255}$/.test(key) && (key !== text || !text.startsWith('"'))) return key;
  throw invalidHeader('Idempotency-Key', 'must have 1 to 255 visible ASCII characters');
};

/** The revision that the caller has seen: one strong tag, as `ETag` gave it. */
export const readIfMatch = (header: string | readonly string[] | undefined): number | undefined => {
  if (header === undefined) return undefined;
  const revision = /^"(0|[1-9]\d{0,14})"$/.exec(String(header))?.[1];
  if (revision === undefined)
    throw invalidHeader('If-Match', 'must be one revision as ETag gives it, such as "7"');
  return Number(revision);
};

export const purposes = [
  'counselling',
  'handover',
  'review',
  'deputising',
  'subject-access',
  'erasure',
] as const;
export type Purpose = (typeof purposes)[number];

/** What personal data is read for; undefined if nothing was said. */
export const readPurpose = (header: string | readonly string[] | undefined): Purpose | undefined => {
  if (header === undefined) return undefined;
  const purpose = purposes.find((one) => one === header);
  if (purpose === undefined) throw invalidHeader('KIM-Purpose', `must be one of ${purposes.join(', ')}`);
  return purpose;
};
