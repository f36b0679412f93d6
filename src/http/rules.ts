import { isEmail } from 'class-validator';
import { berlinDay, isCalendarDay } from '../reference/index.js';
import type { Clock } from './clock.js';
import { languages } from './languages.js';
import { nationalities } from './nationalities.js';

/** JSON Schema, as OpenAPI 3.1 has it. */
export type Schema = Readonly<Record<string, unknown>>;

/** What a value must be. */
export interface Rule {
  /** What is wrong with it, in words that do not repeat it; undefined when nothing is. */
  readonly wrong: (value: unknown, clock: Clock) => string | undefined;
  readonly schema: Schema;
  readonly example: unknown;
  /** From the text of a query parameter, where it is no text in JSON. */
  readonly fromText?: (text: string) => unknown;
  /** The one way to write a value that can be written in several. */
  readonly normal?: (value: string) => string;
}

export const uuid: Rule = {
  ...matching(
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
    'must be a UUID',
    '6f1c2b0e-9f0a-5d53-8e0a-0d6f6c1f2a34',
  ),
  schema: { type: 'string', format: 'uuid' },
  normal: (value) => value.toLowerCase(),
};

export const organisationId = matching(
  /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
  "must be an organisation's id: lower-case letters and digits, joined by dashes",
  'jobcenter-kreis-unna',
  100,
);
export const municipality = matching(/^\d{8}$/, 'must be a municipality key (AGS) of 8 digits', '05978004');
export const userId = matching(/^[\x21-\x7e]+$/, "must be a user's id", 'bergkamen-cm', 255);
export const textHash = matching(
  /^[0-9a-f]{64}$/,
  'must be a SHA-256 hash of 64 lower-case hex digits',
  '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
);
export const phone = matching(
  /^(?=.*\d)[\d +\-/()]+$/,
  'must be a phone number: digits, spaces and + - / ( )',
  '+49 2307 965-0',
  40,
);

export const email: Rule = {
  wrong: (value) => (typeof value === 'string' && isEmail(value) ? undefined : 'must be an e-mail address'),
  schema: { type: 'string', format: 'email', maxLength: 254 },
  example: 'amina@example.org',
};

export const language: Rule = {
  wrong: (value) =>
    typeof value === 'string' && languages.has(value)
      ? undefined
      : 'must be a language code of ISO 639-1 or 639-3, in lower case',
  schema: { type: 'string', pattern: '^[a-z]{2,3}$' },
  example: 'ar',
};

export const nationality: Rule = {
  wrong: (value) =>
    typeof value === 'string' && nationalities.has(value)
      ? undefined
      : 'must be a country code of ISO 3166-1 alpha-3, XXA (stateless) or XXX (unknown)',
  schema: { type: 'string', pattern: '^[A-Z]{3}$' },
  example: 'SYR',
};

export const flag: Rule = {
  wrong: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
  schema: { type: 'boolean' },
  example: true,
  fromText: (text) => (text === 'true' ? true : text === 'false' ? false : text),
};

/** True and nothing else: what must have happened before. */
export const confirmation: Rule = {
  wrong: (value) => (value === true ? undefined : 'must be true'),
  schema: { type: 'boolean', const: true },
  example: true,
};

/** One of a code list's values. */
export const code = (codes: readonly string[]): Rule => {
  const known: ReadonlySet<unknown> = new Set(codes);
  const message = codes.length <= 20 ? `must be one of ${codes.join(', ')}` : 'must be a code of its list';
  return {
    wrong: (value) => (known.has(value) ? undefined : message),
    schema: { type: 'string', enum: [...codes] },
    example: codes[0],
  };
};

export const whole = ({ min, max }: { readonly min: number; readonly max: number }): Rule => ({
  wrong: (value) =>
    Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max
      ? undefined
      : `must be a whole number from ${min} to ${max}`,
  schema: { type: 'integer', minimum: min, maximum: max },
  example: Math.max(min, Math.min(max, 45)),
  fromText: (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : text),
});

/** A year from 1900 that has begun in Berlin. */
export const pastYear: Rule = {
  wrong: (value, clock) =>
    Number.isSafeInteger(value) &&
    (value as number) >= 1900 &&
    (value as number) <= Number(berlinDay(clock.now()).slice(0, 4))
      ? undefined
      : 'must be a year from 1900 that is not in the future',
  schema: { type: 'integer', minimum: 1900 },
  example: 1990,
};

