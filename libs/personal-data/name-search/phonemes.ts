import anyAscii from 'any-ascii';
import { greekSpellings } from './greek.js';
import { unmarked, type Script } from './letters.js';

/**
 * A name as a coarse sequence of sounds. Capitals are consonants: B P D T F V M N L R, and three classes
 * that spellings confuse: S for every sibilant and affricate (s, z, sh, zh, ch, ts, dzh), K for k and q,
 * G for g, gh, h, kh. Small letters are vowels: a e i o u, j the glide.
 */
export type Phonemes = string;

/** Readings of one word: a spelling that is ambiguous between languages (ch, c, j, x) has several. */
export const readings = (spelling: string, script: Script): Phonemes[] => {
  if (script === 'unvowelled') return alternatives(arabicEnding(spelling), arabic);
  if (/\p{Script=Cyrillic}/u.test(spelling)) return distinct(alternatives(spelling, cyrillic).map(absorbed));
  const spellings = script === 'latin' ? [spelling] : romanised(spelling);
  const all = spellings.flatMap(latinSpellings).flatMap((text) => alternatives(text, latin));
  return distinct(all.map(absorbed)).slice(0, mostReadings);
};

/** In Latin letters, the usual spelling first: for scripts without a table of sounds here. */
export const romanised = (spelling: string): string[] => {
  const spellings = /\p{Script=Greek}/u.test(spelling) ? greekSpellings(spelling) : [spelling];
  return spellings.map((text) =>
    anyAscii(text)
      .toLowerCase()
      .replace(/[^a-z]/g, ''),
  );
};

const distinct = (sounds: readonly Phonemes[]): Phonemes[] => [...new Set(sounds)];

const mostReadings = 6;

/** What a piece of spelling may be read as. */
type Sounds = readonly string[];

/** The first pattern that fits at a place is taken: all in one expression, with a group for each. */
interface Rules {
  readonly pattern: RegExp;
  readonly sounds: readonly Sounds[];
}

const rules = (table: Readonly<Record<string, string>>): Rules => ({
  pattern: new RegExp(
    Object.keys(table)
      .map((pattern) => `(${pattern})`)
      .join('|'),
    'uy',
  ),
  sounds: Object.values(table).map((sounds) => sounds.split('|')),
});

/** A letter that is ambiguous is read the same way throughout a word, which is written in one language. */
const alternatives = (text: string, table: Rules): Phonemes[] => {
  const pieces = piecesOf(text, table);
  const ambiguous = [...new Set(pieces)].filter((sounds) => sounds.length > 1);
  return choices(ambiguous).map((choice) =>
    pieces.map((sounds) => choice.get(sounds) ?? sounds[0]!).join(''),
  );
};

const piecesOf = (text: string, { pattern, sounds }: Rules): Sounds[] => {
  const pieces: Sounds[] = [];
  for (let at = 0; at < text.length; at = Math.max(at + 1, pattern.lastIndex)) {
    pattern.lastIndex = at;
    const groups = pattern.exec(text);
    if (groups) pieces.push(sounds[groups.indexOf(groups[0], 1) - 1]!);
  }
  return pieces;
};

const choices = (ambiguous: readonly Sounds[]): Map<Sounds, string>[] => {
  let all = [new Map<Sounds, string>()];
  for (const sounds of ambiguous) {
    all = sounds
      .flatMap((sound) => all.map((choice) => new Map(choice).set(sounds, sound)))
      .slice(0, mostReadings);
  }
  return all;
};

/** ts, tz, dz, dzh are one sound; doubled consonants are a matter of spelling. */
const absorbed = (sounds: string): Phonemes => sounds.replace(/[TD]+(?=S)/g, '').replace(/([A-Z])\1+/g, '$1');

/** Letters whose mark says more than their plain letter does. Every other mark is dropped. */
const tellingMark = /[šşșśžźżčćçǧğġḫđțţâêß]/;

