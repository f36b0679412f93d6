import { dimensionLabels } from '../catalogue/dimensions.js';
import { categoryLabel, labelOf } from './labels.js';
import { methodInWords, type FigureAnswer } from './answer.js';
import type { ShownCell } from './figures.js';

/** The columns after those of the dimensions. */
const measures = [
  'figure',
  'category',
  'status',
  'value',
  'least',
  'most',
  'numerator',
  'denominator',
  'censored',
] as const;
type Measure = (typeof measures)[number];

/** The cells as CSV (RFC 4180), one row each; each dimension has its code and its label. */
export const asCsv = ({ by, cells, language, reference }: FigureAnswer): string => {
  const header = [...by.flatMap((dimension) => [dimension, `${dimension}Label`]), ...measures];
  const rows = cells.map((cell) => [
    ...by.flatMap((dimension) => {
      const code = cell.codes[dimension] ?? '';
      return [code, labelOf(dimension, code, language, reference)];
    }),
    ...measures.map((measure) => measureOf(cell, measure)),
  ]);
  return [header, ...rows].map((fields) => `${fields.map(escaped).join(',')}\r\n`).join('');
};

/** The same table's metadata (CSV on the Web, W3C Recommendation of 17 December 2015). */
export const asCsvMetadata = (answer: FigureAnswer, url: string): object => {
  const { indicator, release, by, language } = answer;
  const { numerator, denominator, statistic, timeRule, censoring } = indicator.definition;
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': language }],
    url,
    dialect: { header: true, encoding: 'utf-8' },
    'dc:title': indicator.title[language],
    'dc:description': [numerator, denominator, statistic, timeRule, censoring]
      .flatMap((text) => (text ? [text[language]] : []))
      .join('. '),
    'dc:identifier': `${release.id}/${indicator.code}`,
    'dc:issued': release.frozenAt,
    'dc:provenance': methodInWords(answer),
    tableSchema: {
      columns: [
        ...by.flatMap((dimension) => [
          column(dimension, dimensionLabels[dimension][language], 'string', true),
          column(`${dimension}Label`, dimensionLabels[dimension][language], 'string', true),
        ]),
        ...measures.map((measure) =>
          column(measure, measure, datatypeOf(answer, measure), measure === 'figure' || measure === 'status'),
        ),
      ],
    },
  };
};

const column = (name: string, title: string, datatype: string, required: boolean) => ({
  name,
  titles: name,
  'dc:title': title,
  datatype,
  required,
});

const datatypeOf = ({ indicator }: FigureAnswer, measure: Measure): string => {
  const isBand = indicator.figures.some(({ form }) => form === 'median');
  if (measure === 'figure' || measure === 'category' || measure === 'status') return 'string';
  if (measure === 'value' || measure === 'least' || measure === 'most') return isBand ? 'string' : 'number';
  return 'integer';
};

const measureOf = (cell: ShownCell, measure: Measure): string => {
  switch (measure) {
    case 'least':
    case 'most':
      return String(cell.band?.[measure] ?? '');
    case 'category':
      return cell.category ?? '';
    default:
      return String(cell[measure] ?? '');
  }
};

const escaped = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;

/** A cell's place in words, for text and charts. */
export const placeInWords = ({ by, language, reference }: FigureAnswer, cell: ShownCell): string => {
  const places = by.map((dimension) => labelOf(dimension, cell.codes[dimension] ?? '', language, reference));
  const category = cell.category === undefined ? [] : [categoryLabel(cell.category, language)];
  return [...places, ...category].join(' · ') || (language === 'de' ? 'Kreis' : 'District');
};
