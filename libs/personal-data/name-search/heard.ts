import { digraphed, unmarked, type Script } from './letters.js';
import { formsOf, isCommon, pronunciationsOf } from './known-names.js';
import { readings, romanised } from './phonemes.js';
import { coarseOf, consonantsOf, soundsOf } from './sounds.js';
import type { Word } from './words.js';

/** Everything that one name may be recognised by. In memory only: this is plaintext. */
export interface Heard {
  readonly written: string;
  readonly script: Script;
  readonly sounds: readonly string[];
  readonly forms: readonly string[];
  readonly consonants: readonly string[];
  readonly coarse: readonly string[];
  /** As a typist sees it. */
  readonly letters: string;
  /** What a search for it may begin with, in full length. */
  readonly starts: readonly string[];
  /** An elided prefix and the name behind it, where there is one: each may be searched for by itself. */
  readonly apart: readonly string[];
  readonly common: boolean;
}

export const hear = (word: Word): Heard => {
  const { written, spelling, script, apart = [] } = word;
  const phonemes = readings(spelling, script);
  const vowelled = script !== 'unvowelled';
  const pronounced = vowelled
    ? phonemes
    : pronunciationsOf(spelling).flatMap((name) => readings(name, 'latin').slice(0, 2));
  const sounds = first(5, pronounced.flatMap(soundsOf));
  return {
    written,
    script,
    sounds,
    forms: first(2, sounds.flatMap(formsOf)),
    consonants: first(
      4,
      phonemes.flatMap((sound) => consonantsOf(sound, vowelled)),
    ),
    coarse: first(2, phonemes.map(coarseOf)),
    letters: unmarked(spelling).slice(0, longestTyped),
    starts: startsOf(word),
    apart: apart.map(unmarked),
    common: sounds.some(isCommon),
  };
};

/** Longer words are told apart by their first letters well enough. */
const longestTyped = 12;

/** The letters that a search may begin with: without marks, with digraphs, without article, in Latin. */
const startsOf = (word: Word): string[] => {
  const { written, spelling } = word;
  return [...new Set([unmarked(written), digraphed(written), unmarked(spelling), ...startsInLatin(word)])];
};

const startsInLatin = ({ spelling, script }: Word): readonly string[] => {
  if (script === 'latin') return [];
  return script === 'vowelled' ? romanised(spelling) : pronunciationsOf(spelling).slice(0, 1);
};

const first = (most: number, values: readonly string[]): string[] => [...new Set(values)].slice(0, most);
