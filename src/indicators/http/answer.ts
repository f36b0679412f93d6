import type { AnswerLanguage } from '../../http/index.js';
import type { ReferenceData } from '../../reference/index.js';
import type { Dimension } from '../catalogue/dimensions.js';
import type { Indicator } from '../catalogue/indicator.js';
import type { Audience } from '../release/release.js';
import type { FrozenRelease } from '../release/release-store.js';
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
  if (audience === 'analyst') return noise;
  return language === 'de'
    ? `${noise} Werte unter ${threshold} sind gesperrt, alle anderen auf Vielfache von ${multiple} gerundet.`
    : `${noise} Values below ${threshold} are hidden, all others rounded to multiples of ${multiple}.`;
};
