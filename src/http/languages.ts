import { iso6393 } from 'iso-639-3';

/** ISO 639-1 and 639-3: `de` and `deu`, and those that have three letters only, such as `kmr`. */
export const languages: ReadonlySet<string> = new Set(
  iso6393.flatMap(({ iso6391, iso6393: threeLetters }) =>
    iso6391 === undefined ? [threeLetters] : [iso6391, threeLetters],
  ),
);
