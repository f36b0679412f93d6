import { randomInt } from 'node:crypto';

/** Texts that stand nowhere else, so that one found on a disk came from where they were put. */
export interface Canary {
  /** A name in Latin letters, different at every call but for the part that is looked for. */
  readonly latin: () => string;
  readonly cyrillic: () => string;
  /** Sixteen digits. */
  readonly digits: string;
  /** What is looked for: each spelling in each form in which bytes on a disk may hold it. */
  readonly forms: readonly Form[];
}

export interface Form {
  readonly name: string;
  readonly bytes: Buffer;
}

const latinLetters = 'abcdefghijklmnopqrstuvwxyz';
const cyrillicLetters = 'абвгдежзиклмнопрстуфхцчшюя';

export const newCanary = (): Canary => {
  const latin = drawn(latinLetters);
  const cyrillic = drawn(cyrillicLetters);
  const digits = drawn('0123456789');
  let count = 0;
  // What surrounds it needs escaping, or is written differently by different forms of Unicode.
  const named = (core: string): string => `${capitalised(core)} "Ü\u0308" №${++count}`;
  return {
    latin: () => named(latin),
    cyrillic: () => named(cyrillic),
    digits,
    forms: [latin, cyrillic, digits].flatMap((core) => cased(core).flatMap(formsOf)),
  };
};

/** The forms of a text that is looked for exactly as it is. */
export const formsOf = (text: string): readonly Form[] => {
  const utf8 = Buffer.from(text);
  const escaped = Array.from(text, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const percent = Array.from(utf8, (byte) => `%${byte.toString(16)}`).join('');
  const forms: readonly (readonly [string, string | Buffer])[] = [
    ['UTF-8', utf8],
    ['UTF-16LE', Buffer.from(text, 'utf16le')],
    ['JSON-escaped', escaped.join('')],
    ['JSON-escaped', escaped.map((one) => `\\u${one.slice(2).toUpperCase()}`).join('')],
    ['hex', utf8.toString('hex')],
    ['hex', utf8.toString('hex').toUpperCase()],
    ['percent-encoded', percent],
    ['percent-encoded', percent.toUpperCase()],
    ...[0, 1, 2].flatMap((offset): [string, string][] =>
      (['base64', 'base64url'] as const).map((alphabet) => [
        `base64 after ${offset} bytes`,
        withinBase64(utf8, offset, alphabet),
      ]),
    ),
  ];
  return forms.map(([name, bytes]) => ({ name, bytes: Buffer.from(bytes) }));
};

/** The characters that do not depend on what stands before and behind these bytes. */
const withinBase64 = (bytes: Buffer, offset: number, alphabet: 'base64' | 'base64url'): string =>
  Buffer.concat([Buffer.alloc(offset), bytes])
    .toString(alphabet)
    .slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));

const drawn = (letters: string): string =>
  Array.from({ length: 16 }, () => letters[randomInt(letters.length)]).join('');

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** A word as it may have been made ready to be searched or compared. */
const cased = (core: string): readonly string[] => [
  ...new Set([core, capitalised(core), core.toUpperCase()]),
];
