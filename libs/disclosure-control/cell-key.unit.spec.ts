import { createSecretKey } from 'node:crypto';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addKeys, cellKeyOf, countsBehind, keySpace, perturbationBy, recordKeysUnder } from './cell-key.js';
import { perturbationTable } from './perturbation-table.js';

const table = perturbationTable({ maxNoise: 4, variance: 3, lowest: 2 });
const perturb = perturbationBy(table);
const secret = createSecretKey(Buffer.alloc(32, 7));
const recordKey = recordKeysUnder(secret);
const anyKey = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe('The cell-key method', () => {
  it('takes a record key from nothing but the id and the secret', () => {
    const mac = createHmac('sha256', Buffer.alloc(32, 7)).update('person one').digest('hex');
    expect(recordKey('person one')).toBe(Number.parseInt(mac.slice(0, 12), 16));
    expect(recordKeysUnder(createSecretKey(Buffer.alloc(32, 8)))('person one')).not.toBe(
      recordKey('person one'),
    );
  });

  it('adds keys exactly, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(anyKey), fc.integer(), (keys, turn) => {
        const at = keys.length === 0 ? 0 : Math.abs(turn) % keys.length;
        const exact = keys.reduce((sum, key) => (sum + BigInt(key)) % BigInt(keySpace), 0n);
        expect(cellKeyOf(keys)).toBe(Number(exact));
        expect(cellKeyOf([...keys.slice(at), ...keys.slice(0, at)])).toBe(Number(exact));
        expect(addKeys(cellKeyOf(keys.slice(at)), cellKeyOf(keys.slice(0, at)))).toBe(Number(exact));
      }),
    );
  });

  it('leaves zeros zero and gives no result from 1 to js', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), anyKey, (count, key) => {
        const published = perturb(count, key);
        expect(published === 0 || published > 2).toBe(true);
        expect(Math.abs(published - count)).toBeLessThanOrEqual(4);
        if (count === 0) expect(published).toBe(0);
        expect(countsBehind(table)(published)).toContain(count);
      }),
    );
  });

  it('moves the same persons by the same noise, in whatever table they stand', () => {
    const persons = Array.from({ length: 9 }, (_, at) => recordKey(`person ${at}`));
    expect(perturb(9, cellKeyOf(persons))).toBe(perturb(9, cellKeyOf(persons.toReversed())));
  });

  it('draws each noise as often as the table says, without a drift', () => {
    for (const { count, values } of table.slice(1)) {
      const draws = 40_000;
      const seen = new Map<number, number>();
      for (let at = 0; at < draws; at += 1) {
        const noise = perturb(count, recordKey(`${count}/${at}`)) - count;
        seen.set(noise, (seen.get(noise) ?? 0) + 1);
      }
      const variance = values.reduce((sum, { noise, probability }) => sum + noise ** 2 * probability, 0);
      const drawn = [...seen].reduce((sum, [noise, times]) => sum + noise * times, 0) / draws;
      // Five standard errors: the keys are fixed, so this either always holds or never.
      expect(Math.abs(drawn)).toBeLessThan(5 * Math.sqrt(variance / draws));
      for (const { noise, probability } of values)
        expect(Math.abs((seen.get(noise) ?? 0) / draws - probability)).toBeLessThan(
          5 * Math.sqrt((probability * (1 - probability)) / draws) + 1e-9,
        );
    }
  });

  it('tells everyone which true counts may stand behind a published one', () => {
    const behind = countsBehind(table);
    expect(behind(0)).toEqual([0, 1, 2, 3, 4]);
    expect(behind(3)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(behind(5)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(behind(1)).toEqual([]);
  });
});
