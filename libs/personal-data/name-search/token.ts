import type { KeyedHash } from './keyed-hash.js';
import type { Script } from './letters.js';

/** Who is looked for or stored. Dates are `YYYY-MM-DD`; a year alone where the day is not known. */
export interface NamedPerson {
  readonly givenName: string;
  readonly familyName: string;
  /** Names of birth, names in another script, aliases: each a whole or a part of a name. */
  readonly otherNames?: readonly string[] | undefined;
  readonly birthDate?: string | undefined;
  readonly birthYear?: number | undefined;
}

/** What two tokens of one hash have in common. */
export type TokenKind =
  | 'written' // one word as it was written
  | 'sound' // one word as it sounds, whatever its spelling
  | 'form' // one word's name, whatever its national form
  | 'consonants' // one word's consonants, all that some scripts write
  | 'beginning' // the first letters of one word
  | 'pair' // a given and a family name, very coarsely, in either order
  | 'typing' // one word with at most one letter left out, and another word coarsely
  | 'born' // one word coarsely, and the birth date
  | 'birth-date'
  | 'birth-year'
  | 'birth-near' // two of day, month and year
  | 'nominal-birth-date'; // 1 January, which papers name where the day is not known

export type TokenField = 'given' | 'family' | 'other' | 'person';

export interface NameToken {
  readonly hash: KeyedHash;
  readonly kind: TokenKind;
  readonly field: TokenField;
  /** Which word of the field; `joinedWord` for all of them in one piece. */
  readonly word: number;
  readonly script: Script;
}

/** Stands for all words of a field in one piece. */
export const joinedWord = 15;

/** A name that is looked for: its tokens, and what only the one who asks knows of its words. */
export interface NameQuery {
  readonly tokens: readonly NameToken[];
  readonly words: readonly QueryWord[];
  readonly byHash: ReadonlyMap<KeyedHash, readonly NameToken[]>;
}

export interface QueryWord {
  readonly field: TokenField;
  readonly word: number;
  /** So common, or so short, that having it in common says little. */
  readonly common: boolean;
  readonly short: boolean;
  /** Whether its vowels are known. */
  readonly heard: boolean;
}
