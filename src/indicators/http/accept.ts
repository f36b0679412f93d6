import { notAcceptable } from '../../http/index.js';

/** What a figure is served as beside JSON, each as the contract's document describes it. */
export const otherFormats = {
  'text/csv': { type: 'string', description: 'One row for each cell (RFC 4180).' },
  'application/csvm+json': {
    type: 'object',
    description: 'The metadata of the CSV: CSV on the Web, https://www.w3.org/TR/tabular-metadata/',
  },
  'application/vnd.jsonstat+json': {
    type: 'object',
    description: 'A dataset of JSON-stat 2.0, https://json-stat.org/full/',
  },
  'text/plain': { type: 'string', description: 'To be looked at.' },
  'image/svg+xml': { type: 'string', description: 'A chart of bars with their bands.' },
} as const;

export type Format = 'application/json' | keyof typeof otherFormats;
const formats = ['application/json', ...Object.keys(otherFormats)] as readonly Format[];

/**
 * The format that an `Accept` header prefers (RFC 9110, section 12.5.1); JSON where anything will do.
 * @throws Problem 406
 */
export const formatFor = (accept: string | undefined): Format => {
  if (accept === undefined || accept.trim() === '') return 'application/json';
  const ranges = accept.split(',').flatMap((text) => {
    const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
    const quality = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1);
    return Number.isNaN(quality) ? [] : [{ range, quality }];
  });
  const qualityOf = (format: string): number =>
    [format, `${format.split('/')[0]}/*`, '*/*']
      .map((range) => ranges.find((one) => one.range === range)?.quality)
      .find((quality) => quality !== undefined) ?? 0;
  const [best] = formats
    .map((format) => ({ format, quality: qualityOf(format) }))
    .filter(({ quality }) => quality > 0)
    .toSorted((one, other) => other.quality - one.quality);
  if (!best) throw notAcceptable(formats);
  return best.format;
};
