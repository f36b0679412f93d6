import type { KeyObject } from 'node:crypto';
import { hear, type Heard } from './heard.js';
import { keyedHash, type KeyedHash } from './keyed-hash.js';
import type { Script } from './letters.js';
import {
  joinedWord,
  type NamedPerson,
  type NameQuery,
  type NameToken,
  type QueryWord,
  type TokenField,
  type TokenKind,
} from './token.js';
import { inOnePiece, isPatronymic, wordsOf, type Word } from './words.js';

/** No person has more stored; what is left out first are beginnings of words, the longest first, then typing errors. */
export const mostTokens = 100;

/**
 * What is stored of a person's name for finding it again: keyed hashes only. Whoever has the key can
 * confirm a guess of a name; whoever has not learns which people share a name or a part of it, how many
 * words it has, and the script that it is written in.
 */
export const nameTokens = (key: KeyObject, person: NamedPerson): NameToken[] => {
  const tokens = tokensOf(key, heardOf(person), person);
  if (tokens.length <= mostTokens) return tokens;
  const places = new Map<string, number>();
  return tokens
    .map((token) => ({ token, rank: leftOut(token, places) }))
    .sort((one, other) => one.rank - other.rank)
    .slice(0, mostTokens)
    .map(({ token }) => token);
};

/** What to look for when a person's name is known. */
export const queryTokens = (key: KeyObject, person: NamedPerson): NameQuery => {
  const heard = heardOf(person);
  const swapped = dayAndMonthSwapped(person.birthDate);
  const near = swapped ? [token(key, 'birth-near', 'person', 0, 'latin', `date:${swapped}`)] : [];
  const tokens = tokensOf(key, heard, person).filter(({ kind }) => kind !== 'beginning');
  return queryOf(heard, [...tokens, ...near]);
};

/**
 * What to look for when somebody types into a search box: one or several words in any order, the last of
 * them perhaps not finished. Words of fewer than three letters are found only as whole names, and beside another
 * word as the elided prefix of a name (O Shaughnessy).
 */
export const searchTokens = (key: KeyObject, text: string): NameQuery => {
  const heard = inField('other', wordsOf(text).slice(0, mostSearchedWords));
  const tokens = heard.flatMap((name) => [...wordTokens(key, name), ...startTokens(key, name)]);
  // Alone, it would find everybody with this prefix.
  if (heard.length > 1) tokens.push(...heard.flatMap((name) => prefixTokens(key, name)));
  for (const one of heard) {
    for (const other of heard) if (one !== other) tokens.push(...typingTokens(key, one, other));
  }
  return queryOf(heard, tokens);
};

const mostSearchedWords = 5;

interface HeardInField extends Heard {
  readonly field: TokenField;
  readonly word: number;
}

const heardOf = (person: NamedPerson): HeardInField[] => {
  const given = wordsOf(person.givenName);
  const patronymics = given.filter((word, index) => index > 0 && isPatronymic(word));
  const others = (person.otherNames ?? []).flatMap(wordsOf);
  return [
    ...named(
      'given',
      given.filter((word) => !patronymics.includes(word)),
      person.givenName,
    ),
    ...named('family', wordsOf(person.familyName), person.familyName),
    ...inField('other', [...others, ...patronymics].slice(0, mostOtherWords)),
  ];
};

const mostWords = 4;
const mostOtherWords = 4;

const named = (field: TokenField, words: readonly Word[], text: string): HeardInField[] => {
  const heard = inField(field, words.slice(0, mostWords));
  const whole = inOnePiece(text);
  if (whole.written === words[0]?.written) return heard;
  return [...heard, { ...hear(whole), field, word: joinedWord }];
};

const inField = (field: TokenField, words: readonly Word[]): HeardInField[] =>
  words.map((word, index) => ({ ...hear(word), field, word: index }));

const queryOf = (heard: readonly HeardInField[], tokens: readonly NameToken[]): NameQuery => {
  const byHash = new Map<KeyedHash, NameToken[]>();
  for (const token of tokens) byHash.set(token.hash, [...(byHash.get(token.hash) ?? []), token]);
  return { tokens, words: heard.map(queryWord), byHash };
};

const queryWord = ({ field, word, common, letters, sounds }: HeardInField): QueryWord => ({
  field,
  word,
  common,
  short: letters.length <= 3,
  heard: sounds.length > 0,
});

/** What can be done without, from the least on; of each word's beginnings (counted in `places`) the later ones. */
const leftOut = ({ kind, field, word }: NameToken, places: Map<string, number>): number => {
  if (kind === 'typing') return 2;
  if (kind !== 'beginning') return field === 'person' ? 0 : 1;
  const name = `${field}.${word}`;
  const place = places.get(name) ?? 0;
  places.set(name, place + 1);
  return 3 + place;
};

const token = (
  key: KeyObject,
  kind: TokenKind,
  field: TokenField,
  word: number,
  script: Script,
  text: string,
): NameToken => ({ hash: keyedHash(key)(text), kind, field, word, script });

const tokensOf = (key: KeyObject, heard: readonly HeardInField[], person: NamedPerson): NameToken[] => {
  const given = heard.filter(({ field }) => field === 'given');
  const family = heard.filter(({ field }) => field === 'family');
  const tokens = [
    ...heard.flatMap((name) => wordTokens(key, name)),
    ...pairTokens(key, given, family),
    ...birthTokens(key, person),
    ...bornTokens(key, [...given, ...family], person.birthDate),
  ];
  const [firstGiven, firstFamily] = [given[0], family[0]];
  if (firstGiven && firstFamily) {
    tokens.push(...typingTokens(key, firstGiven, firstFamily), ...typingTokens(key, firstFamily, firstGiven));
  }
  for (const name of heard) if (name.word !== joinedWord) tokens.push(...beginningTokens(key, name));
  return distinct(tokens);
};

