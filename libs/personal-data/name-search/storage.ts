import type { KeyedHash } from './keyed-hash.js';
import type { Script } from './letters.js';
import type { NameQuery, NameToken, TokenField, TokenKind } from './token.js';

/**
 * A name's tokens in ten bytes each, for one column beside the person's id: the hash, and in two bytes
 * kind, field, script and word. Some 400 bytes for a person.
 */
export const packTokens = (tokens: readonly NameToken[]): Buffer => {
  const packed = Buffer.alloc(tokens.length * tokenBytes);
  tokens.forEach(({ hash, kind, field, script, word }, index) => {
    const mark =
      (kinds.indexOf(kind) << 8) | (fields.indexOf(field) << 6) | (scripts.indexOf(script) << 4) | word;
    packed.writeBigInt64BE(BigInt(hash), index * tokenBytes);
    packed.writeUInt16BE(mark, index * tokenBytes + 8);
  });
  return packed;
};

/**
 * What `packTokens` was given.
 * @throws RangeError if it was not made by `packTokens`
 */
export const unpackTokens = (packed: Buffer): NameToken[] => {
  if (packed.length % tokenBytes !== 0) throw new RangeError('These are not packed name tokens');
  return Array.from({ length: packed.length / tokenBytes }, (_, index) => {
    const mark = packed.readUInt16BE(index * tokenBytes + 8);
    const [kind, field, script] = [kinds[mark >> 8], fields[(mark >> 6) & 3], scripts[(mark >> 4) & 3]];
    if (!kind || !field || !script) throw new RangeError('These are not packed name tokens');
    const hash = packed.readBigInt64BE(index * tokenBytes).toString();
    return { hash, kind, field, script, word: mark & 15 };
  });
};

/** The hashes by which a stored name is found: those to put into an index, each once. */
export const indexedHashes = (tokens: readonly NameToken[]): KeyedHash[] => [
  ...new Set(tokens.filter(({ kind }) => indexed.has(kind)).map(({ hash }) => hash)),
];

/**
 * Where to look for a person: every stored name that may be theirs has at least one of these hashes. Few
 * have, because each stands for two names, or for a name and a birth date.
 */
export const personHashes = (query: NameQuery): KeyedHash[] => [
  ...new Set(query.tokens.filter(({ kind }) => pairing.has(kind)).map(({ hash }) => hash)),
];

/** Where to look for what was typed: one list for each word, and a stored name has one hash of each list. */
export const searchHashes = (query: NameQuery): KeyedHash[][] => hashesByWord(query, indexed);

/**
 * The same for names that sound like what was typed, or are another form of it: to be asked for first where
 * there are more names than one wants to look at.
 */
export const closeSearchHashes = (query: NameQuery): KeyedHash[][] => hashesByWord(query, close);

const hashesByWord = (query: NameQuery, kinds: ReadonlySet<TokenKind>): KeyedHash[][] =>
  query.words.map(({ field, word }) => [
    ...new Set(
      query.tokens
        .filter((token) => token.field === field && token.word === word && kinds.has(token.kind))
        .map(({ hash }) => hash),
    ),
  ]);

const pairing: ReadonlySet<TokenKind> = new Set<TokenKind>(['pair', 'typing', 'born']);

const close: ReadonlySet<TokenKind> = new Set<TokenKind>(['sound', 'form']);

const indexed: ReadonlySet<TokenKind> = new Set<TokenKind>([...pairing, ...close, 'consonants', 'beginning']);

// Places in these lists are stored: add at the end, never reorder.
const kinds: readonly TokenKind[] = [
  'written',
  'sound',
  'form',
  'consonants',
  'beginning',
  'pair',
  'typing',
  'born',
  'birth-date',
  'birth-year',
  'birth-near',
  'nominal-birth-date',
];
const fields: readonly TokenField[] = ['given', 'family', 'other', 'person'];
const scripts: readonly Script[] = ['latin', 'vowelled', 'unvowelled'];

const tokenBytes = 10;
