import { ApiProperty } from '@nestjs/swagger';
import { registerDecorator, ValidateNested, type ValidationArguments } from 'class-validator';
import type { Clock } from './clock.js';
import { systemClock } from './clock.js';
import * as rules from './rules.js';
import type { Rule, Schema } from './rules.js';
import type { InputError } from './problem.js';

/**
 * The fields of bodies, queries and answers. One decorator says what a field is, to class-validator and to
 * OpenAPI alike, so that what is checked and what is documented cannot differ.
 */
export interface FieldOptions {
  /** May be absent; null is not the same as absent. */
  readonly optional?: true;
  readonly description?: string;
  readonly example?: unknown;
}

export type Shape = new () => object;

/** A decorator of a field, which knows what it asks for. */
export type Field = PropertyDecorator & { readonly kind: Kind };

export interface Kind {
  readonly rule: Rule;
  readonly optional: boolean;
  readonly description?: string;
  readonly example?: unknown;
  /** What the items of a list are. */
  readonly items?: Kind;
  /** The class of a nested object. */
  readonly nested?: () => Shape;
}

type Options<More = unknown> = FieldOptions & More;

export const Uuid = (options: Options = {}): Field => field({ rule: rules.uuid }, options);
export const OrganisationId = (options: Options = {}): Field =>
  field({ rule: rules.organisationId }, options);
export const Municipality = (options: Options = {}): Field => field({ rule: rules.municipality }, options);
export const UserId = (options: Options = {}): Field => field({ rule: rules.userId }, options);
export const TextHash = (options: Options = {}): Field => field({ rule: rules.textHash }, options);
export const Phone = (options: Options = {}): Field => field({ rule: rules.phone }, options);
export const Email = (options: Options = {}): Field => field({ rule: rules.email }, options);
export const Language = (options: Options = {}): Field => field({ rule: rules.language }, options);
export const Nationality = (options: Options = {}): Field => field({ rule: rules.nationality }, options);
export const Flag = (options: Options = {}): Field => field({ rule: rules.flag }, options);
/** True and nothing else. */
export const Confirmation = (options: Options = {}): Field => field({ rule: rules.confirmation }, options);
/** One of the values of a code list. */
export const Code = (codes: readonly string[], options: Options = {}): Field =>
  field({ rule: rules.code(codes) }, options);
export const Whole = ({ min, max, ...options }: Options<{ min: number; max: number }>): Field =>
  field({ rule: rules.whole({ min, max }) }, options);
/** Of a journey or a client, as `ETag` gives it. */
export const Revision = (options: Options = {}): Field =>
  Whole({ min: 0, max: Number.MAX_SAFE_INTEGER, example: 7, ...options });
/** A year from 1900 to the present one. */
export const PastYear = (options: Options = {}): Field => field({ rule: rules.pastYear }, options);
/** A day from 1900; with `past` none after today in Berlin. */
export const DateOnly = ({ past = false, ...options }: Options<{ past?: boolean }> = {}): Field =>
  field({ rule: rules.dateOnly({ past }) }, options);
/** A moment in UTC from 1900; with `past` none after now. It is kept as it was written. */
export const Instant = ({ past = false, ...options }: Options<{ past?: boolean }> = {}): Field =>
  field({ rule: rules.instant({ past }) }, options);
export const DateOrInstant = (options: Options = {}): Field => field({ rule: rules.dateOrInstant }, options);
/** Free text of at most `max` code points; not blank unless it is optional. */
export const Text = ({ max, ...options }: Options<{ max: number }>): Field =>
  field({ rule: rules.text({ max, mayBeBlank: options.optional ?? false }) }, options);
/** A name of a person, street or town, of at most `max` code points. */
export const Name = ({ max = 200, ...options }: Options<{ max?: number }> = {}): Field =>
  field({ rule: rules.name({ max }) }, options);
/** An object that the operation looks at itself, with `readInput` and a shape that it chooses. */
export const JsonObject = (options: Options = {}): Field => field({ rule: rules.jsonObject }, options);

/** An object with fields of its own. */
export const Nested = (shape: () => Shape, options: Options = {}): Field =>
  field(
    {
      rule: {
        wrong: (value) => (rules.isPlainObject(value) ? undefined : 'must be an object'),
        schema: {},
        example: undefined,
      },
      nested: shape,
    },
    options,
  );

interface ListOptions {
  readonly min?: number;
  /** Absent of lists that are answered and have no greatest length. */
  readonly max?: number;
  /** What stands in it twice is two of a kind, as in words about people. */
  readonly repeats?: true;
}

/**
 * A list of what another field would be: `@ListOf(Language(), { max: 20 })`. Scalars stand in it once, unless it says
 * otherwise.
 */
