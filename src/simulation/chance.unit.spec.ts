import { describe, expect, it } from '@jest/globals';
import { chanceOf } from './chance.js';

describe('chance', () => {
  it('is the same for the same seed and another for the next', () => {
    const draws = (seed: string) => Array.from({ length: 20 }, () => chanceOf(seed).whole(0, 1000));
    expect(draws('1/1')).toEqual(draws('1/1'));
    expect(draws('1/1')).not.toEqual(draws('1/2'));
  });

  it('gives each its share, also of the first draw of neighbouring seeds', () => {
    const counts = { often: 0, seldom: 0 };
    for (let index = 0; index < 1000; index += 1)
      counts[chanceOf(`1/${index}`).weighted({ often: 80, seldom: 20 })] += 1;
    expect(counts.seldom).toBeGreaterThan(150);
    expect(counts.seldom).toBeLessThan(250);
  });
});