const wordTokens = (key: KeyObject, heard: HeardInField): NameToken[] => {
  const { field, word, script } = heard;
  // Names in one piece are rare enough to be found by their likeliest readings.
  const mostReadings = word === joinedWord ? 2 : heard.sounds.length + heard.consonants.length;
  const of = (kind: TokenKind, texts: readonly string[]): NameToken[] =>
    texts.map((text) => token(key, kind, field, word, script, `${kind}:${text}`));
  return [
    ...of('written', [heard.written]),
    ...of('sound', heard.sounds.slice(0, mostReadings)),
    ...of('form', heard.forms),
    ...of('consonants', heard.consonants.slice(0, mostReadings)),
  ];
};

const pairTokens = (
  key: KeyObject,
  given: readonly HeardInField[],
  family: readonly HeardInField[],
): NameToken[] => {
  const pairs = new Set<string>();
  for (const one of given.flatMap(coarseOrForm)) {
    for (const other of family.flatMap(coarseOrForm)) pairs.add([one, other].sort().join('+'));
  }
  return [...pairs]
    .slice(0, mostPairs)
    .map((pair) => token(key, 'pair', 'person', 0, 'latin', `pair:${pair}`));
};

const mostPairs = 12;

const coarseOrForm = ({ coarse, forms }: Heard): string[] => [...coarse, ...forms];

/**
 * One letter more, less, other or exchanged with its neighbour: then the two words have one of these in
 * common (symmetric deletion, after Garbe's SymSpell and Mor and Fraenkel 1982).
 */
const typingTokens = (key: KeyObject, typed: HeardInField, beside: HeardInField): NameToken[] => {
  const letters = [...typed.letters];
  const shortest = typed.script === 'unvowelled' ? shortestTyped + 1 : shortestTyped;
  if (letters.length < shortest || beside.coarse[0] === undefined) return [];
  const shortened = letters.map((_, index) =>
    [...letters.slice(0, index), ...letters.slice(index + 1)].join(''),
  );
  return [typed.letters, ...new Set(shortened)].map((text) =>
    token(key, 'typing', typed.field, typed.word, typed.script, `typing:${text}+${beside.coarse[0]}`),
  );
};

const shortestTyped = 4;

const bornTokens = (
  key: KeyObject,
  heard: readonly HeardInField[],
  birthDate: string | undefined,
): NameToken[] =>
  birthDate === undefined
    ? []
    : [...new Set(heard.filter(({ word }) => word !== joinedWord).map(({ coarse }) => coarse[0]))]
        .slice(0, mostWords)
        .map((coarse) => token(key, 'born', 'person', 0, 'latin', `born:${birthDate}+${coarse}`));

const birthTokens = (key: KeyObject, { birthDate, birthYear }: NamedPerson): NameToken[] => {
  const of = (kind: TokenKind, text: string): NameToken => token(key, kind, 'person', 0, 'latin', text);
  const [year, month, day] = birthDate?.split('-') ?? [birthYear?.toString()];
  if (year === undefined) return [];
  const inYear = of('birth-year', `year:${year}`);
  if (month === undefined || day === undefined) return [inYear];
  if (month === '01' && day === '01') return [inYear, of('nominal-birth-date', `date:${birthDate}`)];
  return [
    inYear,
    of('birth-date', `date:${birthDate}`),
    of('birth-near', `near:${year}-${month}`),
    of('birth-near', `near:${year}--${day}`),
    of('birth-near', `near:${month}-${day}`),
  ];
};

const dayAndMonthSwapped = (birthDate: string | undefined): string | undefined => {
  const [year, month, day] = birthDate?.split('-') ?? [];
  return month !== undefined && day !== undefined && month !== day && Number(day) <= 12
    ? `${year}-${day}-${month}`
    : undefined;
};

/** Of how many letters beginnings are stored. What was typed is cut to the next of these below. */
const shortestBeginning = 3;
const beginningLengths = [shortestBeginning, 4, 5, 7];

const beginningTokens = (
  key: KeyObject,
  { field, word, script, starts, apart }: HeardInField,
): NameToken[] => {
  const beginnings = new Set(
    [...apart.slice(0, 1), ...[...starts, ...apart].flatMap(beginningsOf)].sort(
      (one, other) => one.length - other.length,
    ),
  );
  return [...beginnings].map((text) => token(key, 'beginning', field, word, script, `beginning:${text}`));
};

/** As much of a word as was typed, in each of the ways it may be stored. */
const startTokens = (key: KeyObject, { field, word, script, starts }: HeardInField): NameToken[] => {
  const typed = new Set(starts.flatMap((start) => beginningsOf(start).slice(-1)));
  return [...typed].map((text) => token(key, 'beginning', field, word, script, `beginning:${text}`));
};

/** A word that is too short to be a beginning, as a prefix is stored. */
const prefixTokens = (key: KeyObject, { field, word, script, letters }: HeardInField): NameToken[] =>
  letters.length < shortestBeginning
    ? [token(key, 'beginning', field, word, script, `beginning:${letters}`)]
    : [];

const beginningsOf = (start: string): string[] => {
  const letters = [...start];
  return beginningLengths
    .filter((length) => length <= letters.length)
    .map((length) => letters.slice(0, length).join(''));
};

const distinct = (tokens: readonly NameToken[]): NameToken[] => {
  const seen = new Set<string>();
  return tokens.filter(({ hash, field, word }) => {
    const place = `${hash}.${field}.${word}`;
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
};
