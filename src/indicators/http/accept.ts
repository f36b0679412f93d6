import { notAcceptable } from '../../http/index.js';

export const formats = [
  'application/json',
  'text/csv',
  'application/csvm+json',
  'application/vnd.jsonstat+json',
  'text/plain',
  'image/svg+xml',
] as const;
export type Format = (typeof formats)[number];

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
