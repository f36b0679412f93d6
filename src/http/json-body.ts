import { isUtf8 } from 'node:buffer';
import { pointerTo, pointerToUnknown } from './input.js';
import { invalidInput, unsupportedMediaType, type InputError } from './problem.js';

const deepest = 16;
const mostValues = 10_000;

/** One media type in one encoding; a body without a word about it is none of ours. */
export const assertJson = (headers: {
  readonly 'content-type'?: string | undefined;
  readonly 'content-encoding'?: string | undefined;
}): void => {
  const type = headers['content-type'] ?? '';
  if (!/^application\/json[ \t]*(;[ \t]*charset=("?)utf-8\2[ \t]*)?;?$/i.test(type))
    throw unsupportedMediaType();
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw unsupportedMediaType();
};

/**
 * Reads a body strictly: what one reader of JSON would understand otherwise than another (a field twice), what
 * stores cannot hold (NUL, unpaired surrogates, invalid UTF-8), and what only costs time (depth, size) is
 * refused before anything else looks at it. An empty body is undefined.
 * @throws Problem 400
 */
export const parseJsonBody = (raw: Buffer): Readonly<Record<string, unknown>> | undefined => {
  if (raw.length === 0) return undefined;
  if (!isUtf8(raw)) throw invalidInput([{ pointer: '', message: 'is not valid UTF-8' }]);
  const text = raw.toString('utf8');
  const body = parsed(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidInput([{ pointer: '', message: 'must be an object' }]);
  }
  const { names, errors } = inspected(body);
  if (errors.length > 0) throw invalidInput(errors);
  if (names !== countOfNames(text))
    throw invalidInput([{ pointer: repeatedField(text), message: 'stands twice' }]);
  return body as Readonly<Record<string, unknown>>;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidInput([{ pointer: '', message: 'is not valid JSON' }]);
  }
};

interface Inspection {
  /** How many names of fields there are in all. */
  names: number;
  values: number;
  readonly errors: InputError[];
}

const inspected = (body: unknown): Inspection => {
  const inspection: Inspection = { names: 0, values: 0, errors: [] };
  inspect(body, '', 1, inspection);
  return inspection;
};

const inspect = (value: unknown, at: string, depth: number, found: Inspection): void => {
  if (++found.values > mostValues) {
    if (found.values === mostValues + 1) {
      found.errors.push({ pointer: '', message: `must not hold more than ${mostValues} values` });
    }
    return;
  }
  if (typeof value === 'string') {
    if (isUnstorable(value)) {
      found.errors.push({ pointer: at, message: 'must not contain NUL or unpaired surrogates' });
    }
    return;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) found.errors.push({ pointer: at, message: 'is too large a number' });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth > deepest) {
    found.errors.push({ pointer: at, message: `must not be nested deeper than ${deepest} levels` });
    return;
  }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++)
      inspect(value[index], `${at}/${index}`, depth + 1, found);
    return;
  }
  for (const name of Object.keys(value)) {
    found.names++;
    const member = (value as Record<string, unknown>)[name];
    if (isPlainName(name)) inspect(member, `${at}/${name}`, depth + 1, found);
    else inspectNamed(name, member, at, depth, found);
  }
};

/** A name that no field of ours has: it is not repeated, and must not reach anything that it could change. */
const inspectNamed = (name: string, member: unknown, at: string, depth: number, found: Inspection): void => {
  if (isUnstorable(name)) {
    found.errors.push({ pointer: at, message: 'has a name that contains NUL or unpaired surrogates' });
  } else if (name === '__proto__' || name === 'constructor' || name === 'prototype') {
    found.errors.push({ pointer: pointerTo(at, name), message: 'is not a known field' });
  }
  inspect(member, pointerToUnknown(at, name), depth + 1, found);
};

const isPlainName = (name: string): boolean =>
  /^[A-Za-z0-9]{1,40}$/.test(name) && name !== 'constructor' && name !== 'prototype';

// eslint-disable-next-line no-control-regex
const unstorable = /\x00|\p{Surrogate}/u;
const isUnstorable = (text: string): boolean => unstorable.test(text);

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

/**
 * How many names of fields valid JSON text has: its colons outside of strings. `JSON.parse` keeps the last of
 * two equal names in silence; then it has fewer.
 */
const countOfNames = (text: string): number => {
  let names = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (character === quote) inString = !inString;
    else if (inString) index += character === backslash ? 1 : 0;
    else if (character === colon) names++;
  }
  return names;
};

/** Where the first name that its object has already stands, in valid JSON text. */
const repeatedField = (text: string): string => {
  const open: { at: string; names?: Set<string>; index: number; member: string }[] = [];
  let expectsName = false;
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g)) {
    const inside = open.at(-1);
    if (token === '{' || token === '[') {
      const at = inside ? (inside.names ? inside.member : `${inside.at}/${inside.index}`) : '';
      open.push({ at, index: 0, member: at, ...(token === '{' ? { names: new Set<string>() } : {}) });
      expectsName = token === '{';
    } else if (token === '}' || token === ']') {
      open.pop();
      expectsName = false;
    } else if (token === ',') {
      if (inside) inside.index++;
      expectsName = inside?.names !== undefined;
    } else if (expectsName && inside?.names) {
      const name = JSON.parse(token) as string;
      inside.member = pointerToUnknown(inside.at, name);
      if (inside.names.has(name)) return inside.member;
      inside.names.add(name);
      expectsName = false;
    }
  }
  return '';
};
