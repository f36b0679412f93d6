import { agreementsOf, type Level } from './agreement.js';
import { reasonOf, type Reason, type Score } from './score.js';
import type { NameQuery, NameToken } from './token.js';

/**
 * How well a stored name answers what was typed into a search box, 0 to 1: the mean over the words that
 * were typed of the best that any stored word is to them. Below 1 divided by the number of words, not even
 * one of them was found.
 */
export const searchScore = (query: NameQuery, stored: readonly NameToken[]): Score => {
  const agreements = agreementsOf(query, stored);
  const words = stored.filter(({ kind }) => kind === 'written');
  const reasons = new Set<Reason>();
  let sum = 0;
  for (const asked of query.words) {
    const [best] = words
      .map((word) => agreements.between(asked, word))
      .filter((agreement) => agreement !== undefined)
      .sort((one, other) => worth[other.level] - worth[one.level]);
    if (!best || worth[best.level] === 0) continue;
    sum += worth[best.level];
    reasons.add(reasonOf(best));
  }
  return { score: query.words.length === 0 ? 0 : sum / query.words.length, reasons: [...reasons] };
};

const worth: Readonly<Record<Level, number>> = {
  written: 1,
  sound: 0.9,
  form: 0.8,
  'vowels-unwritten': 0.8,
  typing: 0.7,
  beginning: 0.75,
  'vowels-differ': 0.4,
  consonants: 0,
};
