import { createSecretKey } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { recordKeysUnder } from '#disclosure-control';
import { breakdownName } from '../catalogue/dimensions.js';
import { releaseNamed } from '../quarter.js';
import { inventFacts } from '../testing/invented-facts.js';
import type { AttackedCells } from './attacked-system.js';
import { computeRelease, type Release } from './release.js';

const horizon = '2026-11-20';
const recordKeyOf = recordKeysUnder(createSecretKey(Buffer.alloc(32, 3)));

describe.each([
  [100, 12],
  [60, 11],
])('What a release of %i invented journeys (seed %i)', (journeys, seed) => {
  const figures: (AttackedCells & { readonly name: string; readonly code: string })[] = [];
  let release: Release;

  beforeAll(async () => {
    const facts = inventFacts(journeys, seed, horizon);
    release = await computeRelease(releaseNamed('2026-Q3')!, facts, horizon, recordKeyOf, {
      onFigure: ({ code }, { name }, attacked) => figures.push({ ...attacked, code, name }),
    });
  });

  const whoIsIn = ({ breakdowns, cells }: AttackedCells['system'], cell: number): string => {
    const { breakdown, codes, count, persons, key } = cells[cell]!;
    return JSON.stringify([breakdownName(breakdowns[breakdown]!), codes, count, persons, key]);
  };

  it('withholds of one figure stands in no other that counts the same people', () => {
    const withheld = new Set(
      figures.flatMap(({ system, attacked }) => attacked.withheld.map((cell) => whoIsIn(system, cell))),
    );
    expect(withheld.size).toBeGreaterThan(5);
    const standing = figures.flatMap(({ code, system, attacked }) =>
      system.cells.flatMap((_, cell) =>
        attacked.figures[cell] !== undefined && withheld.has(whoIsIn(system, cell))
          ? [`${code} ${whoIsIn(system, cell)}`]
          : [],
      ),
    );
    expect(standing).toEqual([]);
  });

  it('hides from everyone in one table is shown in no other that counts the same people', () => {
    const [hidden, shown] = [new Set<string>(), new Set<string>()];
    for (const { code, name, system } of figures) {
      const [hiddenHere, shownHere]: [string[], string[]] = [[], []];
      const tables = release.tables.filter((one) => one.audience === 'public' && one.indicator === code);
      for (const [cell, { breakdown, codes, slot }] of system.cells.entries()) {
        const by = breakdownName(system.breakdowns[breakdown]!);
        const figure = tables.find((table) => table.by === by)?.figures.find((one) => one.figure === name);
        if (!figure) continue;
        const row = figure.rows.find((one) => one.codes.join() === codes.join());
        const count = row?.counts[figure.slots.indexOf(slot)] ?? null;
        (count === null ? hiddenHere : shownHere).push(whoIsIn(system, cell));
      }
      // Where nothing at all is shown, nothing is hidden for its sake.
      if (shownHere.length === 0) continue;
      for (const cell of hiddenHere) hidden.add(cell);
      for (const cell of shownHere) shown.add(cell);
    }
    expect(shown.size).toBeGreaterThan(5);
    expect([...shown].filter((cell) => hidden.has(cell))).toEqual([]);
  });
});
