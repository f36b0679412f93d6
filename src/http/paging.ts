import type { KeyObject } from 'node:crypto';
import { ApiProperty } from '@nestjs/swagger';
import { decodeCursor, encodeCursor } from './cursor.js';
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
