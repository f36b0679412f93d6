import type { Label } from '../../reference/index.js';

/** What figures can be broken down by. */
export const dimensions = [
  'socialArea',
  'municipality',
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
  'sex',
  'ageGroup',
  'residenceGroup',
  'language',
] as const satisfies readonly Dimension[];

export const dimensionLabels: Readonly<Record<Dimension, Label>> = {
  socialArea: { de: 'Sozialraum', en: 'Social area' },
  municipality: { de: 'Kommune', en: 'Municipality' },
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

/** All breakdowns by up to so many of these dimensions. A social area names its municipality already. */
export const breakdownsOf = (
  available: readonly Dimension[],
  most: number,
): readonly (readonly Dimension[])[] =>
  available
    .reduce<readonly (readonly Dimension[])[]>(
      (found, dimension) => [...found, ...found.map((by) => [...by, dimension])],
      [[]],
    )
    .filter((by) => by.length <= most && !(by.includes('socialArea') && by.includes('municipality')))
    .toSorted((one, other) => one.length - other.length);

/** How a breakdown is written: its dimensions in their order, joined by commas. */
export const breakdownName = (by: readonly Dimension[]): string =>
  dimensions.filter((dimension) => by.includes(dimension)).join(',');
