import { methodInWords, type FigureAnswer } from './answer.js';
import { placeInWords } from './csv.js';
import type { ShownCell } from './figures.js';

/** The figure as plain text, for those who would rather look. */
export const asText = (answer: FigureAnswer): string => {
  const { indicator, release, cells, language } = answer;
  const rows = cells.map((cell) => [placeInWords(answer, cell), valueInWords(cell, language)] as const);
  const width = Math.max(0, ...rows.map(([place]) => [...place].length));
  return [
    `${indicator.title[language]}, ${release.id}`,
    indicator.definition.numerator[language] +
      (indicator.definition.denominator ? ` / ${indicator.definition.denominator[language]}` : ''),
    '',
    ...rows.map(([place, value]) => `${place.padEnd(width)}  ${value}`),
    '',
    methodInWords(answer),
    '',
  ].join('\n');
};

const valueInWords = (
  { status, value, band, figure }: ShownCell,
  language: FigureAnswer['language'],
): string => {
  const inWords = (one: number | string): string =>
    typeof one === 'number' && figure !== 'count' && figure !== 'ratio' && figure !== 'declines'
      ? `${(one * 100).toFixed(1)} %`
      : String(one);
  if (status === 'withheld' || value === undefined) return language === 'de' ? 'gesperrt' : 'withheld';
  if (status === 'at-most') return `≤ ${inWords(value)}`;
  if (status === 'at-least') return `≥ ${inWords(value)}`;
  return band ? `${inWords(value)}  (${inWords(band.least)} … ${inWords(band.most)})` : inWords(value);
};
