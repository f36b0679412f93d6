import type { KeyObject } from 'node:crypto';
import { ApiProperty } from '@nestjs/swagger';
import { cursorExample, decodeCursor, encodeCursor } from './cursor.js';
import type { Page } from './query.js';

/** The injection token of the key that cursors are sealed under. */
export const CURSOR_KEY = Symbol('CURSOR_KEY');

export interface PageOf<T> {
  readonly items: readonly T[];
  /** Where the list goes on; null on its last page. */
  readonly nextCursor: string | null;
}

/** What every answer with a list has beside its items. */
export class ListAnswer {
  @ApiProperty({
    oneOf: [{ type: 'string' }, { type: 'null' }],
    description: 'Sent as `cursor`, it gives the next page; null on the last one.',
    example: cursorExample,
  })
  readonly nextCursor!: string | null;
}

/**
 * One page of a list that is held in memory and only ever grows at its end.
 *
 * @param query whatever identifies the list and its caller: a cursor is good for that list alone
 * @throws Problem 400 for a cursor of another list
 */
export const pageOf = <T>(
  list: readonly T[],
  { limit, cursor }: Page,
  query: string,
  key: KeyObject,
): PageOf<T> => {
  const from = cursor === undefined ? 0 : (decodeCursor(key, query, cursor) as number);
  const next = from + limit;
  return {
    items: list.slice(from, next),
    nextCursor: next < list.length ? encodeCursor(key, query, next) : null,
  };
};

/**
 * One page of a list that is held in memory, each item with a place of its own that rises from one to the next:
 * whatever comes or goes in front of it, the next page goes on behind the last item of the page before.
 *
 * @throws Problem 400 for a cursor of another list
 */
export const pageByPlace = <T>(
  list: readonly T[],
  placeOf: (item: T) => number,
  { limit, cursor }: Page,
  query: string,
  key: KeyObject,
): PageOf<T> => {
  const after = cursor === undefined ? -Infinity : (decodeCursor(key, query, cursor) as number);
  const left = list.filter((item) => placeOf(item) > after);
  const items = left.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: last && items.length < left.length ? encodeCursor(key, query, placeOf(last)) : null,
  };
};
