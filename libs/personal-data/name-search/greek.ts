/**
 * A name in Greek letters, with Latin ones where two letters are one sound or a letter sounds by where it stands:
 * first as passports have it (ELOT 743, ISO 843 type 2), then as it is often written besides. Greek letters that
 * are left have one Latin letter or digraph each.
 */
export const greekSpellings = (word: string): string[] => {
  const plain = unaccented(word);
  return [
    pairs.reduce((text, [pair, official]) => text.replace(pair, official), plain),
    pairs.reduce((text, [pair, , besides]) => text.replace(pair, besides), plain),
  ];
};

/** The diaeresis says that two vowels are no pair, and stays. */
const unaccented = (word: string): string =>
  word
    .normalize('NFKD')
    .replace(/(?!\u0308)\p{Mark}/gu, '')
    .normalize('NFC');

const pairs: readonly (readonly [RegExp, official: string, besides: string])[] = [
  [/γγ/g, 'ng', 'gg'], // Angelidis, Aggelidis
  [/γ(?=[ξχ])/g, 'n', 'n'],
  [/^γκ/, 'gk', 'g'],
  [/γκ/g, 'gk', 'ng'],
  [/^μπ/, 'b', 'mp'],
  [/μπ/g, 'mp', 'mb'],
  [/^ντ/, 'd', 'nt'], // by ear first, other than ELOT 743 has it: Dinos, Ntinos
  [/ντ/g, 'nt', 'nd'],
  [/ου/g, 'ou', 'ou'],
  [/(?<=[αεη])υ(?=[θκξπσςτφχψ]|$)/g, 'f', 'f'],
  [/(?<=[αεη])υ/g, 'v', 'v'],
  [/γ(?=[εηιυ]|αι|οι)/g, 'g', 'y'], // Georgiou, Yeoryiou
  [/αι/g, 'ai', 'e'],
  [/ει/g, 'ei', 'i'],
  [/οι/g, 'oi', 'i'],
  [/χ/g, 'ch', 'h'], // Chatzis, Hatzis
];
