import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { narrowByPrograms } from './adversary/programs.js';
import { auditHidden } from './audit.js';
import { unknownCount } from './linked-table.js';
import { roundTo } from './rounding.js';
import { shownRange, suppressTable, type EmptyCells } from './suppression.js';
import { behind, smallTown } from './testing/small-town.js';

const rules = { threshold: 5, multiple: 5, behind };

const anyTown = fc
  .record({
    sizes: fc.constantFrom([3, 4], [2, 3, 3], [4, 4, 2]),
    persons: fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 40, maxLength: 40 }),
    seed: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 }),
  })
  .map(({ sizes, persons, seed }) => smallTown(sizes, (kind) => persons[kind]!, seed));

const known = (shown: readonly (number | undefined)[]) =>
  shown.map((figure) => (figure === undefined ? unknownCount : shownRange(rules)(figure)));

describe('A public table', () => {
  it('hides what is small, rounds the rest, and leaves everything from 0 to 4 possible for what is hidden', async () => {
    await fc.assert(
      fc.asyncProperty(anyTown, async ({ perturbed, sums, trueCounts }) => {
        const { shown, primary } = await suppressTable(perturbed, sums, rules);
        expect(primary).toBe(perturbed.filter((count) => count < 5).length);
        for (const [cell, figure] of shown.entries()) {
          if (figure === undefined) continue;
          expect(figure).toBe(roundTo(perturbed[cell]!, 5));
          const { least, most } = shownRange(rules)(figure);
          expect(trueCounts[cell]).toBeGreaterThanOrEqual(least);
          expect(trueCounts[cell]).toBeLessThanOrEqual(most);
        }
        // Asked once more, cell by cell and in whole numbers.
        const hidden = shown.flatMap((figure, cell) => (figure === undefined ? [cell] : []));
        for (const { least, most } of await narrowByPrograms({ cells: known(shown), sums }, hidden)) {
          expect(least).toBe(0);
          expect(most).toBeGreaterThanOrEqual(4);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is the same for an auditor who knows the population', async () => {
    await fc.assert(
      fc.asyncProperty(anyTown, async ({ perturbed, sums, kinds }) => {
        expect(await suppressTable(perturbed, sums, rules, kinds)).toEqual(
          await suppressTable(perturbed, sums, rules),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('hides a second town where the county less all others would tell the first', async () => {
    // Towns of 40, 60 and 2 persons, nothing but the exact counts being known of what is shown.
    const exact = { threshold: 5, multiple: 1, behind: (count: number) => [count] };
    const { shown, primary, secondary } = await suppressTable(
      [102, 40, 60, 2],
      [{ total: 0, parts: [1, 2, 3] }],
      exact,
    );
    expect({ shown, primary, secondary }).toEqual({
      shown: [102, undefined, 60, undefined],
      primary: 1,
      secondary: 1,
    });
  });

  it('hides what tells of a cell over others that are hidden', async () => {
    // Found by the property above: 5 shown in one town means one person at least, in the whole county as well.
    const perturbed = [3, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 3, 0, 5, 3, 3, 3, 0, 5, 3];
    const { sums } = smallTown([3, 4], () => 0, 'none');
    const { shown } = await suppressTable(perturbed, sums, rules);
    expect(shown.every((figure) => figure === undefined)).toBe(true);
  });

  it('does not tell that nobody is in a town, either', async () => {
    const exact = { threshold: 5, multiple: 1, behind: (count: number) => [count] };
    const known = [{ total: 0, parts: [1, 2] }];
    const towns = (empty?: EmptyCells) => suppressTable([100, 40, 60], known, exact, [], empty);
    expect((await towns()).shown).toEqual([100, 40, 60]);
    // All others together are everybody: in the third town there is nobody. To hide one of them is not enough
    // against those who know that there is nobody.
    const third = { count: 1, sums: [{ total: 0, parts: [1, 2, 3] }] };
    expect((await towns(third)).shown).toEqual([100, undefined, undefined]);
  });

  it('leaves everything from 0 to 4 possible for empty cells, which nobody can tell from hidden ones', async () => {
    await fc.assert(
      fc.asyncProperty(anyTown, async ({ perturbed, sums, trueCounts }) => {
        const cells = [...trueCounts.keys()];
        const order = [
          ...cells.filter((cell) => trueCounts[cell]! > 0),
          ...cells.filter((cell) => trueCounts[cell] === 0),
        ];
        const counted = trueCounts.filter((count) => count > 0).length;
        const moved = sums.map(({ total, parts }) => ({
          total: order.indexOf(total),
          parts: parts.map((part) => order.indexOf(part)),
        }));
        const without = moved
          .filter(({ total }) => total < counted)
          .map(({ total, parts }) => ({ total, parts: parts.filter((part) => part < counted) }));
        const { shown } = await suppressTable(
          order.slice(0, counted).map((cell) => perturbed[cell]!),
          without,
          rules,
          [],
          { count: cells.length - counted, sums: moved },
        );
        const everyone = known(order.map((_, cell) => shown[cell]));
        const unseen = [...everyone.keys()].filter((cell) => shown[cell] === undefined);
        for (const { least, most } of await narrowByPrograms({ cells: everyone, sums: moved }, unseen)) {
          expect(least).toBe(0);
          expect(most).toBeGreaterThanOrEqual(4);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is not safe by hiding alone: the audit says what can be told', async () => {
    const cells = [{ least: 102, most: 102 }, { least: 40, most: 40 }, { least: 60, most: 60 }, unknownCount];
    expect(await auditHidden({ cells, sums: [{ total: 0, parts: [1, 2, 3] }] }, [3], 4)).toEqual([
      { cell: 3, least: 2, most: 2 },
    ]);
  });

  it('tells of a rounded figure what noise and rounding allow', () => {
    expect(shownRange(rules)(5)).toEqual({ least: 1, most: 11 });
    expect(shownRange(rules)(10)).toEqual({ least: 4, most: 16 });
  });
});
