import { describe, expect, it } from '@jest/globals';
import { medianBand, rateOf } from './rates.js';
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

describe('Rounding', () => {
  it('goes to the nearest multiple', () => {
    expect([0, 2, 3, 7, 8, 12, 13].map((count) => roundTo(count, 5))).toEqual([0, 0, 5, 5, 10, 10, 15]);
  });
});
