import type { Phonemes } from './phonemes.js';

/**
 * What the spellings of a name have in common when vowels are written: consonants, and vowels in classes
 * (A, I, U, E for diphthongs). e is read as a and as i, because Arabic and Persian names are spelt with
 * either (Ahmed, Ahmad; Khaled, Khalid), as are o and u; so a name with an e sounds in two ways.
 */
export const soundsOf = (phonemes: Phonemes): string[] => {
  const classes = vowelRuns(phonemes, classesOf);
  return [...new Set([classes.replaceAll('e', 'A'), classes.replaceAll('e', 'I')].map(spokenEnding))];
};

/**
 * What a name has in common with its form in a script without short vowels: the consonants, and W and Y
 * where a vowel may be written as one. Several forms, because the Latin spelling does not tell long from
 * short.
 */
export const consonantsOf = (phonemes: Phonemes, vowelled: boolean): string[] => {
  const forms = vowelled ? writtenVowels(vowelRuns(phonemes, lengthsOf)) : [phonemes];
  return [...new Set(forms.map((form) => devoiced(form).replace(/([WY])\1+/g, '$1')))];
};

/**
 * The coarsest key, the same for every spelling and script of a name: consonants without w, y and glides,
 * all sibilants and velars as one (X). For finding candidates, never for judging them.
 */
export const coarseOf = (phonemes: Phonemes): string =>
  phonemes
    .replace(/[aeioujVWY]/g, '')
    .replace(/[SGK]/g, 'X')
    .replace(/[PB]/g, 'P')
    .replace(/[TD]/g, 'T')
    .replace(/(.)\1+/g, '$1');

const devoiced = (sounds: string): string => sounds.replace(/D$/, 'T').replace(/B$/, 'P');

/** Gorbatschow, Gorbachev; Solowjow, Soloviev; Ljudmila, Ludmila, Gülnara, Гюльнара; final b and d unvoiced. */
const spokenEnding = (sounds: string): string =>
  devoiced(
    sounds
      .replaceAll('F', 'V')
      .replace(/(?:(?<=S)[AIU]|JU|I)(?=VA?$)/, 'A')
      .replace(/(?<=[BDGKLMNPRSTV])JU/g, 'U'),
  );

type RunClasses = (run: string, final: boolean) => string;

const vowelRuns = (phonemes: Phonemes, classes: RunClasses): string =>
  phonemes.replace(/[aeiouj]+/g, (run, at: number) => {
    const final = at + run.length === phonemes.length;
    return classes(glides(run, at === 0, final), final);
  });

const glides = (given: string, initial: boolean, final: boolean): string => {
  let run = given.replace(/[ij]+/g, 'i');
  // Ouahid, Wahid; Yevhen, Ievgen, Evgen
  if (initial) run = run.replace(/^[ou](?=[aei])/, 'V').replace(/^i(?=[ae]*e)/, '');
  // Fatemeh, Fatima; Marie, Maria
  if (final) run = run.replace(/e$/, 'a');
  return (
    run
      // Maria, Andrea: a glide before the vowel; Jewhen, Soloviev: none to be heard
      .replace(/[ie](?=[aou])/g, 'J')
      .replace(/(?<![ae])ie/g, 'e')
      .replace(/[ae]+i[ei]*/g, final ? 'i' : 'E')
  );
};

const classesOf: RunClasses = (run) =>
  run
    .replace(/[ou]+/g, 'U')
    .replace(/[ae]*a[ae]*/g, 'A')
    .replace(/e*i[ei]*/g, 'I')
    .replace(/e+/g, 'e');

/** I and O for what may be written as Y and W, E and J for what is. */
const lengthsOf: RunClasses = (run, final) =>
  run
    .replace(/i+$/g, final ? 'Y' : 'I')
    .replace(/i+/g, 'I')
    .replace(/[ae]*[ou]+/g, 'O')
    .replace(/[ae]+/g, '');

const writtenVowels = (classes: string): string[] => {
  const consonants = classes.replace(/^[IO]/, '').replace(/[EJ]/g, 'Y').replaceAll('V', 'W');
  let forms = [''];
  for (const sound of consonants) {
    const options = sound === 'I' ? ['', 'Y'] : sound === 'O' ? ['', 'W'] : [sound];
    // Cut here and not at the end: otherwise every vowel of a long name doubles them.
    forms = options.flatMap((option) => forms.map((form) => form + option)).slice(0, mostForms);
  }
  return forms;
};

const mostForms = 4;
