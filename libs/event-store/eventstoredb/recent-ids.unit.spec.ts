import { describe, expect, it } from '@jest/globals';
import { recentIds } from './recent-ids.js';

describe('the ids of recent events', () => {
  it('are those of the stream from its beginning', () => {
    const ids = recentIds(100);
    ids.learn('journey-1', 0, ['a', 'b']);
    ids.learn('journey-1', 2, ['c']);
    expect(ids.of('journey-1')).toEqual(['a', 'b', 'c']);
    expect(ids.of('journey-2')).toEqual([]);
  });

  it('have no gap', () => {
    const ids = recentIds(100);
    ids.learn('journey-1', 3, ['d']);
    expect(ids.of('journey-1')).toEqual([]);
    ids.learn('journey-1', 0, ['a']);
    ids.learn('journey-1', 2, ['c']);
    expect(ids.of('journey-1')).toEqual(['a']);
  });

  it('are not doubled by what is learned again', () => {
    const ids = recentIds(100);
    ids.learn('journey-1', 0, ['a', 'b', 'c']);
    ids.learn('journey-1', 1, ['b']);
    ids.learn('journey-1', 1, ['b', 'c', 'd']);
    expect(ids.of('journey-1')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are forgotten stream by stream, the one not used for longest first', () => {
    const ids = recentIds(5);
    ids.learn('journey-1', 0, ['a', 'b']);
    ids.learn('journey-2', 0, ['c', 'd']);
    ids.learn('journey-1', 2, ['e']);
    ids.learn('journey-3', 0, ['f']);
    expect(ids.of('journey-2')).toEqual([]);
    expect(ids.of('journey-1')).toEqual(['a', 'b', 'e']);
    expect(ids.of('journey-3')).toEqual(['f']);
  });

  it('leave out a stream that is larger than all that is kept', () => {
    const ids = recentIds(2);
    ids.learn('journey-1', 0, ['a', 'b', 'c']);
    expect(ids.of('journey-1')).toEqual([]);
    ids.learn('journey-2', 0, ['d', 'e']);
    expect(ids.of('journey-2')).toEqual(['d', 'e']);
  });
});
