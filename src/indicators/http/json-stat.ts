import { dimensionLabels } from '../catalogue/dimensions.js';
import { methodInWords, type FigureAnswer } from './answer.js';
import type { ShownCell } from './figures.js';
import { categoryLabel, labelOf } from './labels.js';

/** The dimension that tells value, band and counts apart. */
const measures = ['value', 'least', 'most', 'numerator', 'denominator', 'censored'] as const;

/** JSON-stat 2.0 (https://json-stat.org/full/): one dataset. A band of days is told by its first day. */
export const asJsonStat = (answer: FigureAnswer): object => {
  const { indicator, release, by, cells, language, reference } = answer;
  const parts = distinct(cells.map(partOf));
  const axes = [
    ...by.map((dimension) => ({
      id: dimension,
      label: dimensionLabels[dimension][language],
      codes: distinct(cells.map(({ codes }) => codes[dimension] ?? '')),
      labelOf: (code: string) => labelOf(dimension, code, language, reference),
    })),
    {
      id: 'part',
      label: indicator.title[language],
      codes: parts,
      labelOf: (code: string) => categoryLabel(code.split(':')[1] ?? code, language),
    },
    {
      id: 'measure',
      label: language === 'de' ? 'Kennzahl' : 'Measure',
      codes: [...measures] as string[],
      labelOf: (code: string) => code,
    },
  ];
  const size = axes.map(({ codes }) => codes.length);
  const indexOf = axes.map(({ codes }) => new Map(codes.map((code, at) => [code, at])));
  const placeOf = (codes: readonly string[]): number =>
    codes.reduce((place, code, at) => place * size[at]! + indexOf[at]!.get(code)!, 0);
  const value: Record<string, number> = {};
  const status: Record<string, string> = {};
  for (const cell of cells) {
    const codes = [...by.map((dimension) => cell.codes[dimension] ?? ''), partOf(cell)];
    for (const measure of measures) {
      const place = placeOf([...codes, measure]);
      const number = numberOf(cell, measure);
      if (number !== undefined) value[place] = number;
      if (measure === 'value' && cell.status !== 'shown') status[place] = cell.status;
    }
  }
  return {
    version: '2.0',
    class: 'dataset',
    label: indicator.title[language],
    source: 'KIM Journeys',
    updated: release.frozenAt,
    note: [methodInWords(answer)],
    id: axes.map(({ id }) => id),
    size,
    role: {
      metric: ['measure'],
      ...(by.some(isPlace) && { geo: by.filter(isPlace) }),
    },
    dimension: Object.fromEntries(
      axes.map(({ id, label, codes, labelOf: labelOfCode }) => [
        id,
        {
          label,
          category: {
            index: codes,
            label: Object.fromEntries(codes.map((code) => [code, labelOfCode(code)])),
          },
        },
      ]),
    ),
    value,
    ...(Object.keys(status).length > 0 && { status }),
    extension: {
      release: release.id,
      quarter: release.quarter,
      hash: release.hash,
      method: release.method,
      definition: indicator.definition,
    },
  };
};

const partOf = ({ figure, category }: ShownCell): string =>
  category === undefined ? figure : `${figure}:${category}`;

const isPlace = (dimension: string): boolean => ['socialArea', 'municipality', 'region'].includes(dimension);

const numberOf = (cell: ShownCell, measure: (typeof measures)[number]): number | undefined => {
  const found = measure === 'least' || measure === 'most' ? cell.band?.[measure] : cell[measure];
  return typeof found === 'string' ? Number.parseInt(found, 10) : found;
};

const distinct = (codes: readonly string[]): string[] => [...new Set(codes)];
