import type { Reason } from '#personal-data';
import type { AnswerLanguage } from '../http/index.js';

/** Why somebody may be the person that was asked about, the strongest reason first. */
export const reasonInWords = (reasons: readonly Reason[], language: AnswerLanguage): string => {
  const words = reasons.map((reason) => wordings[reason][language]).join(', ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const wordings: Readonly<Record<Reason, Readonly<Record<AnswerLanguage, string>>>> = {
  'same-name': { de: 'gleicher Name', en: 'same name' },
  spelling: { de: 'andere Schreibweise', en: 'another spelling' },
  script: { de: 'andere Schrift', en: 'another script' },
  'typing-error': { de: 'vielleicht verschrieben', en: 'perhaps a typing error' },
  beginning: { de: 'gleicher Anfang', en: 'same beginning' },
  swapped: { de: 'Vor- und Nachname vertauscht', en: 'given and family name swapped' },
  partial: { de: 'ein Teil des Namens', en: 'a part of the name' },
  'other-name': { de: 'einer der weiteren Namen', en: 'one of the other names' },
  'birth-date': { de: 'gleiches Geburtsdatum', en: 'same birth date' },
  'birth-year': { de: 'gleiches Geburtsjahr', en: 'same birth year' },
  'birth-date-similar': { de: 'ähnliches Geburtsdatum', en: 'similar birth date' },
  'birth-date-differs': { de: 'anderes Geburtsdatum', en: 'another birth date' },
};
