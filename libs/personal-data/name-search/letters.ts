/** How a word is written: in Latin letters, in another script that writes vowels, or in one that does not. */
export type Script = 'latin' | 'vowelled' | 'unvowelled';

/** Composed lower-case letters as they were written; marks that only separate or help to pronounce are gone. */
export const written = (text: string): string => {
  const letters = text.normalize('NFC').toLowerCase();
  return /^[a-z -]*$/.test(letters) ? letters : withoutSoundless(letters);
};

const withoutSoundless = (letters: string): string =>
  letters
    // Lower-casing the Turkish capital İ leaves a dot of its own.
    .replaceAll('i\u0307', 'i')
    .replace(soundless, '')
    // One letter where Arabic, Persian and Urdu keyboards have different ones.
    .replace(/[\u0622\u0623\u0625\u0671]/g, '\u0627')
    .replace(/[\u064a\u0649\u06d2]/g, '\u06cc')
    .replaceAll('\u0643', '\u06a9')
    .replace(/[\u06c1\u06be]/g, '\u0647');

/** Apostrophes and the signs for ayn and hamza, Arabic vowel marks and tatweel, combining accents of Cyrillic. */
const soundless = /['’‘ʼ`´ʹʺʿʾˈ\u0640]|\u0301|\u0670|[\u064b-\u065f]|\u200d|\u200e|\u200f/g;

export const scriptOf = (word: string): Script => {
  if (/^[a-z]*$/.test(word)) return 'latin';
  if (/^\p{Script=Latin}*$/u.test(word)) return 'latin';
  return /\p{Script=Arabic}/u.test(word) ? 'unvowelled' : 'vowelled';
};

const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ı: 'i',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ə: 'a',
  ħ: 'h',
  ŋ: 'ng',
};

/** The word without marks (Müller: muller). Letters of other scripts stay, also without marks. */
export const unmarked = (word: string): string => (/^[a-z]*$/.test(word) ? word : withoutMarks(word));

const withoutMarks = (word: string): string =>
  word
    .replace(/[ßıłđðøæœþəħŋ]/g, (letter) => plainLetters[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .normalize('NFC');

/** German, Nordic and Turkish umlauts as digraphs, the way German registers write them (Müller: mueller). */
export const digraphed = (word: string): string =>
  unmarked(word.replace(/[äöüøæ]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe' })[letter] ?? 'ae'));
