import { hash, type KeyObject } from 'node:crypto';
import type { PerturbationTable } from './perturbation-table.js';

/**
 * A record key: a whole number of 2^-48 parts of the interval [0,1). As whole numbers keys add up exactly and
 * in any order, which fractions would not.
 */
export type RecordKey = number;

/** How many record keys there are. */
export const keySpace = 2 ** 48;

/** Takes out of one person's records and into another's cell: the sum of two keys modulo 1. */
export const addKeys = (one: RecordKey, other: RecordKey): RecordKey => {
  const sum = one + other;
  return sum >= keySpace ? sum - keySpace : sum;
};

/** The key of a cell: the sum of the keys of its persons, each once, modulo 1. */
export const cellKeyOf = (keys: Iterable<RecordKey>): RecordKey => {
  let sum = 0;
  for (const key of keys) sum = addKeys(sum, key);
  return sum;
};

/**
 * Record keys as a keyed pseudo-random function of an id (HMAC-SHA256, RFC 2104, its first 48 bits): they need
 * no table, survive a restore, and nobody without the secret can tell them.
 */
export const recordKeysUnder = (secret: KeyObject): ((id: string) => RecordKey) => {
  const block = Buffer.alloc(64);
  const exported = secret.export();
  (exported.length > 64 ? Buffer.from(hash('sha256', exported, 'hex'), 'hex') : exported).copy(block);
  const inner = block.map((byte) => byte ^ 0x36);
  const outer = block.map((byte) => byte ^ 0x5c);
  return (id) => {
    const digest = hash('sha256', Buffer.concat([inner, Buffer.from(id, 'utf8')]), 'hex');
    const mac = hash('sha256', Buffer.concat([outer, Buffer.from(digest, 'hex')]), 'hex');
    return Number.parseInt(mac.slice(0, 12), 16);
  };
};

/**
 * The published count of a cell, by the cell-key method (Fraser and Wooton, "A proposed method for
 * confidentialising tabular output to protect against differencing", 2005; German census 2022): the noise is
 * looked up by min(count, greatest row) and the cell's key. The same persons always get the same noise, in
 * whatever table they stand.
 */
export const perturbationBy = (table: PerturbationTable): ((count: number, key: RecordKey) => number) => {
  const rows = table.map(({ values }) => {
    let cumulative = 0;
    return values.map(({ noise, probability }, at) => {
      cumulative += probability;
      return { noise, below: at === values.length - 1 ? keySpace : Math.round(cumulative * keySpace) };
    });
  });
  return (count, key) => {
    const row = rows[Math.min(count, rows.length - 1)]!;
    return count + row.find(({ below }) => key < below)!.noise;
  };
};

/** True counts that may stand behind a published one, by the table alone: whole numbers from `least` to `most`. */
export interface CountRange {
  readonly least: number;
  readonly most: number;
}

/** Which true counts may have been published as this one. Publicly known rules tell that much to everyone. */
export const countsBehind = (table: PerturbationTable): ((published: number) => readonly number[]) => {
  const known = new Map<number, readonly number[]>();
  const greatest = Math.max(...table.flatMap(({ values }) => values.map(({ noise }) => Math.abs(noise))));
  const possible = (count: number, published: number): boolean =>
    table[Math.min(count, table.length - 1)]!.values.some(({ noise }) => count + noise === published);
  return (published) => {
    const found = known.get(published);
    if (found) return found;
    const counts: number[] = [];
    for (let count = Math.max(0, published - greatest); count <= published + greatest; count += 1)
      if (possible(count, published)) counts.push(count);
    known.set(published, counts);
    return counts;
  };
};
