import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { pageByPlace } from './paging.js';
import type { PageOf } from './paging.js';

const key = createSecretKey(randomBytes(32));

const page = (list: readonly number[], cursor?: string | null): PageOf<number> =>
  pageByPlace(list, (item) => item, { limit: 2, ...(cursor != null && { cursor }) }, 'timeline', key);

describe('A list whose items have places', () => {
  it('is read to its end', () => {
    const first = page([3, 5, 8]);
    expect(first).toEqual({ items: [3, 5], nextCursor: expect.any(String) });
    expect(page([3, 5, 8], first.nextCursor)).toEqual({ items: [8], nextCursor: null });
    expect(page([3, 5])).toEqual({ items: [3, 5], nextCursor: null });
    expect(page([])).toEqual({ items: [], nextCursor: null });
  });

  it.each([
    ['goes in front', [5, 8, 9]],
    ['comes in front', [1, 3, 4, 5, 8, 9]],
    ['was the last of the page before', [3, 8, 9]],
  ])('neither skips nor repeats what stayed when something %s', (_, list) => {
    expect(page(list, page([3, 5, 8, 9]).nextCursor).items).toEqual([8, 9]);
  });
});
