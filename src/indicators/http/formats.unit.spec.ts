import { describe, expect, it } from '@jest/globals';
import { loadReferenceData } from '../../reference/index.js';
import { catalogue, indicatorOf } from '../catalogue/catalogue.js';
import { method } from '../release/release.js';
import { methodInWords, type FigureAnswer } from './answer.js';
import { asChart } from './chart.js';
import { asCsvMetadata } from './csv.js';
import type { ShownCell } from './figures.js';
import { asJsonStat } from './json-stat.js';
import { figureLabel } from './labels.js';
import { asText } from './text.js';

const reference = loadReferenceData();

const answerWith = (
  code: string,
  cells: readonly ShownCell[],
  { audience = 'analyst', language = 'en' }: Partial<Pick<FigureAnswer, 'audience' | 'language'>> = {},
): FigureAnswer => ({
  indicator: indicatorOf(code)!,
  release: {
    id: '2026-Q3',
    quarter: '2026-Q3',
    correction: 0,
    horizon: '2026-11-20',
    method,
    attackedWith: [],
    safety: [],
    hash: '',
    frozenAt: '2026-11-21T08:00:00.000Z',
  },
  by: [],
  audience,
  cells,
  language,
  reference,
});

const median: ShownCell = {
  codes: {},
  figure: 'median',
  status: 'shown',
  value: '6-10',
  band: { least: '4-5', most: '11-20' },
};
const returned: ShownCell = {
  codes: {},
  figure: 'returned',
  status: 'shown',
  value: 0.25,
  band: { least: 0.2, most: 0.3 },
};

describe('The method in words', () => {
  const leasts = {
    en: 'Events from 5 persons on; shares and ratios from 10 cases on, of which each part is 0 or at least 5; medians from 10 cases on.',
    de: 'Ereignisse erst ab 5 Personen; Anteile und Verhältnisse erst ab 10 Fällen, deren Teile 0 oder mindestens 5 sind; Mediane erst ab 10 Fällen.',
  };

  it.each([
    ['analyst', 'en'],
    ['analyst', 'de'],
    ['public', 'en'],
    ['public', 'de'],
  ] as const)('names to the %s the thresholds in every form (%s)', async (audience, language) => {
    const answer = answerWith('review-time', [median, returned], { audience, language });
    const forms = [
      asText(answer),
      JSON.stringify(asJsonStat(answer)),
      JSON.stringify(asCsvMetadata(answer, '/')),
    ];
    for (const form of forms) expect(form).toContain(leasts[language]);
    const chart = await asChart(answer);
    for (const sentence of leasts[language].split(/(?<=;) /)) expect(chart).toContain(sentence);
  });

  it('names beside them what is hidden and rounded, to everyone', () => {
    const toEveryone = methodInWords(answerWith('caseload', [], { audience: 'public' }));
    expect(toEveryone).toMatch(/Values below 5 are hidden, all others rounded to multiples of 5\.$/);
    expect(methodInWords(answerWith('caseload', []))).not.toMatch(/rounded/);
  });
});

describe('A chart', () => {
  /** The widths of the bars, and the numbers and words beside them, panel by panel. */
  const panelsOf = (svg: string): readonly string[] => svg.split('role-scope').slice(1);

  it('draws the figures of an indicator below each other, each on an axis of its own', async () => {
    const panels = panelsOf(await asChart(answerWith('review-time', [median, returned])));
    expect(panels).toHaveLength(2);
    const [days = '', shares = ''] = panels;
    expect(days).toContain('>Median<');
    expect(days).toContain('>10<');
    expect(days).not.toContain('>Share returned<');
    expect(shares).toContain('>Share returned<');
    expect(shares).toContain('>0.25<');
    expect(shares).not.toContain('>10<');
  });

  it('needs no more words where there is one figure, and is drawn where nothing is shown', async () => {
    const answer = answerWith('caseload', [
      { codes: {}, figure: 'count', status: 'shown', value: 40, band: { least: 36, most: 44 } },
    ]);
    const chart = await asChart(answer);
    expect(panelsOf(chart)).toHaveLength(1);
    expect(chart).toContain('>District<');
    expect(chart).not.toContain('>Count<');
    expect(await asChart(answerWith('caseload', []))).toMatch(/^<svg .*Active caseload, 2026-Q3/s);
  });

  it('has words for every figure of the catalogue', () => {
    const names = catalogue.flatMap(({ figures }) => figures.map(({ name }) => name));
    for (const name of new Set(names))
      for (const language of ['de', 'en'] as const) expect(figureLabel(name, language)).toMatch(/^\p{Lu}/u);
  });
});
