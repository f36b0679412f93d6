import { scriptOf, unmarked, written, type Script } from './letters.js';
import { somaliSpelling } from './somali.js';

/** One name within a field: what was written, and the spelling that it is read from. */
export interface Word {
  readonly written: string;
  /** Without article, with compounds brought to one form; in the script of the word. */
  readonly spelling: string;
  readonly script: Script;
  /** Of a name with an elided prefix (O’Shaughnessy, Dell’Acqua), the prefix and the name behind the apostrophe. */
  readonly apart?: readonly string[];
}

/**
 * The names in a field of a person's name, articles and particles dropped, compounds such as
 * Abd al-Rahman, Nour ed-Din and Najib Ullah in one piece, however they were spaced.
 */
export const wordsOf = (field: string): Word[] => {
  const words = compounds(withoutParticles(partsOf(field)));
  if (!/['’‘ʼ`´]/.test(field)) return words;
  const elisions = elisionsOf(field);
  return words.map((word) => {
    const apart = elisions.get(word.written);
    return apart ? { ...word, apart } : word;
  });
};

/** A patronymic of Ukrainian, Russian or Bulgarian form: on many papers, absent from as many. */
export const isPatronymic = (word: Word): boolean =>
  /^.{3,}(?:[oeiy]v[yi]ch|[oeiy]wi(?:tsch|c)|[oei]vitch|[oei]vi[cč]|[oeiy]v[nm]a|[iyj][ivw]+na|[oe]wna)$/.test(
    unmarked(word.written),
  ) || /(?:ович|евич|євич|йович|овна|евна|івна|ївна)$/.test(word.written);

/** A whole field in one piece, as some papers write it: Hanspeter, Amirhossein, Benali, Vandermeer. */
export const inOnePiece = (field: string): Word => {
  return joined(compounds(partsOf(field)));
};

const partsOf = (field: string): string[] =>
  written(field)
    .split(/[^\p{Letter}\p{Mark}]+/u)
    .filter((part) => part !== '');

/** Prefix and name of each word with an elided prefix, by how it is written in one piece. */
const elisionsOf = (field: string): ReadonlyMap<string, readonly string[]> => {
  const elisions = new Map<string, readonly string[]>();
  for (const part of field.normalize('NFC').split(/[^\p{Letter}\p{Mark}'’‘ʼ`´]+/u)) {
    const [, prefix, name] = elided.exec(part) ?? [];
    if (prefix !== undefined && name !== undefined)
      elisions.set(written(prefix + name), [written(prefix), written(name)]);
  }
  return elisions;
};

const elided = /^(\p{Script=Latin}{1,4})['’‘ʼ`´]([\p{Letter}\p{Mark}]{3,})$/u;

const joined = (words: readonly Word[]): Word => ({
  written: words.map((word) => word.written).join(''),
  spelling: words.map((word) => word.spelling).join(''),
  script: words.map((word) => word.script).find((script) => script !== 'latin') ?? 'latin',
});

/** Words that stand between names, and those that announce a name of birth. */
const particles = new Set(
  (
    'von vom van der den ter de del della dello di da das dos do du la le les zu zum zur af av y e und ' +
    'bin ibn ben bint binti ould oulad ait geb geborene geborener nee born dit بن ابن بنت'
  ).split(' '),
);

const withoutParticles = (parts: readonly string[]): readonly string[] => {
  const names = parts.filter((part) => !particles.has(unmarked(part)));
  return names.length > 0 ? names : parts;
};

const article = /^(?:al|el|ul|il|ال)$/;
const assimilatedArticle = /^[aeu](sch|sh|ch|[rsnzdt])$/;
const servant = /^(?:abd|عبد)$|^abd(?:[aeu]|ou|o)(?:l|r|s|d|n|z)$/;
const religion = /^(?:[aeou]?l|[aeou]d|ال)?(?:d?din[e]?|d?deen|دین)$/;
const god = /^(?:ul|al|ol|oul)lah?$|^الله$/;

const compounds = (parts: readonly string[]): Word[] => {
  const words: Word[] = [];
  let pending = '';
  let pendingWritten = '';
  parts.forEach((part, index) => {
    const plain = unmarked(part);
    const next = parts[index + 1];
    const previous = words.at(-1);
    if (next !== undefined && (article.test(plain) || assimilates(plain, unmarked(next)))) {
      pendingWritten += part;
    } else if (next !== undefined && servant.test(plain)) {
      pending += plain.slice(0, 3);
      pendingWritten += part;
    } else if (previous && pending === '' && religion.test(plain)) {
      words[words.length - 1] = joined([
        previous,
        word(pendingWritten + part, suffixOf(previous, 'din', 'دین')),
      ]);
      pendingWritten = '';
    } else if (previous && pending === '' && god.test(plain)) {
      words[words.length - 1] = joined([previous, word(part, suffixOf(previous, 'allah', 'اله'))]);
    } else {
      words.push(word(pendingWritten + part, pending + spellingOf(part)));
      pending = '';
      pendingWritten = '';
    }
  });
  return words;
};

const word = (text: string, spelling: string): Word => ({ written: text, spelling, script: scriptOf(text) });

const suffixOf = (previous: Word, latin: string, arabic: string): string =>
  previous.script === 'latin' ? latin : arabic;

const assimilates = (part: string, next: string): boolean => {
  const consonant = assimilatedArticle.exec(part)?.[1];
  return consonant !== undefined && next.startsWith(consonant);
};

/** One form for what Arabic compounds become when they are written in one piece, and for Somali names. */
const spellingOf = (part: string): string => {
  if (scriptOf(part) !== 'latin') {
    return part
      .replace(/^عبدال(?!ل?ه$)/, 'عبد')
      .replace(/الدین$/, 'دین')
      .replace(/الله$/, 'اله')
      .replace(/^ال(?=.{3})/, '');
  }
  return (
    somaliSpelling(part)
      // abdulrahman, abdelrahman, abderrahmane: the article after "servant of", assimilated or not
      .replace(/^abd(?:ou|[aeou\u00fc])(?:l|([rsnzdt])(?=\1))(?=.{4})/, 'abd')
      // abdirahman, abdikadir: as Somali has it
      .replace(/^abdi(?=[^aeiou].{3})/, 'abd')
      // nureddin, noureddine, nurettin
      .replace(/(?<=.{3})(?:ou|[aeou\u00fc])(?:dd|tt|ld)(?:ine?|een)$/, 'din')
      // abdullah, abdallah, abdollah, najibulla
      .replace(/(?<=.{2})(?:ou|[aou])(?:llah?|lah)$/, 'allah')
  );
};
