import type { GroupMark, Spec, Title } from 'vega';
import { methodInWords, type FigureAnswer } from './answer.js';
import { placeInWords } from './csv.js';
import { figureLabel } from './labels.js';

/**
 * The figures as bars with their bands, as SVG: each figure of the indicator on an axis of its own, below each other,
 * since days and shares have no scale in common. Vega is loaded with the first chart: nothing else needs it.
 */
export const asChart = async (answer: FigureAnswer): Promise<string> => {
  const { parse, View } = await import('vega');
  return new View(parse(chartOf(answer)), { renderer: 'none' }).toSVG();
};

/** Of each figure. */
const mostBars = 60;
const barHeight = 20;
const width = 480;

const chartOf = (answer: FigureAnswer): Spec => {
  const { indicator, release, cells, language } = answer;
  const figures = indicator.figures
    .map(({ name }) => name)
    .filter((name) => cells.some(({ figure }) => figure === name));
  return {
    $schema: 'https://vega.github.io/schema/vega/v6.json',
    padding: 8,
    background: 'white',
    title: {
      text: `${indicator.title[language]}, ${release.id}`,
      subtitle: methodInWords(answer).split(/(?<=[.;]) /),
      align: 'left',
      frame: 'group',
      offset: 12,
    },
    layout: { columns: 1, padding: 24 },
    marks: figures.map((figure) => panelOf(answer, figure, figures.length > 1)),
  };
};

const panelOf = (answer: FigureAnswer, figure: string, isTitled: boolean): GroupMark => {
  const bars = answer.cells
    .filter((cell) => cell.figure === figure && cell.status === 'shown' && cell.value !== undefined)
    .slice(0, mostBars)
    .map((cell) => ({
      place: placeInWords(answer, cell),
      value: inNumbers(cell.value),
      least: inNumbers(cell.band?.least ?? cell.value),
      most: inNumbers(cell.band?.most ?? cell.value),
    }));
  const height = Math.max(1, bars.length) * barHeight;
  const place = { scale: 'place', field: 'place' };
  const title: Title = { text: figureLabel(figure, answer.language), anchor: 'start', frame: 'group' };
  return {
    type: 'group',
    encode: { enter: { width: { value: width }, height: { value: height } } },
    ...(isTitled && { title }),
    data: [{ name: 'bars', values: bars }],
    scales: [
      {
        name: 'place',
        type: 'band',
        domain: { data: 'bars', field: 'place' },
        range: [0, height],
        padding: 0.25,
      },
      {
        name: 'value',
        type: 'linear',
        domain: { data: 'bars', fields: ['value', 'most'] },
        range: [0, width],
        nice: true,
        zero: true,
      },
    ],
    axes: [
      { orient: 'left', scale: 'place', ticks: false, domain: false, labelLimit: 320 },
      { orient: 'bottom', scale: 'value', grid: true, tickCount: 6 },
    ],
    marks: [
      {
        type: 'rect',
        from: { data: 'bars' },
        encode: {
          enter: {
            y: place,
            height: { scale: 'place', band: 1 },
            x: { scale: 'value', value: 0 },
            x2: { scale: 'value', field: 'value' },
            fill: { value: '#4c78a8' },
          },
        },
      },
      {
        type: 'rule',
        from: { data: 'bars' },
        encode: {
          enter: {
            y: { ...place, band: 0.5 },
            x: { scale: 'value', field: 'least' },
            x2: { scale: 'value', field: 'most' },
            stroke: { value: '#1f2d3d' },
            strokeWidth: { value: 2 },
          },
        },
      },
    ],
  };
};

const inNumbers = (value: number | string | undefined): number =>
  typeof value === 'string' ? Number.parseInt(value, 10) : (value ?? 0);
