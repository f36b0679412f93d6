/** The languages that answers are worded in, the first where nothing else is asked for. */
export const answerLanguages = ['de', 'en'] as const;
export type AnswerLanguage = (typeof answerLanguages)[number];

/**
 * The language that an `Accept-Language` header prefers (RFC 9110, section 12.5.4). `en-GB` is served in `en`;
 * of equally good ones the first named wins; German if neither is wanted.
 */
export const preferredLanguage = (header: string | undefined): AnswerLanguage => {
  if (header === undefined) return 'de';
  const ranges = header.split(',').flatMap(rangeOf);
  const [best] = answerLanguages
    .map((language) => ({ language, ...wish(ranges, language) }))
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality || one.place - other.place);
  return best?.language ?? 'de';
};

interface Range {
  readonly language: string;
  readonly quality: number;
}

const rangeOf = (text: string): Range[] => {
  const [, language, quality = '1'] =
    /^\s*([a-z]{1,8}|\*)(?:-[a-z0-9-]*)?\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i.exec(text) ?? [];
  return language === undefined ? [] : [{ language: language.toLowerCase(), quality: Number(quality) }];
};

const wish = (ranges: readonly Range[], language: string): { quality: number; place: number } => {
  const named = ranges.findIndex((range) => range.language === language);
  const place = named === -1 ? ranges.findIndex((range) => range.language === '*') : named;
  return { quality: ranges[place]?.quality ?? 0, place };
};
