import { createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  indexedHashes,
  likelyMatch,
  mostTokens,
  nameTokens,
  personHashes,
  queryTokens,
  score,
  type NamedPerson,
  type NameQuery,
  type NameToken,
} from './index.js';

interface Side {
  readonly person: NamedPerson;
  readonly query: NameQuery;
  readonly stored: readonly NameToken[];
}

interface Pair {
  readonly half: string;
  readonly samePerson: boolean;
  readonly one: Side;
  readonly other: Side;
}

const key = createSecretKey(Buffer.alloc(32, 7));

const side = (columns: string[]): Side => {
  const person = personOf(columns);
  return { person, query: queryTokens(key, person), stored: nameTokens(key, person) };
};

const personOf = ([givenName = '', familyName = '', otherName = '', born = '']: string[]): NamedPerson => ({
  givenName,
  familyName,
  otherNames: otherName === '' ? [] : [otherName],
  ...(born.length === 10 ? { birthDate: born } : {}),
  ...(born.length === 4 ? { birthYear: Number(born) } : {}),
});

const source = new URL('../../../../libs/personal-data/name-search/labelled/pairs.tsv', import.meta.url);
const pairs: Pair[] = readFileSync(source, 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'))
  .map((columns) => ({
    half: columns[0]!,
    samePerson: columns[1] === 'match',
    one: side(columns.slice(3, 7)),
    other: side(columns.slice(7, 11)),
  }));

/** As the read model does: found in the index by a hash, then scored. */
const taken = ({ one: { query }, other: { stored } }: Pair): boolean => {
  const found = new Set(indexedHashes(stored));
  return personHashes(query).some((hash) => found.has(hash)) && score(query, stored).score >= likelyMatch;
};

const measured = (half: string): { precision: number; recall: number } => {
  const ofHalf = pairs.filter((pair) => pair.half === half);
  const takenForOne = ofHalf.filter(taken);
  const right = takenForOne.filter(({ samePerson }) => samePerson).length;
  const same = ofHalf.filter(({ samePerson }) => samePerson).length;
  return { precision: right / takenForOne.length, recall: right / same };
};

describe('Labelled pairs of names', () => {
  it('are many, half of them one person, half of each kept back from tuning', () => {
    for (const half of ['tuning', 'held-out']) {
      const ofHalf = pairs.filter((pair) => pair.half === half);
      expect(ofHalf.filter(({ samePerson }) => samePerson).length).toBeGreaterThan(200);
      expect(ofHalf.filter(({ samePerson }) => !samePerson).length).toBeGreaterThan(200);
    }
    expect(new Set(pairs.map(({ one, other }) => JSON.stringify([one.person, other.person]))).size).toBe(
      pairs.length,
    );
  });

  it('are told apart in the half that nothing was tuned on', () => {
    const { precision, recall } = measured('held-out');
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.9);
  });

  it('are told apart in the half that was tuned on', () => {
    const { precision, recall } = measured('tuning');
    expect(precision).toBeGreaterThanOrEqual(0.97);
    expect(recall).toBeGreaterThanOrEqual(0.97);
  });

  it('are scored alike in both directions', () => {
    for (const { one, other } of pairs) {
      const there = score(one.query, other.stored).score;
      const back = score(other.query, one.stored).score;
      expect(Math.abs(there - back)).toBeLessThan(0.2);
    }
  });

  it('need few tokens each', () => {
    for (const { one, other } of pairs) {
      expect(one.stored.length).toBeLessThanOrEqual(mostTokens);
      expect(other.stored.length).toBeLessThanOrEqual(mostTokens);
    }
  });
});
