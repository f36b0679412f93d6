import { codeLists, type Label, type ReferenceData } from '../../reference/index.js';
import { unknown, type Dimension } from '../catalogue/dimensions.js';
import { allSlot } from '../catalogue/indicator.js';
import { otherTowns } from '../catalogue/regions.js';
import { otherLanguages } from '../release/cases.js';

type Language = keyof Label;

const words: Readonly<Record<string, Label>> = {
  [unknown]: { de: 'Unbekannt', en: 'Unknown' },
  [otherLanguages]: { de: 'Andere', en: 'Others' },
  [otherTowns]: { de: 'Übrige Kommunen', en: 'Other towns' },
  [allSlot]: { de: 'Insgesamt', en: 'Total' },
  none: { de: 'ohne Rechtskreis', en: 'no legal domain' },
};

/** What people read for a code of a dimension. */
export const labelOf = (
  dimension: Dimension,
  code: string,
  language: Language,
  reference: ReferenceData,
): string => {
  const known = words[code]?.[language];
  if (known !== undefined && dimension !== 'language') return known;
  switch (dimension) {
    case 'municipality':
      return reference.municipality(code)?.name ?? code;
    case 'region':
      return reference.jointTeams.find(({ id }) => id === code)?.name ?? code;
    case 'socialArea': {
      const [municipality = code] = code.split(':');
      const area = reference.socialArea(code);
      if (area) return `${reference.municipality(area.municipality)?.name ?? ''}: ${area.name}`;
      return `${reference.municipality(municipality)?.name ?? code}: ${words[unknown]![language]}`;
    }
    case 'language':
      return known ?? new Intl.DisplayNames([language], { type: 'language' }).of(code) ?? code;
    case 'ageGroup':
      return code;
    case 'sex':
    case 'residenceGroup':
    case 'fieldOfAction':
      return labelIn(codeLists[dimension], code, language);
    case 'legalDomainPair':
      return code
        .split('>')
        .map((one) => words[one]?.[language] ?? labelIn(codeLists.legalDomain, one, language))
        .join(' → ');
  }
};

/** What people read for a category: an access route, an outcome, a reason. */
export const categoryLabel = (code: string, language: Language): string =>
  words[code]?.[language] ??
  [codeLists.accessRoute, codeLists.closureOutcome, codeLists.handoverReason]
    .map((list) => labelIn(list, code, language))
    .find((label) => label !== code) ??
  code;

const figures: Readonly<Record<string, Label>> = {
  count: { de: 'Anzahl', en: 'Count' },
  rate: { de: 'Anteil', en: 'Share' },
  ratio: { de: 'Verhältnis', en: 'Ratio' },
  median: { de: 'Median', en: 'Median' },
  returned: { de: 'Anteil der Rückgaben', en: 'Share returned' },
  declines: { de: 'Ablehnungen nach Grund', en: 'Declines by reason' },
};

/** What people read for one of an indicator's figures. */
export const figureLabel = (figure: string, language: Language): string => labelIn(figures, figure, language);

const labelIn = (list: Readonly<Record<string, Label>>, code: string, language: Language): string =>
  Object.hasOwn(list, code) ? list[code]![language] : code;
