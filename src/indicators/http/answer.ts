import type { AnswerLanguage } from '../../http/index.js';
import type { ReferenceData } from '../../reference/index.js';
import type { Dimension } from '../catalogue/dimensions.js';
import type { Indicator } from '../catalogue/indicator.js';
import type { Audience } from '../release/release.js';
import type { FrozenRelease } from '../release/release-store.js';
import { thresholds } from '../thresholds.js';
import type { ShownCell } from './figures.js';

/** All that every format of a figure is written from. */
export interface FigureAnswer {
  readonly indicator: Indicator;
  readonly release: FrozenRelease;
  readonly by: readonly Dimension[];
  readonly audience: Audience;
  readonly cells: readonly ShownCell[];
  readonly language: AnswerLanguage;
  readonly reference: ReferenceData;
}

/** What stands under every figure, in words. */
export const methodInWords = ({ audience, release: { method }, language }: FigureAnswer): string => {
  const { maxNoise, variance, threshold, multiple } = method;
  const noise =
    language === 'de'
      ? `Zufällige Abweichung nach der Cell-Key-Methode: höchstens ±${maxNoise}, Varianz höchstens ${variance}; dieselben Personen haben immer dieselbe Abweichung. Nicht aufgeführte Zellen sind 0 oder klein.`
      : `Random noise by the cell-key method: at most ±${maxNoise}, variance at most ${variance}; the same persons always have the same noise. Cells that are not listed are 0 or small.`;
  const { persons, denominator, part, cases } = thresholds;
  const leasts =
    language === 'de'
      ? `Ereignisse erst ab ${persons} Personen; Anteile und Verhältnisse erst ab ${denominator} Fällen, deren Teile 0 oder mindestens ${part} sind; Mediane erst ab ${cases} Fällen.`
      : `Events from ${persons} persons on; shares and ratios from ${denominator} cases on, of which each part is 0 or at least ${part}; medians from ${cases} cases on.`;
  if (audience === 'analyst') return `${noise} ${leasts}`;
  const rounding =
    language === 'de'
      ? `Werte unter ${threshold} sind gesperrt, alle anderen auf Vielfache von ${multiple} gerundet.`
      : `Values below ${threshold} are hidden, all others rounded to multiples of ${multiple}.`;
  return `${noise} ${leasts} ${rounding}`;
};