/** A day of the calendar from 1900; `past` allows today's day in Berlin, but none after it. */
export const dateOnly = ({ past = false }: { readonly past?: boolean } = {}): Rule => ({
  wrong: (value, clock) => {
    if (typeof value !== 'string' || !isCalendarDay(value)) return 'must be a day that exists, as YYYY-MM-DD';
    if (value < '1900-01-01') return 'must not be before 1900';
    return past && value > berlinDay(clock.now()) ? 'must not be in the future' : undefined;
  },
  schema: { type: 'string', format: 'date' },
  example: past ? '2025-05-17' : '2027-05-17',
});

const instantShape = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-]00:00)$/i;

/** UTC in its one usual spelling: what is kept is compared as text. */
const inUtc = (value: string): string => value.toUpperCase().replace(/[+-]00:00$/, 'Z');

/** A moment in UTC from 1900; `past` allows now, but nothing after it. */
export const instant = ({ past = false }: { readonly past?: boolean } = {}): Rule => ({
  wrong: (value, clock) => {
    const day = typeof value === 'string' ? instantShape.exec(value)?.[1] : undefined;
    if (day === undefined || !isCalendarDay(day)) {
      return 'must be a moment that exists, in UTC, as YYYY-MM-DDTHH:MM:SSZ';
    }
    if (day < '1900-01-01') return 'must not be before 1900';
    return past && Date.parse(value as string) > clock.now().getTime()
      ? 'must not be in the future'
      : undefined;
  },
  schema: { type: 'string', format: 'date-time' },
  normal: inUtc,
  example: past ? '2025-05-17T09:30:00Z' : '2027-05-17T09:30:00Z',
});

/** A day, standing for its end, or a moment: what a view of the past is asked for by. */
export const dateOrInstant: Rule = {
  wrong: (value, clock) =>
    dateOnly().wrong(value, clock) !== undefined && instant().wrong(value, clock) !== undefined
      ? 'must be a day (YYYY-MM-DD) or a moment in UTC (YYYY-MM-DDTHH:MM:SSZ) that exists'
      : undefined,
  // Nest leaves out a type beside a choice.
  schema: {
    anyOf: [
      { type: 'string', format: 'date' },
      { type: 'string', format: 'date-time' },
    ],
  },
  normal: inUtc,
  example: '2025-05-17',
};

// NUL and unpaired surrogates are refused everywhere in a body before any field is looked at.
// eslint-disable-next-line no-control-regex
const control = /[\x00-\x08\x0b\x0c\x0e-\x1f]/;
const visible = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}]/u;

/** Free text, several lines allowed. `max` in Unicode code points; one that must be there is not blank. */
export const text = ({ max, mayBeBlank }: { readonly max: number; readonly mayBeBlank: boolean }): Rule => ({
  wrong: (value) => {
    if (typeof value !== 'string') return 'must be a text';
    if (isLongerThan(max, value)) return `must have at most ${max} characters`;
    if (control.test(value)) return 'must not contain control characters other than line breaks and tabs';
    return mayBeBlank || visible.test(value) ? undefined : 'must not be blank';
  },
  schema: { type: 'string', ...(mayBeBlank ? {} : { minLength: 1 }), maxLength: max },
  example: 'Möchte den Deutschkurs am Vormittag besuchen.'.slice(0, max),
});

const unfitForNames = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

/** A name of a person, a street or a town. ZWNJ and ZWJ are letters' business in several scripts. */
export const name = ({ max }: { readonly max: number }): Rule => ({
  wrong: (value) => {
    if (typeof value !== 'string') return 'must be a text';
    if (isLongerThan(max, value)) return `must have at most ${max} characters`;
    if (unfitForNames.test(value)) return 'must not contain control characters';
    return visible.test(value) ? undefined : 'must not be blank';
  },
  schema: { type: 'string', minLength: 1, maxLength: max },
  example: 'Amina',
});

/** An object whose members depend on something that only the operation knows; it looks at them itself. */
export const jsonObject: Rule = {
  wrong: (value) => (isPlainObject(value) ? undefined : 'must be an object'),
  schema: { type: 'object', additionalProperties: true },
  example: {},
};

export const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function matching(pattern: RegExp, message: string, example: string, max?: number): Rule {
  const tooLong = `must have at most ${max} characters`;
  return {
    wrong: (value) => {
      if (typeof value !== 'string' || !pattern.test(value)) return message;
      return max !== undefined && value.length > max ? tooLong : undefined;
    },
    schema: { type: 'string', pattern: pattern.source, ...(max === undefined ? {} : { maxLength: max }) },
    example,
  };
}

const isLongerThan = (max: number, value: string): boolean =>
  value.length > max && (value.length > 2 * max || Array.from(value).length > max);