/** Spellings that one language has and another has not: umlauts as digraphs, the mute e of French. */
const latinSpellings = (word: string): string[] => {
  const spelling = word.replace(/[^a-z]/gu, (letter) =>
    tellingMark.test(letter) ? letter : unmarked(letter),
  );
  const spellings = [spelling.replace(/([ou])e/g, '$1')];
  if (/gu[ei]/.test(spelling)) spellings.push(spelling);
  spellings.push(...spellings.filter((text) => /..[aeiou]ne$/.test(text)).map((text) => text.slice(0, -1)));
  const bareArticle = /^[ae]l(?=[^aeiouyl].{3})/.exec(spelling)?.[0];
  if (bareArticle) spellings.push(spellings[0]!.slice(bareArticle.length));
  return spellings;
};

const latin = rules({
  'sch?tsch|shch|s?chtch|tzsch': 'S',
  'd?sch|tsch|tch|d?zh|sh|cz|sz|zs|xh': 'S',
  dj: 'S|D|Dj',
  '[sšşșśzžźżčćçǧß]': 'S',
  'ch(?=r)|kh(?=r)': 'G|K',
  ch: 'S|G',
  'kh|gh': 'G',
  ph: 'F',
  th: 'T|S',
  dh: 'D',
  gj: 'S|G',
  'ck|qu|cc': 'K',
  'gu(?=[eiy])': 'G',
  'c(?=[eiyê])': 'S',
  c: 'K|S',
  đ: 'D|S',
  '[țţ]': 'T|S',
  j$: 'j',
  j: 'j|S',
  x: 'KS|G',
  q: 'K|G',
  '(?<=[aeiou])h$': '|G',
  h$: '',
  '[ghğġḫ]': 'G',
  k: 'K',
  b: 'B',
  p: 'P',
  d: 'D',
  t: 'T',
  f: 'F',
  '[vw]': 'V',
  m: 'M',
  n: 'N',
  l: 'L',
  r: 'R',
  'oo|ou': 'u',
  ee: 'i',
  a: 'a',
  â: 'a|i',
  ê: 'e|ei',
  e: 'e',
  '[iy]': 'i',
  o: 'o',
  u: 'u',
});

const cyrillic = rules({
  'дж|дз|ђ|ѓ|џ|ћ|[жзѕсцчш]': 'S',
  щ: 'S|ST',
  'ъ(?=[еёюя])|ь(?!о)': '',
  ъ: 'a',
  ь: 'j',
  ё: 'jo|e',
  ю: 'ju',
  я: 'ja',
  '(?<=[аеёиоуыэюяіїєүұө])[еє]': 'je',
  '[еэє]': 'e',
  '[иіїыѝ]': 'i',
  '[йј]': 'j',
  '[аә]': 'a',
  '[оө]': 'o',
  '[уүұ]': 'u',
  '[гґғхһ]': 'G',
  '[кќқ]': 'K',
  љ: 'Lj',
  њ: 'Nj',
  б: 'B',
  'в|ў': 'V',
  д: 'D',
  л: 'L',
  м: 'M',
  '[нң]': 'N',
  п: 'P',
  р: 'R',
  т: 'T',
  ф: 'F',
});

const arabicEnding = (spelling: string): string => spelling.replace(/(?<=..)[هة]$/, '');

/** Short vowels are not written; w and y may be consonants or long vowels, which the keys leave open. */
const arabic = rules({
  ی$: 'Y|',
  // A carrier of the glottal stop (Wael, Raed, Azad), or of the vowel that a name begins with (Iman, Ola).
  ئ: '|Y',
  '(?<=^[اع])ی': '|Y',
  '(?<=^[اع])و': '|W',
  ی: 'Y',
  و: 'W',
  '[اءعؤە]': '',
  ة: 'T',
  ث: 'T|S',
  'ذ|ض': 'D|S',
  ظ: 'S|D',
  '[سصزژشچ]': 'S',
  ج: 'S|G',
  ق: 'K|G',
  ک: 'K',
  '[حخهغگ]': 'G',
  '[بپ]': 'B',
  '[تطٹ]': 'T',
  '[دڈ]': 'D',
  ف: 'F',
  ڤ: 'V',
  م: 'M',
  '[نںڼ]': 'N',
  '[لڵ]': 'L',
  '[رڕڑ]': 'R',
  ۆ: 'W',
  ێ: 'Y',
});
