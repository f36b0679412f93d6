import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alternativesTo } from '../population.js';
import { behind, smallTown, table } from '../testing/small-town.js';
import { narrowByBounds } from './bounds.js';
import { consistentCounts } from './enumeration.js';
import { publicKnowledge } from './knowledge.js';
import { narrowByPrograms } from './programs.js';

const mostPerKind = 9;
const anyTown = fc
  .record({
    persons: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 6, maxLength: 6 }),
    seed: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 }),
  })
  .map(({ persons, seed }) => smallTown([2, 2], (kind) => persons[kind]!, seed));

const range = (counts: readonly number[]) => ({ least: Math.min(...counts), most: Math.max(...counts) });

describe('The adversary', () => {
  it('always leaves the truth among what is consistent', () => {
    fc.assert(
      fc.property(anyTown, ({ kinds, sums, perturbed, trueCounts }) => {
        const found = consistentCounts({
          published: perturbed,
          kinds: kinds.map(({ cells }) => cells),
          sums,
          table,
          mostPerKind,
        });
        for (const [cell, count] of trueCounts.entries()) expect(found[cell]).toContain(count);
      }),
      { numRuns: 300 },
    );
  });

  it('never excludes a population that was found beside the true one', () => {
    fc.assert(
      fc.property(anyTown, ({ kinds, sums, perturbed, trueCounts }) => {
        const publication = { published: perturbed, kinds: kinds.map(({ cells }) => cells), sums, table };
        const found = consistentCounts({ ...publication, mostPerKind });
        const alternatives = alternativesTo(perturbed.length, kinds, publicKnowledge(perturbed, sums, table));
        for (const [cell, count] of trueCounts.entries())
          for (const other of [count - 1, count + 1])
            if (other >= 0 && alternatives.canBecome(cell, other)) expect(found[cell]).toContain(other);
      }),
      { numRuns: 300 },
    );
  });

  it('breaks a release without noise that only hides what is small', () => {
    // 2 women of one group: hidden, and told by the totals around them.
    const { kinds, sums, trueCounts } = smallTown([2, 2], (kind) => [2, 9, 7, 8][kind]!, 'control');
    const published = trueCounts.map((count) => (count < 5 ? undefined : count));
    const noNoise = [0, 1].map((count) => ({ count, values: [{ noise: 0, probability: 1 }] }));
    const hidden = trueCounts.indexOf(2);
    const found = consistentCounts({
      published,
      kinds: kinds.map(({ cells }) => cells),
      sums,
      table: noNoise,
      mostPerKind,
    });
    expect([...found[hidden]!]).toEqual([2]);
    const cells = published.map((count) => ({ least: count ?? 0, most: count ?? 1000 }));
    expect(narrowByBounds({ cells, sums }).find(({ cell }) => cell === hidden)).toMatchObject({
      least: 2,
      most: 2,
      from: [expect.any(Number), expect.any(Number)],
    });
  });

  it('pins down by differing noise what sums alone leave open', () => {
    // A town of one kind only: its total and its part hold the same persons, so the same figure. If they
    // differed, there would have to be somebody else.
    const one = { published: [3, 3], kinds: [[0, 1], [0]], sums: [], table, mostPerKind: 1 };
    expect([...consistentCounts(one)[0]!]).toEqual([1, 2]);
    expect([...consistentCounts({ ...one, published: [4, 3] })[0]!]).toEqual([2]);
  });

  it('pins down by the keys of parts, which add up to the key of the total, what counts leave open', () => {
    const parts = {
      published: [0, 3, 4],
      kinds: [
        [0, 1],
        [0, 2],
      ],
      table,
      mostPerKind: 3,
    };
    const loose = consistentCounts({ ...parts, sums: [] });
    const tight = consistentCounts({ ...parts, sums: [{ total: 0, parts: [1, 2] }] });
    expect(loose.map((counts) => [...counts].sort())).toEqual([
      [2, 3, 4],
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(tight.map((counts) => [...counts])).toEqual([[4], [3], [1]]);
  });

  it('finds by programs at least what it finds by differencing, and never more than is true', async () => {
    await fc.assert(
      fc.asyncProperty(anyTown, async ({ sums, perturbed, trueCounts, kinds }) => {
        const cells = perturbed.map((figure) => range(behind(figure)));
        const programs = await narrowByPrograms({ cells, sums }, [...cells.keys()]);
        for (const { cell, least, most } of narrowByBounds({ cells, sums })) {
          expect(programs[cell]!.least).toBeGreaterThanOrEqual(least);
          expect(programs[cell]!.most).toBeLessThanOrEqual(most);
        }
        const alternatives = alternativesTo(cells.length, kinds, {
          allowed: (cell, count) => behind(perturbed[cell]!).includes(count),
        });
        for (const [cell, count] of trueCounts.entries()) {
          expect(programs[cell]!.least).toBeLessThanOrEqual(count);
          expect(programs[cell]!.most).toBeGreaterThanOrEqual(count);
          // What one population shows to be possible, no program excludes.
          if (alternatives.canBecome(cell, count + 1))
            expect(programs[cell]!.most).toBeGreaterThanOrEqual(count + 1);
          if (count > 0 && alternatives.canBecome(cell, count - 1))
            expect(programs[cell]!.least).toBeLessThanOrEqual(count - 1);
        }
      }),
      { numRuns: 40 },
    );
  });
});
