import { describe, expect, it } from '@jest/globals';
import { medianBand, medianBands, rateOf } from './rates.js';
import { roundTo } from './rounding.js';

const rules = { leastDenominator: 10, leastPart: 5, reach: 4 };

describe('A rate', () => {
  it.each([
    [12, 48, { kind: 'share', share: 0.25 }],
    [5, 10, { kind: 'share', share: 0.5 }],
    [9, 9, { kind: 'withheld', why: 'denominator-too-small' }],
    [4, 48, { kind: 'withheld', why: 'part-too-small' }],
    [45, 48, { kind: 'withheld', why: 'part-too-small' }],
    [0, 44, { kind: 'at-most', share: 0.1 }],
    [41, 41, { kind: 'at-least', share: 37 / 45 }],
    // Noise may put the part above the whole.
    [44, 41, { kind: 'at-least', share: 40 / 45 }],
  ])('of %i in %i is %j', (numerator, denominator, rate) => {
    expect(rateOf(numerator, denominator, rules)).toEqual(rate);
  });

  it('of nobody or everybody is a bound of the true share, however far the noise went', () => {
    for (let denominator = 10; denominator <= 30; denominator += 1)
      for (let all = denominator - 4; all <= denominator + 4; all += 1) {
        const [most, least] = [rateOf(0, denominator, rules), rateOf(denominator, denominator, rules)];
        for (let part = 0; part <= 4; part += 1)
          if (most.kind === 'at-most') expect(part / all).toBeLessThanOrEqual(most.share);
        for (let part = denominator - 4; part <= all; part += 1)
          if (least.kind === 'at-least') expect(part / all).toBeGreaterThanOrEqual(least.share);
        expect([most.kind, least.kind]).toEqual(['at-most', 'at-least']);
      }
  });

  it('is not told where the noise leaves no bound', () => {
    const wide = { ...rules, reach: 6 };
    expect(rateOf(0, 12, wide).kind).toBe('withheld');
    expect(rateOf(0, 13, wide)).toEqual({ kind: 'at-most', share: 6 / 7 });
  });
});

describe('A median', () => {
  it('is the band in which half of the cases are reached', () => {
    expect(medianBand([6, 0, 4, 5], 10)).toBe(2);
    expect(medianBand([6, 6, 0], 10)).toBe(0);
    expect(medianBand([0, 0, 12], 10)).toBe(2);
  });

  it('is not told of fewer than ten cases', () => {
    expect(medianBand([3, 3, 3], 10)).toBeUndefined();
  });
});

describe('The bands in which a median may lie', () => {
  const moved = (count: number) => ({ least: Math.max(0, count - 4), most: count + 4 });
  const unbounded = { least: 0, most: Infinity };

  it('are as far apart as the noise may have moved them, each count its own way', () => {
    expect(medianBands([8, 10, 3].map(moved), unbounded)).toEqual({ least: 0, most: 1 });
    expect(medianBands([40, 20, 20].map(moved), unbounded)).toEqual({ least: 0, most: 1 });
    expect(medianBands([60, 20, 20].map(moved), unbounded)).toEqual({ least: 0, most: 0 });
  });

  it('are wider where counts are withheld, as far as the total allows', () => {
    const withheld = [unbounded, moved(12), unbounded];
    expect(medianBands(withheld, moved(40))).toEqual({ least: 0, most: 2 });
    expect(medianBands(withheld, moved(11))).toEqual({ least: 1, most: 1 });
    expect(medianBands(withheld, unbounded)).toBeUndefined();
  });

  it('are those of all counts that lie within the bounds, and no wider', () => {
    const bounds = [
      { least: 0, most: 3 },
      { least: 2, most: 4 },
      { least: 0, most: 5 },
      { least: 1, most: 2 },
    ];
    for (let least = 3; least <= 10; least += 1) {
      const found = new Set<number>();
      const choose = (counts: readonly number[]): void => {
        const bound = bounds[counts.length];
        if (bound) for (let count = bound.least; count <= bound.most; count += 1) choose([...counts, count]);
        else if (counts.reduce((sum, count) => sum + count) >= least) found.add(medianBand(counts, 1)!);
      };
      choose([]);
      const all = { least, most: Infinity };
      expect(medianBands(bounds, all)).toEqual({ least: Math.min(...found), most: Math.max(...found) });
    }
  });
});

describe('Rounding', () => {
  it('goes to the nearest multiple', () => {
    expect([0, 2, 3, 7, 8, 12, 13].map((count) => roundTo(count, 5))).toEqual([0, 0, 5, 5, 10, 10, 15]);
  });
});
