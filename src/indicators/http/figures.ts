import {
  countsBehind,
  medianBand,
  medianBands,
  perturbationTable,
  rateOf,
  type CountBounds,
} from '#disclosure-control';
import type { Dimension } from '../catalogue/dimensions.js';
import { allSlot, censored, type Figure, type Indicator } from '../catalogue/indicator.js';
import { noiseRules } from '../noise.js';
import type { slotsOf } from '../release/cells.js';
import type { ReleasedFigure, ReleasedRow } from '../release/release.js';
import { thresholds } from '../thresholds.js';

/** Where a value lies if the noise went as far as it goes. */
export interface Band {
  readonly least: number | string;
  readonly most: number | string;
}

/** One figure in one place, as it is shown. */
export interface ShownCell {
  readonly codes: Readonly<Partial<Record<Dimension, string>>>;
  readonly figure: string;
  /** Of a distribution. */
  readonly category?: string;
  readonly status: 'shown' | 'at-most' | 'at-least' | 'withheld';
  /** A count, a share from 0 to 1, a ratio, or a band of days. */
  readonly value?: number | string;
  readonly band?: Band;
  readonly numerator?: number;
  readonly denominator?: number;
  /** Open cases. */
  readonly censored?: number;
}

type Slots = ReturnType<typeof slotsOf>;

const rateRules = { leastDenominator: thresholds.denominator, leastPart: thresholds.part };
const behind = countsBehind(perturbationTable(noiseRules));
const { maxNoise } = noiseRules;

/** What is released of an indicator in one breakdown, made into values: from perturbed counts and nothing else. */
export const shownCells = (
  { figures }: Indicator,
  by: readonly Dimension[],
  released: readonly ReleasedFigure[],
  isRounded: boolean,
): readonly ShownCell[] =>
  released.flatMap(({ figure: name, slots, rows }) => {
    const figure = figures.find((one) => one.name === name);
    if (!figure) return [];
    return rows.flatMap((row) => cellsOfRow(figure, by, slots, row, isRounded ? maxNoise + 2 : maxNoise));
  });

const cellsOfRow = (
  figure: Figure,
  by: readonly Dimension[],
  slots: Slots,
  row: ReleasedRow,
  reach: number,
): readonly ShownCell[] => {
  const codes = Object.fromEntries(by.map((dimension, at) => [dimension, row.codes[at]]));
  const count = (slot: string): number | null => row.counts[slots.indexOf(slot)] ?? null;
  const open = count(censored);
  const cell = {
    codes,
    figure: figure.name,
    ...(slots.includes(censored) && open !== null && { censored: open }),
  };
  switch (figure.form) {
    case 'count':
      return [{ ...cell, ...shownCount(count(figure.slots[0]!), reach) }];
    case 'distribution':
      return [...figure.slots, allSlot].flatMap((category) => {
        const value = count(category);
        return value === 0 ? [] : [{ ...cell, category, ...shownCount(value, reach) }];
      });
    case 'rate':
      return [{ ...cell, ...shownRate(count('yes'), count(allSlot), reach) }];
    case 'ratio':
      return [{ ...cell, ...shownRatio(count('numerator'), count('denominator'), reach) }];
    case 'median':
      return [{ ...cell, ...shownMedian(figure.slots, figure.slots.map(count), count(allSlot), reach) }];
  }
};

type Shown = Omit<ShownCell, 'codes' | 'figure'>;

const shownCount = (count: number | null, reach: number): Shown => {
  if (count === null) return { status: 'withheld' };
  const possible = reach === maxNoise ? behind(count) : [Math.max(1, count - reach), count + reach];
  return {
    status: 'shown',
    value: count,
    band: { least: possible[0] ?? 0, most: possible.at(-1) ?? count + reach },
  };
};

const shownRate = (numerator: number | null, denominator: number | null, reach: number): Shown => {
  if (numerator === null || denominator === null) return { status: 'withheld' };
  const rate = rateOf(numerator, denominator, { ...rateRules, reach });
  if (rate.kind === 'withheld') return { status: 'withheld', denominator };
  if (rate.kind !== 'share') {
    const away = rate.kind === 'at-most' ? Math.ceil : Math.floor;
    return { status: rate.kind, value: rounded(rate.share, away), numerator, denominator };
  }
  return {
    status: 'shown',
    value: rounded(rate.share),
    band: {
      least: rounded(Math.max(0, (numerator - reach) / (denominator + reach))),
      most: rounded(Math.min(1, (numerator + reach) / Math.max(1, denominator - reach))),
    },
    numerator,
    denominator,
  };
};

const shownRatio = (numerator: number | null, denominator: number | null, reach: number): Shown => {
  if (numerator === null || denominator === null || denominator < rateRules.leastDenominator)
    return { status: 'withheld' };
  if (numerator > 0 && numerator < rateRules.leastPart) return { status: 'withheld', denominator };
  return {
    status: 'shown',
    value: rounded(numerator / denominator),
    band: {
      least: rounded(Math.max(0, (numerator - reach) / (denominator + reach))),
      most: rounded((numerator + reach) / Math.max(1, denominator - reach)),
    },
    numerator,
    denominator,
  };
};

const shownMedian = (
  bands: readonly string[],
  counts: readonly (number | null)[],
  all: number | null,
  reach: number,
): Shown => {
  const found = medianOf(counts, all);
  const range = found && medianBands(counts.map(boundsBehind(reach)), boundsBehind(reach)(all));
  if (!range) return { status: 'withheld' };
  return {
    status: 'shown',
    value: bands[found.at]!,
    band: { least: bands[range.least]!, most: bands[range.most]! },
    denominator: found.cases,
  };
};

/** The median's band and of how many cases it is: none where those that stand in withheld bands could decide it. */
const medianOf = (
  counts: readonly (number | null)[],
  all: number | null,
): { readonly at: number; readonly cases: number } | undefined => {
  const known = counts.map((count) => count ?? 0);
  const shown = known.reduce((sum, count) => sum + count, 0);
  const [lowest, highest] = [counts.indexOf(null), counts.lastIndexOf(null)];
  if (lowest >= 0 && all === null) return undefined;
  const hidden = lowest < 0 ? 0 : Math.max(0, (all ?? 0) - shown);
  const medianWith = (place: number): number | undefined =>
    medianBand(lowest < 0 ? known : known.with(place, hidden), thresholds.cases);
  const at = medianWith(lowest);
  return at === undefined || at !== medianWith(highest) ? undefined : { at, cases: shown + hidden };
};

const boundsBehind =
  (reach: number) =>
  (count: number | null): CountBounds => {
    if (count === null) return { least: 0, most: Infinity };
    if (reach !== maxNoise) return { least: Math.max(0, count - reach), most: count + reach };
    const possible = behind(count);
    return { least: possible[0] ?? 0, most: possible.at(-1) ?? count + reach };
  };

const rounded = (value: number, to = Math.round): number => to(value * 1000) / 1000;
