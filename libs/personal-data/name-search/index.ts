export { type KeyedHash } from './keyed-hash.js';
export { likelyMatch, score, type Reason, type Score } from './score.js';
export { searchScore } from './search-score.js';
export {
  closeSearchHashes,
  indexedHashes,
  packTokens,
  personHashes,
  searchHashes,
  unpackTokens,
} from './storage.js';
export {
  type NamedPerson,
  type NameQuery,
  type NameToken,
  type TokenField,
  type TokenKind,
} from './token.js';
export { mostTokens, nameTokens, queryTokens, searchTokens } from './tokens.js';