export const ListOf = (
  { kind }: Field,
  { min = 0, max = Infinity, repeats, ...options }: Options<ListOptions>,
): Field => {
  const size = min === 0 ? `at most ${max}` : min === max ? `${min}` : `${min} to ${max}`;
  const unique = kind.nested === undefined && !repeats;
  return field(
    {
      rule: {
        wrong: (value) => {
          if (!Array.isArray(value)) return 'must be a list';
          if (value.length < min || value.length > max) return `must have ${size} items`;
          return unique && new Set(value).size < value.length ? 'must not have an item twice' : undefined;
        },
        schema: {
          type: 'array',
          minItems: min,
          ...(max === Infinity ? {} : { maxItems: max }),
          ...(unique ? { uniqueItems: true } : {}),
        },
        example: [kind.example],
        fromText: (text) => text.split(','),
      },
      items: kind,
    },
    options,
  );
};

/** What fields must be together, for a class: `@Together((sent: ClientBody) => …)` gives what is wrong, if anything. */
export const Together =
  (wrong: (sent: never) => readonly InputError[]): ClassDecorator =>
  (shape) => {
    together.set(shape, wrong as (sent: object) => readonly InputError[]);
  };

/** What is wrong with the fields of an instance together, by the rules of its class and of those it extends. */
export const wrongTogether = (shape: Shape, sent: object): readonly InputError[] => {
  const parent = Object.getPrototypeOf(shape) as Shape | null;
  return [
    ...(parent && parent !== Function.prototype ? wrongTogether(parent, sent) : []),
    ...(together.get(shape)?.(sent) ?? []),
  ];
};

/** The fields of a class and of those it extends, by name. */
export const fieldsOf = (shape: Shape): ReadonlyMap<string, Kind> => {
  const known = gathered.get(shape);
  if (known) return known;
  const parent = Object.getPrototypeOf(shape) as Shape | null;
  const fields = new Map([
    ...(parent && parent !== Function.prototype ? fieldsOf(parent) : []),
    ...(declared.get(shape) ?? []),
  ]);
  gathered.set(shape, fields);
  return fields;
};

/**
 * Runs a check by class-validator with the clock by which past and future are told. Validation is synchronous,
 * and its decorators take no argument of the moment: hence a variable that is set for as long as it runs.
 */
export const withClock = <T>(clock: Clock, validate: () => T): T => {
  const before = presentClock;
  presentClock = clock;
  try {
    return validate();
  } finally {
    presentClock = before;
  }
};

let presentClock: Clock = systemClock;

const declared = new Map<object, Map<string, Kind>>();
const together = new Map<object, (sent: object) => readonly InputError[]>();
const gathered = new Map<object, ReadonlyMap<string, Kind>>();

const field = (
  { rule, items, nested }: Pick<Kind, 'rule' | 'items' | 'nested'>,
  {
    optional = false,
    description,
    example = rule.example,
  }: Omit<FieldOptions, 'optional'> & { optional?: boolean },
): Field => {
  const kind: Kind = {
    rule,
    optional,
    ...(description === undefined ? {} : { description }),
    ...(example === undefined || nested || items?.nested ? {} : { example }),
    ...(items ? { items } : {}),
    ...(nested ? { nested } : {}),
  };
  const document = ApiProperty({
    ...documented(kind),
    required: !optional,
    ...(kind.description === undefined ? {} : { description }),
    ...(kind.example === undefined ? {} : { example }),
  });

  const decorate: PropertyDecorator = (prototype, property) => {
    const shape = prototype.constructor;
    const name = String(property);
    declared.set(shape, (declared.get(shape) ?? new Map<string, Kind>()).set(name, kind));
    registerDecorator({
      name: 'field',
      target: shape,
      propertyName: name,
      validator: {
        validate: (value: unknown) => isFitting(kind, value),
        defaultMessage: (found?: ValidationArguments) => wrongWith(kind, found?.value) ?? '',
      },
    });
    if (nested ?? items?.nested) ValidateNested()(prototype, property);
    document(prototype, property);
  };
  return Object.assign(decorate, { kind });
};

/** What is wrong with the value itself, apart from its items and from what is nested in it. */
export const wrongWith = ({ rule, optional }: Kind, value: unknown): string | undefined => {
  if (value === undefined) return optional ? undefined : 'is required';
  if (value === null) return 'must not be null';
  return rule.wrong(value, presentClock);
};

/** Whether a value and its items are what they must be; what is nested in it is not looked at. */
export const isFitting = (kind: Kind, value: unknown): boolean => {
  if (wrongWith(kind, value) !== undefined) return false;
  if (!kind.items || value === undefined) return true;
  const { items } = kind;
  return (value as readonly unknown[]).every((item) => wrongWith(items, item) === undefined);
};

/** The value in the one way to write it, where it can be written in several. */
export const normalOf = ({ rule, items }: Kind, value: unknown): unknown => {
  if (items && Array.isArray(value)) return value.map((item) => normalOf(items, item));
  return rule.normal && typeof value === 'string' ? rule.normal(value) : value;
};

const documented = ({ rule, items, nested }: Kind): Schema => {
  // Nest recognises a class that is named later by the name of the function that names it: `type`.
  if (nested) return { type: () => nested() };
  const { nested: itemClass } = items ?? {};
  if (itemClass) return { ...rule.schema, type: () => itemClass(), isArray: true };
  return items ? { ...rule.schema, items: items.rule.schema } : rule.schema;
};
