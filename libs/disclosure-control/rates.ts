/** What a rate must have below and within it to be shown; as persons or cases, after the noise. */
export interface RateRules {
  readonly leastDenominator: number;
  /** Numerator and complement must be 0 or at least this. */
  readonly leastPart: number;
}

/** A share from 0 to 1: exact as far as the perturbed counts are, or only a bound, or not shown at all. */
export type Rate =
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'at-most'; readonly share: number }
  | { readonly kind: 'at-least'; readonly share: number }
  | { readonly kind: 'withheld'; readonly why: 'denominator-too-small' | 'part-too-small' };

/**
 * The rate of two perturbed counts, the one within the other. Nobody and everybody are shown as bounds, since a
 * perturbed 0 stands for a few as well.
 */
export const rateOf = (
  numerator: number,
  denominator: number,
  { leastDenominator, leastPart }: RateRules,
): Rate => {
  if (denominator < leastDenominator) return { kind: 'withheld', why: 'denominator-too-small' };
  const complement = Math.max(0, denominator - numerator);
  const bound = leastPart / denominator;
  if (numerator === 0) return { kind: 'at-most', share: bound };
  if (complement === 0) return { kind: 'at-least', share: 1 - bound };
  if (numerator < leastPart || complement < leastPart) return { kind: 'withheld', why: 'part-too-small' };
  return { kind: 'share', share: numerator / denominator };
};

/**
 * The band in which the median lies, by perturbed counts of the cases in each band, in ascending order:
 * its place, or `undefined` where there are fewer cases than `leastCases`. Counts are what it is taken from, not
 * the cases, so that it tells no more than they do.
 */
export const medianBand = (counts: readonly number[], leastCases: number): number | undefined => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total < leastCases) return undefined;
  let reached = 0;
  return counts.findIndex((count) => (reached += count) * 2 >= total);
};
