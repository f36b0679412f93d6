import { validateSync, type ValidationError } from 'class-validator';
import type { Clock } from './clock.js';
import { fieldsOf, normalOf, withClock, wrongTogether, wrongWith, type Kind, type Shape } from './fields.js';
import { gatherRulesOnce } from './gathered-rules.js';
import { invalidInput, type InputError } from './problem.js';
import { isPlainObject } from './rules.js';

gatherRulesOnce();

/**
 * Reads what was sent against a class whose fields are declared with `fields.ts`. What comes back has the
 * fields of the class and is a plain object, as everything inside it: fit to become part of an event.
 *
 * @param at JSON Pointer of the value within the body, where it is a part of it
 * @throws Problem 400 that names everything that is wrong with it
 */
export const readInput = <T extends object>(
  shape: new () => T,
  value: unknown,
  clock: Clock,
  { at = '', in: place }: { readonly at?: string; readonly in?: 'query' } = {},
): T => {
  if (!isPlainObject(value)) throw invalidInput([{ pointer: at, message: 'must be an object' }]);
  const unknownFields: InputError[] = [];
  const instance = instanceOf(shape, value, at, unknownFields) as T;
  withClock(clock, () => {
    const found = validateSync(instance, { validationError: { target: false } });
    const errors = [
      ...unknownFields,
      ...found.flatMap((error) => errorsOf(fieldsOf(shape), error, at)),
      ...wrongTogether(shape, instance).map((error) => ({ ...error, pointer: `${at}${error.pointer}` })),
    ];
    if (errors.length > 0) throw invalidInput(place ? errors.map((one) => ({ ...one, in: place })) : errors);
  });
  return plain(instance) as T;
};

/** The pointer to a member, RFC 6901. */
export const pointerTo = (at: string, name: string): string =>
  `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/**
 * The pointer to a field that nobody knows. Its name is somebody's input: what does not look like the name of
 * a field may be that of a person, and is not repeated.
 */
export const pointerToUnknown = (at: string, name: string): string =>
  /^[A-Za-z0-9_-]{1,40}$/.test(name) ? `${at}/${name}` : at;

// class-validator's own whitelist takes `hasOwnProperty` and `constructor` for known fields, because it looks
// names up in an ordinary object; and class-transformer costs ten times what the whole validation does.
const instanceOf = (
  shape: Shape,
  value: Readonly<Record<string, unknown>>,
  at: string,
  unknownFields: InputError[],
): object => {
  const fields = fieldsOf(shape);
  const instance = new shape() as Record<string, unknown>;
  for (const name of Object.keys(value)) {
    const kind = fields.get(name);
    if (kind) instance[name] = memberOf(kind, value[name], pointerTo(at, name), unknownFields);
    else unknownFields.push({ pointer: pointerToUnknown(at, name), message: 'is not a known field' });
  }
  return instance;
};

const plain = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
};

const memberOf = (kind: Kind, value: unknown, at: string, unknownFields: InputError[]): unknown => {
  const { items, nested } = kind;
  if (nested) return isPlainObject(value) ? instanceOf(nested(), value, at, unknownFields) : value;
  if (items?.nested && Array.isArray(value)) {
    return value.map((item, index) => memberOf(items, item, `${at}/${index}`, unknownFields));
  }
  return normalOf(kind, value);
};

const errorsOf = (fields: ReadonlyMap<string, Kind>, error: ValidationError, at: string): InputError[] => {
  const kind = fields.get(error.property);
  if (!kind) return [];
  const pointer = pointerTo(at, error.property);
  const message = wrongWith(kind, error.value);
  if (message !== undefined) return [{ pointer, message }];
  if (kind.nested) return nestedErrors(kind.nested(), error, pointer);
  return kind.items && Array.isArray(error.value) ? itemErrors(kind.items, error, pointer) : [];
};

const nestedErrors = (shape: Shape, { children = [] }: ValidationError, at: string): InputError[] =>
  children.flatMap((child) => errorsOf(fieldsOf(shape), child, at));

const itemErrors = (items: Kind, { value, children = [] }: ValidationError, at: string): InputError[] =>
  (value as readonly unknown[]).flatMap((item, index) => {
    const message = wrongWith(items, item);
    if (message !== undefined) return [{ pointer: `${at}/${index}`, message }];
    const child = children.find(({ property }) => property === String(index));
    return items.nested && child ? nestedErrors(items.nested(), child, `${at}/${index}`) : [];
  });
