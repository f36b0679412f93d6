/** What a file of reference data must be is said as a parser: it returns the value, typed, or says where it is wrong. */
export type Parser<T> = (value: unknown, place: string) => T;

/** A file of reference data is not what it must be; the message is one sentence that names file and place. */
export class BrokenReferenceFile extends Error {
  override readonly name = 'BrokenReferenceFile';
}

export const broken = (place: string, expectation: string): never => {
  throw new BrokenReferenceFile(`${place} ${expectation}.`);
};

export const text: Parser<string> = (value, place) =>
  typeof value === 'string' && value.trim() === value && value !== ''
    ? value
    : broken(place, 'must be a text that is not empty and has no space around it');

export const textLike =
  (shape: RegExp, description: string): Parser<string> =>
  (value, place) =>
    typeof value === 'string' && shape.test(value) ? value : broken(place, `must be ${description}`);

export const oneOf =
  <Code extends string>(codes: readonly Code[]): Parser<Code> =>
  (value, place) =>
    codes.find((code) => code === value) ?? broken(place, `must be one of ${codes.join(', ')}`);

export const listOf =
  <T>(parse: Parser<T>, { atLeast = 0 } = {}): Parser<readonly T[]> =>
  (value, place) => {
    if (!Array.isArray(value)) return broken(place, 'must be a list');
    if (value.length < atLeast) return broken(place, `must have ${atLeast} or more entries`);
    return value.map((entry: unknown, index) => parse(entry, `${place}[${index}]`));
  };

/** A list in which no two entries have the same key; where it is one of texts, the text itself is the key. */
export const distinctListOf =
  <T>(parse: Parser<T>, keyOf: (entry: T) => string = String, { atLeast = 0 } = {}): Parser<readonly T[]> =>
  (value, place) => {
    const entries = listOf(parse, { atLeast })(value, place);
    const seen = new Map<string, number>();
    entries.forEach((entry, index) => {
      const earlier = seen.get(keyOf(entry));
      if (earlier !== undefined) broken(`${place}[${index}]`, `repeats ${place}[${earlier}]`);
      seen.set(keyOf(entry), index);
    });
    return entries;
  };

/** Reads an object's fields; one that nobody reads is a misspelling and refused. */
export interface Fields<Name extends string> {
  required<T>(name: Name, parse: Parser<T>): T;
  /** An object with the field, or without it where the file has none. */
  optional<Key extends Name, T>(name: Key, parse: Parser<T>): { readonly [K in Key]?: T };
}

export const fieldsOf = <Name extends string>(
  value: unknown,
  place: string,
  names: readonly Name[],
): Fields<Name> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return broken(place, 'must be an object');
  }
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const name of fields.keys()) {
    if (!names.some((known) => known === name)) broken(place, `has the unknown field "${name}"`);
  }
  return {
    required: (name, parse) =>
      fields.has(name)
        ? parse(fields.get(name), `${place}.${name}`)
        : broken(place, `lacks the field "${name}"`),
    optional: <Key extends Name, T>(name: Key, parse: Parser<T>) =>
      (fields.has(name) ? { [name]: parse(fields.get(name), `${place}.${name}`) } : {}) as {
        readonly [K in Key]?: T;
      },
  };
};
