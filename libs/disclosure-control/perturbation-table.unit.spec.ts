import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InfeasibleNoise, perturbationTable } from './perturbation-table.js';
import type { NoiseProbability, NoiseRules } from './perturbation-table.js';

const moment = (values: readonly NoiseProbability[], power: number): number =>
  values.reduce((sum, { noise, probability }) => sum + noise ** power * probability, 0);

const entropy = (values: readonly NoiseProbability[]): number =>
  values.reduce(
    (sum, { probability }) => sum - (probability > 0 ? probability * Math.log(probability) : 0),
    0,
  );

const reason = (rules: NoiseRules): string | undefined => {
  try {
    perturbationTable(rules);
    return undefined;
  } catch (error) {
    if (error instanceof InfeasibleNoise) return error.message;
    throw error;
  }
};

const share = fc.double({ min: -0.999, max: 0.999, noNaN: true });
const anyRules = fc
  .record({
    maxNoise: fc.integer({ min: 1, max: 9 }),
    lowest: fc.integer({ min: 0, max: 5 }),
    variance: fc.double({ min: 0.05, max: 40, noNaN: true }),
  })
  .map((rules): NoiseRules => rules);

describe('A perturbation table', () => {
  it('is the published one for D = 2, V = 1, js = 0', () => {
    const table = perturbationTable({ maxNoise: 2, variance: 1, lowest: 0 });
    const rounded = table.map(({ count, values }) => ({
      count,
      outputs: values.map(({ noise, probability }) => [count + noise, Number(probability.toFixed(4))]),
    }));
    expect(rounded).toEqual([
      { count: 0, outputs: [[0, 1]] },
      {
        count: 1,
        outputs: [
          [0, 0.3981],
          [1, 0.3058],
          [2, 0.1942],
          [3, 0.1019],
        ],
      },
      {
        count: 2,
        outputs: [
          [0, 0.0638],
          [1, 0.2447],
          [2, 0.383],
          [3, 0.2447],
          [4, 0.0638],
        ],
      },
    ]);
  });

  it('keeps every constraint to a millionth, whatever is feasible, and says why where nothing is', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        const refusal = reason(rules);
        if (refusal !== undefined) {
          const gap = Math.max(
            0,
            ...Array.from({ length: rules.lowest }, (_, at) => (at + 1) * (rules.lowest - at)),
          );
          expect(rules.lowest > rules.maxNoise || rules.variance < gap).toBe(true);
          expect(refusal).toMatch(/^[A-Z].*\.$/);
          return;
        }
        for (const { count, values } of perturbationTable(rules)) {
          expect(Math.abs(moment(values, 0) - 1)).toBeLessThan(1e-6);
          expect(Math.abs(moment(values, 1))).toBeLessThan(1e-6);
          expect(moment(values, 2)).toBeLessThan(rules.variance + 1e-6);
          for (const { noise, probability } of values) {
            const result = count + noise;
            expect(probability).toBeGreaterThanOrEqual(0);
            expect(Math.abs(noise)).toBeLessThanOrEqual(rules.maxNoise);
            expect(result === 0 || result > rules.lowest).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is more even than any other distribution that keeps the constraints', () => {
    fc.assert(
      fc.property(anyRules, fc.tuple(share, share), (rules, [where, size]) => {
        if (reason(rules) !== undefined) return;
        for (const { values } of perturbationTable(rules)) {
          if (values.length < 4) continue;
          // A step that changes neither sum nor mean nor variance: third differences of four neighbours.
          const at = Math.floor(Math.abs(where) * (values.length - 3));
          const four = values.slice(at, at + 4);
          const step = stepThatKeepsMoments(four.map((value) => value.noise));
          const most = 0.5 * Math.min(...four.map(({ probability }) => probability));
          const moved = values.map((value, index) => ({
            noise: value.noise,
            probability: value.probability + size * most * (step[index - at] ?? 0),
          }));
          expect(entropy(moved)).toBeLessThanOrEqual(entropy(values) + 1e-9);
        }
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    [{ maxNoise: 1, variance: 3, lowest: 2 }, /a count of 1 cannot move past 2 with a noise of at most 1/],
    [{ maxNoise: 4, variance: 1.9, lowest: 2 }, /takes a variance of at least 2; it may only be 1.9/],
    [{ maxNoise: 4, variance: 0, lowest: 2 }, /variance must be a number above 0/],
    [{ maxNoise: 4, variance: NaN, lowest: 2 }, /variance must be a number above 0/],
    [{ maxNoise: 0, variance: 1, lowest: 0 }, /greatest noise must be a whole number from 1/],
    [{ maxNoise: 2.5, variance: 1, lowest: 0 }, /greatest noise must be a whole number from 1/],
    [{ maxNoise: 4, variance: 3, lowest: -1 }, /whole number from 0/],
  ])('is refused for %j', (rules, why) => {
    expect(reason(rules)).toMatch(why);
  });

  it('exists up to the very edge of what is feasible', () => {
    const table = perturbationTable({ maxNoise: 4, variance: 2, lowest: 2 });
    const [first, ...rest] = table[1]!.values;
    expect(first!.noise).toBe(-1);
    expect(first!.probability).toBeCloseTo(2 / 3, 9);
    expect(rest[0]!.probability).toBeCloseTo(1 / 3, 9);
  });
});

/** Weights of four places that are orthogonal to 1, v and v² (Lagrange), the greatest of size 1. */
const stepThatKeepsMoments = (places: readonly number[]): readonly number[] => {
  const weights = places.map(
    (place) =>
      1 / places.reduce((product, other) => (other === place ? product : product * (place - other)), 1),
  );
  const greatest = Math.max(...weights.map(Math.abs));
  return weights.map((weight) => weight / greatest);
};
