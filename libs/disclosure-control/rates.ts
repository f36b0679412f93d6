/** What a rate must have below and within it to be shown; as persons or cases, after the noise. */
export interface RateRules {
  readonly leastDenominator: number;
  /** Numerator and complement must be 0 or at least this. */
  readonly leastPart: number;
  /** How far either count may lie from the truth, after the noise and whatever rounding. */
  readonly reach: number;
}

/** A share from 0 to 1: exact as far as the perturbed counts are, or only a bound of the true one, or not shown. */
export type Rate =
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'at-most'; readonly share: number }
  | { readonly kind: 'at-least'; readonly share: number }
  | { readonly kind: 'withheld'; readonly why: 'denominator-too-small' | 'part-too-small' };

/**
 * The rate of two perturbed counts, the one within the other. Nobody and everybody are shown as bounds, since a
 * perturbed 0 stands for a few as well; no noise puts the true share beyond them. What would bound nothing is not
 * shown.
 */
export const rateOf = (
  numerator: number,
  denominator: number,
  { leastDenominator, leastPart, reach }: RateRules,
): Rate => {
  if (denominator < leastDenominator) return { kind: 'withheld', why: 'denominator-too-small' };
  const complement = Math.max(0, denominator - numerator);
  if (numerator === 0)
    return reach < denominator - reach
      ? { kind: 'at-most', share: reach / (denominator - reach) }
      : { kind: 'withheld', why: 'denominator-too-small' };
  if (complement === 0)
    return numerator > reach
      ? { kind: 'at-least', share: (numerator - reach) / (denominator + reach) }
      : { kind: 'withheld', why: 'denominator-too-small' };
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

/** Where a true count lies: one that is withheld has no upper end. */
export interface CountBounds {
  readonly least: number;
  readonly most: number;
}

/**
 * The lowest and the highest band in which the median may truly lie: over all counts of cases in each band, in
 * ascending order, within their bounds, whose sum is within the bounds of `all`; `undefined` where no such counts
 * exist, or where nothing bounds how many there are.
 */
export const medianBands = (
  counts: readonly CountBounds[],
  all: CountBounds,
): { readonly least: number; readonly most: number } | undefined => {
  const sumOf = (bound: keyof CountBounds, from: number, to: number): number =>
    counts.slice(from, to).reduce((sum, count) => sum + count[bound], 0);
  const end = counts.length;
  const totals = {
    least: Math.max(1, all.least, sumOf('least', 0, end)),
    most: Math.min(all.most, sumOf('most', 0, end)),
  };
  if (totals.most < totals.least || totals.most === Infinity) return undefined;
  const some = (fits: (total: number) => boolean): boolean => {
    for (let total = totals.least; total <= totals.most; total += 1) if (fits(total)) return true;
    return false;
  };
  // Of a total as much as possible, or as little, lies in the bands up to and including this one.
  const mostUpTo = (band: number, total: number): number =>
    Math.min(sumOf('most', 0, band + 1), total - sumOf('least', band + 1, end));
  const leastUpTo = (band: number, total: number): number =>
    Math.max(sumOf('least', 0, band + 1), total - sumOf('most', band + 1, end));
  return {
    least: counts.findIndex((_, band) => some((total) => 2 * mostUpTo(band, total) >= total)),
    most: counts.findIndex((_, band) => !some((total) => 2 * leastUpTo(band, total) < total)),
  };
};
