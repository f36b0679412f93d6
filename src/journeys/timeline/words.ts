import { codeLists } from '../../reference/index.js';
import type { CodeListName, Label } from '../../reference/index.js';

export type TimelineLanguage = keyof Label;

/** How a language writes what stands in an event. What is not there has no words. */
export interface Words {
  /** `2026-03-03` as people write it: 3. März 2026, 3 March 2026. */
  readonly day: (day: string | undefined) => string | undefined;
  /** ISO 639 code to the language's name. */
  readonly languageName: (code: string | undefined) => string | undefined;
  readonly label: <L extends CodeListName>(list: L, code: CodeOf<L> | undefined) => string | undefined;
  readonly labels: <L extends CodeListName>(
    list: L,
    codes: readonly CodeOf<L>[] | undefined,
  ) => string | undefined;
  /** Somebody's own words, whole and in quotation marks. */
  readonly quoted: (text: string | undefined) => string | undefined;
  /** The same at the end of a sentence, whose full stop it may bring along. */
  readonly said: (text: string | undefined) => string | undefined;
}

type CodeOf<L extends CodeListName> = keyof (typeof codeLists)[L] & string;

export const wordsIn = (language: TimelineLanguage): Words => {
  const { locale, open, close } = manners[language];
  const days = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const languages = new Intl.DisplayNames(locale, { type: 'language' });
  const label = <L extends CodeListName>(list: L, code: CodeOf<L> | undefined): string | undefined => {
    const labels: Readonly<Record<string, Label>> = codeLists[list];
    return code === undefined ? undefined : (labels[code]?.[language] ?? code);
  };
  const quoted = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : `${open}${text}${close}`;
  return {
    day: (day) => (day === undefined ? undefined : days.format(new Date(day))),
    languageName: (code) => (code === undefined ? undefined : languages.of(code)),
    label,
    labels: (list, codes) => listed(codes?.flatMap((code) => label(list, code) ?? [])),
    quoted,
    said: (text) => (text !== undefined && endsSentence.test(text) ? quoted(text) : stopped(quoted(text))),
  };
};

/** Several things in one line; labels contain commas, so semicolons part them. */
export const listed = (items: readonly string[] | undefined): string | undefined =>
  items === undefined || items.length === 0 ? undefined : items.join('; ');

/**
 * The words around what is known: `ifKnown` on ${day}``; nothing at all if any of it is missing, so that the
 * sentence is whole without it.
 */
export const ifKnown = (words: TemplateStringsArray, ...known: readonly (string | undefined)[]): string =>
  known.includes(undefined) ? '' : String.raw({ raw: words }, ...known);

const endsSentence = /[.!?…]$/;

const stopped = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : `${text}.`;

const manners = {
  de: { locale: 'de-DE', open: '„', close: '“' },
  en: { locale: 'en-GB', open: '“', close: '”' },
} as const satisfies Record<TimelineLanguage, object>;
