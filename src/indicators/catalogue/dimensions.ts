import type { Label } from '../../reference/index.js';

/** What figures can be broken down by. */
export const dimensions = [
  'socialArea',
  'municipality',
  'region',
  'sex',
  'ageGroup',
  'residenceGroup',
  'language',
  'fieldOfAction',
  'legalDomainPair',
] as const;
export type Dimension = (typeof dimensions)[number];

/** Those that every person has. */
export const personDimensions = [
  'socialArea',
  'municipality',
  'region',
  'sex',
  'ageGroup',
  'residenceGroup',
  'language',
] as const satisfies readonly Dimension[];

export const dimensionLabels: Readonly<Record<Dimension, Label>> = {
  socialArea: { de: 'Sozialraum', en: 'Social area' },
  municipality: { de: 'Kommune', en: 'Municipality' },
  region: { de: 'Region', en: 'Region' },
  sex: { de: 'Geschlecht', en: 'Sex' },
  ageGroup: { de: 'Altersgruppe bei der Registrierung', en: 'Age group at registration' },
  residenceGroup: { de: 'Aufenthaltsgruppe', en: 'Residence group' },
  language: { de: 'Bevorzugte Sprache (die zehn häufigsten)', en: 'Preferred language (the largest ten)' },
  fieldOfAction: { de: 'Handlungsfeld', en: 'Field of action' },
  legalDomainPair: { de: 'Paar von Rechtskreisen', en: 'Pair of legal domains' },
};

/** The code of what is not known, and of an erased person's dimensions. */
export const unknown = 'unknown';

export const mostDimensions = 3;

/** Where people live, from small to large: each names those after it. After the last comes the Kreis. */
const geography: readonly Dimension[] = ['socialArea', 'municipality', 'region'];

/** What a dimension is summed up to; `undefined` for all, the Kreis, where it is left out. */
export const coarserThan = (dimension: Dimension): Dimension | undefined =>
  geography.includes(dimension) ? geography[geography.indexOf(dimension) + 1] : undefined;

/**
 * All breakdowns by up to so many of these dimensions, one of them at most a place. Regions with anything beside them
 * are for where municipalities are too small (`withRegion`).
 */
export const breakdownsOf = (
  available: readonly Dimension[],
  most: number,
): readonly (readonly Dimension[])[] =>
  available
    .reduce<readonly (readonly Dimension[])[]>(
      (found, dimension) => [...found, ...found.map((by) => [...by, dimension])],
      [[]],
    )
    .filter((by) => by.length <= most && by.filter((one) => geography.includes(one)).length <= 1)
    .filter((by) => by.length <= 1 || !by.includes('region'))
    .toSorted((one, other) => one.length - other.length);

/** The breakdown by regions in place of municipalities; `undefined` for one without. */
export const withRegion = (by: readonly Dimension[]): readonly Dimension[] | undefined =>
  by.includes('municipality')
    ? by.map((dimension) => (dimension === 'municipality' ? 'region' : dimension))
    : undefined;

/** How a breakdown is written: its dimensions in their order, joined by commas. */
export const breakdownName = (by: readonly Dimension[]): string =>
  dimensions.filter((dimension) => by.includes(dimension)).join(',');

/**
 * By what a breakdown is read that is not released: the next coarser place, at last the Kreis, then one
 * dimension less after the other, until one is released. The total always is.
 */
export const readInstead = (
  by: readonly Dimension[],
  isReleased: (by: readonly Dimension[]) => boolean,
): readonly Dimension[] => {
  if (by.length === 0 || isReleased(by)) return by;
  const place = by.findIndex((dimension) => geography.includes(dimension));
  const coarser = place < 0 ? undefined : coarserThan(by[place]!);
  if (coarser !== undefined) return readInstead(by.with(place, coarser), isReleased);
  return readInstead(by.toSpliced(place < 0 ? by.length - 1 : place, 1), isReleased);
};
