import { describe, expect, it } from '@jest/globals';
import { medianBand, rateOf } from './rates.js';
import { roundTo } from './rounding.js';

const rules = { leastDenominator: 10, leastPart: 5 };

describe('A rate', () => {
  it.each([
    [12, 48, { kind: 'share', share: 0.25 }],
    [5, 10, { kind: 'share', share: 0.5 }],
    [9, 9, { kind: 'withheld', why: 'denominator-too-small' }],
    [4, 48, { kind: 'withheld', why: 'part-too-small' }],
    [45, 48, { kind: 'withheld', why: 'part-too-small' }],
    [0, 50, { kind: 'at-most', share: 0.1 }],
    [50, 50, { kind: 'at-least', share: 0.9 }],
    // Noise may put the part above the whole.
    [52, 50, { kind: 'at-least', share: 0.9 }],
  ])('of %i in %i is %j', (numerator, denominator, rate) => {
    expect(rateOf(numerator, denominator, rules)).toEqual(rate);
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
