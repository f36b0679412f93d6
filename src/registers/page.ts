import { createHash } from 'node:crypto';
import { invalidInput, type Page } from '../http/index.js';

/**
 * A page of a register. Its cursor names the last item that was shown, and the query that it belongs to; it is
 * not sealed, because whoever may ask may read the whole register.
 *
 * @param query the filters of the list
 * @throws Problem 400 for a cursor that was made by another query or names nothing in this list
 */
export const pageOf = <T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { limit, cursor, ...query }: Page,
): { items: readonly T[]; nextCursor: string | null } => {
  const list = digestOf(query);
  const start = cursor === undefined ? 0 : startAfter(cursor, items.map(keyOf), list);
  const shown = items.slice(start, start + limit);
  const last = shown.at(-1);
  const isEnd = start + limit >= items.length;
  return { items: shown, nextCursor: isEnd || last === undefined ? null : cursorAfter(keyOf(last), list) };
};

const cursorAfter = (key: string, list: string): string =>
  Buffer.from(JSON.stringify([list, key])).toString('base64url');

const startAfter = (cursor: string, keys: readonly string[], list: string): number => {
  const index = keys.findIndex((key) => cursorAfter(key, list) === cursor);
  if (index >= 0) return index + 1;
  throw invalidInput([{ pointer: '/cursor', message: 'is not a cursor of this query', in: 'query' }]);
};

const digestOf = (query: object): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(query).sort()))
    .digest('base64url')
    .slice(0, 16);
