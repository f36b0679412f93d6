import { agreementsOf, type Agreement, type Agreements, type Level, type Place } from './agreement.js';
import { joinedWord, type NameQuery, type NameToken, type TokenField, type TokenKind } from './token.js';

/** Why two names were taken for one person's, strongest first. */
export type Reason =
  | 'same-name'
  | 'spelling'
  | 'script'
  | 'typing-error'
  | 'beginning'
  | 'swapped'
  | 'partial'
  | 'other-name'
  | 'birth-date'
  | 'birth-year'
  | 'birth-date-similar'
  | 'birth-date-differs';

export interface Score {
  /** 0 to 1; see `likelyMatch`. */
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/** From this score on two records are shown as possibly of one person. */
export const likelyMatch = 0.5;

/**
 * How likely a stored name is the one that is looked for, from the tokens that both have: the weights of
 * agreement and disagreement in each part of the name and in the birth date are added up, as in the
 * record linkage of Fellegi and Sunter (1969), so that a birth date in common outweighs a spelling and a
 * rare name more than a common one.
 */
export const score = (query: NameQuery, stored: readonly NameToken[]): Score => {
  const agreements = agreementsOf(query, stored);
  if (!agreements.any) return { score: 0, reasons: [] };
  const names: Names = {
    asked: query.words,
    kept: stored.filter(({ kind }) => kind === 'written'),
    agreements,
  };
  const straight = namesAgree(names, false);
  const swapped = namesAgree(names, true);
  const best = swapped.weight > straight.weight ? swapped : straight;
  const birth = birthAgrees(query, stored);
  const weight = weights.prior + best.weight + birth.weight;
  return {
    score: 1 / (1 + Math.exp(-weight / 2)),
    reasons: [...new Set([...best.reasons, ...birth.reasons])],
  };
};

/** Logarithms of likelihood ratios, set on the tuning half of the labelled pairs. */
const weights = {
  prior: -5,
  noAgreement: -5,
  common: 0.7,
  short: 0.75,
  partial: -0.8,
  bothHaveMore: -2.5,
  more: 0.5,
  swapped: -0.6,
  otherName: -0.5,
  birthDate: 5,
  nominalBirthDate: 2.5,
  birthYear: 2,
  birthNear: 0,
  birthDiffersInYear: -2.5,
  birthDiffers: -6,
} as const;

const levelWeights: Readonly<Record<Level, number>> = {
  written: 4,
  sound: 3.4,
  form: 3,
  'vowels-unwritten': 2.9,
  typing: 2.3,
  beginning: -5,
  'vowels-differ': 1,
  consonants: -3.8,
};

interface Weighed {
  readonly weight: number;
  readonly reasons: readonly Reason[];
}

/** What a rare name has in common says more than a common or a short one. */
const weightOf = ({ level, asked }: Agreement): number => {
  const weight = levelWeights[level];
  if (weight <= levelWeights['vowels-differ']) return weight;
  const [common, short] = [asked.common ? weights.common : 1, asked.short ? weights.short : 1];
  // Ali Khan is found by Ali Khan: letter by letter the same, it counts once that a name is both.
  return weight * (level === 'written' ? Math.min(common, short) : common * short);
};

export const reasonOf = ({ level, sameScript }: Agreement): Reason => {
  if (level === 'written') return 'same-name';
  if (level === 'typing') return 'typing-error';
  if (level === 'beginning') return 'beginning';
  return sameScript ? 'spelling' : 'script';
};

/** The words on both sides, and how far they agree. */
interface Names {
  readonly asked: readonly Place[];
  readonly kept: readonly Place[];
  readonly agreements: Agreements;
}

const namesAgree = (names: Names, swapped: boolean): Weighed => {
  const given = fieldsAgree('given', swapped ? 'family' : 'given', names);
  const family = fieldsAgree('family', swapped ? 'given' : 'family', names);
  return {
    weight: given.weight + family.weight + (swapped ? weights.swapped : 0),
    reasons: [...given.reasons, ...family.reasons, ...(swapped ? (['swapped'] as const) : [])],
  };
};

/** The best account of one field by the other: in one piece, word by word, or by some other name. */
const fieldsAgree = (asked: TokenField, kept: TokenField, names: Names): Weighed =>
  strongest([
    inOnePiece(asked, kept, names),
    wordByWord(asked, kept, names),
    byOtherName(wordByWord(asked, 'other', names)),
    byOtherName(wordByWord('other', kept, names)),
  ]);

const strongest = (accounts: readonly Weighed[]): Weighed =>
  accounts.reduce((best, account) => (account.weight > best.weight ? account : best));

const disagreement: Weighed = { weight: weights.noAgreement, reasons: [] };

const inOnePiece = (asked: TokenField, kept: TokenField, names: Names): Weighed => {
  const ours = wholeFields(asked, names.asked);
  const theirs = wholeFields(kept, names.kept);
  const accounts = ours
    .flatMap((one) => theirs.map((other) => names.agreements.between(one, other)))
    .filter((agreement) => agreement !== undefined)
    .map((agreement) => ({ weight: weightOf(agreement), reasons: [reasonOf(agreement)] }));
  return strongest([disagreement, ...accounts]);
};

/** A field's words in one piece, and its only word where it has but one. */
const wholeFields = (field: TokenField, places: readonly Place[]): Place[] => {
  const words = places.filter((place) => place.field === field);
  return words.filter(
    ({ word }) => word === joinedWord || words.filter((one) => one.word !== joinedWord).length === 1,
  );
};

const wordByWord = (asked: TokenField, kept: TokenField, { agreements, ...names }: Names): Weighed => {
  const ours = names.asked.filter(({ field, word }) => field === asked && word !== joinedWord);
  const theirs = names.kept.filter(({ field, word }) => field === kept && word !== joinedWord);
  const found = ours
    .flatMap((one) => theirs.map((other) => ({ one, other, agreement: agreements.between(one, other) })))
    .filter((pair): pair is Pairing => pair.agreement !== undefined)
    .sort((one, other) => weightOf(other.agreement) - weightOf(one.agreement));
  const chosen = oneEach(found);
  const [best, ...rest] = chosen.map(({ agreement }) => weightOf(agreement));
  if (best === undefined) return disagreement;
  const alone = [ours, theirs].filter((words) => words.length > chosen.length).length;
  const missing = alone === 2 ? weights.bothHaveMore : alone === 1 ? weights.partial : 0;
  return {
    weight: best + rest.filter((weight) => weight > 0).length * weights.more + missing,
    reasons: [
      ...chosen.map(({ agreement }) => reasonOf(agreement)),
      ...(alone > 0 ? (['partial'] as const) : []),
    ],
  };
};

interface Pairing {
  readonly one: Place;
  readonly other: Place;
  readonly agreement: Agreement;
}

/** Strongest first, each word once. */
const oneEach = (pairings: readonly Pairing[]): Pairing[] => {
  const taken = new Set<Place>();
  return pairings.filter(({ one, other }) => {
    if (taken.has(one) || taken.has(other)) return false;
    taken.add(one).add(other);
    return true;
  });
};

/** An alias may have any number of words that the field has not. */
const byOtherName = ({ weight, reasons }: Weighed): Weighed => ({
  weight: weight + weights.otherName,
  reasons: [...reasons.filter((reason) => reason !== 'partial'), 'other-name'],
});

const birthAgrees = (query: NameQuery, stored: readonly NameToken[]): Weighed => {
  const asked = kindsOf(query.tokens);
  const kept = kindsOf(stored);
  if (!asked.has('birth-year') || !kept.has('birth-year')) return { weight: 0, reasons: [] };
  const shared = kindsOf(
    stored.flatMap(({ hash, field }) => (field === 'person' && query.byHash.get(hash)) || []),
  );
  if (shared.has('birth-date')) return { weight: weights.birthDate, reasons: ['birth-date'] };
  const exact = asked.has('birth-date') && kept.has('birth-date');
  if (!exact && shared.has('birth-year')) {
    const nominal = shared.has('nominal-birth-date');
    return nominal
      ? { weight: weights.nominalBirthDate, reasons: ['birth-date'] }
      : { weight: weights.birthYear, reasons: ['birth-year'] };
  }
  if (shared.has('birth-near')) return { weight: weights.birthNear, reasons: ['birth-date-similar'] };
  return {
    weight: shared.has('birth-year') ? weights.birthDiffersInYear : weights.birthDiffers,
    reasons: ['birth-date-differs'],
  };
};

const kindsOf = (tokens: readonly NameToken[]): ReadonlySet<TokenKind> =>
  new Set(tokens.map(({ kind }) => kind));
