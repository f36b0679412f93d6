import type { NameQuery, NameToken, QueryWord, TokenField } from './token.js';

/** How far two words agree, strongest first. */
const levels = [
  'written',
  'sound',
  'form',
  'vowels-unwritten', // the same consonants, and one of the scripts writes no more
  'typing',
  'beginning',
  'vowels-differ', // the same consonants, but what is known of the vowels differs
  'consonants', // the same consonants in scripts that write vowels: another name
] as const;

export type Level = (typeof levels)[number];

export interface Agreement {
  readonly level: Level;
  readonly sameScript: boolean;
  readonly asked: QueryWord;
}

export interface Place {
  readonly field: TokenField;
  readonly word: number;
}

/** The strongest agreement between each word that is asked for and each that is stored. */
export interface Agreements {
  readonly any: boolean;
  between(asked: Place, stored: Place): Agreement | undefined;
}

export const agreementsOf = (query: NameQuery, stored: readonly NameToken[]): Agreements => {
  const strongest = new Map<number, Agreement>();
  for (const other of stored) {
    for (const token of query.byHash.get(other.hash) ?? []) {
      const asked = query.words.find((word) => placeOf(word) === placeOf(token));
      const level = asked && levelOf(token, other, asked, stored);
      if (!level) continue;
      const pair = pairOf(token, other);
      const known = strongest.get(pair);
      if (known && levels.indexOf(known.level) <= levels.indexOf(level)) continue;
      strongest.set(pair, { level, sameScript: token.script === other.script, asked });
    }
  }
  return { any: strongest.size > 0, between: (asked, other) => strongest.get(pairOf(asked, other)) };
};

const fieldNumbers: Readonly<Record<TokenField, number>> = { given: 0, family: 1, other: 2, person: 3 };

const placeOf = ({ field, word }: Place): number => fieldNumbers[field] * 16 + word;
const pairOf = (one: Place, other: Place): number => placeOf(one) * 64 + placeOf(other);

const levelOf = (
  token: NameToken,
  other: NameToken,
  asked: QueryWord,
  stored: readonly NameToken[],
): Level | undefined => {
  switch (token.kind) {
    case 'written':
    case 'sound':
    case 'form':
    case 'typing':
    case 'beginning':
      return token.kind;
    case 'consonants':
      if (token.script !== 'unvowelled' && other.script !== 'unvowelled') return 'consonants';
      return asked.heard && isHeard(other, stored) ? 'vowels-differ' : 'vowels-unwritten';
    default:
      return undefined;
  }
};

const isHeard = (place: Place, stored: readonly NameToken[]): boolean =>
  stored.some((token) => token.kind === 'sound' && placeOf(token) === placeOf(place));
