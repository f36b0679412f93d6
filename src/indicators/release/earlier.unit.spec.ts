import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { perturbationTable } from '#disclosure-control';
import { deriveKey, SealBroken, type MasterKey } from '#personal-data';
import { catalogue, indicatorOf } from '../catalogue/catalogue.js';
import { noiseRules } from '../noise.js';
import { attack } from './attack.js';
import type { CellSystem } from './cells.js';
import { earlierCounts, type EarlierFigure } from './earlier.js';
import { openCounts, sealCounts } from './kept-counts.js';

const table = perturbationTable(noiseRules);

/** One cell, the total, with so many in it. */
const only = (count: number): CellSystem => ({
  breakdowns: [[]],
  cells: [{ breakdown: 0, codes: [], slot: 'counted', count, persons: count, key: 0 }],
  kinds: [{ cells: [0], persons: count }],
  sums: [],
});

describe('The attack on a release and one before it', () => {
  it('withholds what the two tell together, and each alone does not', () => {
    // 1 can be shown as 5 and 4 as 0. Who knows that three have come knows both from that.
    const before = { figure: 5, count: 1 };
    expect(attack(only(4), [0], table).withheld).toEqual([]);
    expect(attack(only(4), [0], table, [new Map([[0, before]])]).withheld).toEqual([0]);
  });

  it('withholds nothing for what is said once more of the same people', () => {
    const again = [new Map([[0, { figure: 0, count: 4 }]])];
    expect(attack(only(4), [0], table, again).withheld).toEqual([]);
  });

  it('looks after a small count of the release before, of which there are many now', () => {
    // 4 at most is shown as 0, 5 at least as 9: who knows that one has come knows 4 and 5.
    const before = [new Map([[0, { figure: 0, count: 4 }]])];
    expect(attack(only(5), [9], table).withheld).toEqual([]);
    expect(attack(only(5), [9], table, before).withheld).toEqual([0]);
  });
});

describe('What an earlier release tells', () => {
  const [indicator, figure] = [indicatorOf('caseload')!, indicatorOf('caseload')!.figures[0]!];
  const system: CellSystem = {
    ...only(3),
    breakdowns: [['sex']],
    cells: ['f', 'm'].map((sex) => ({ ...only(3).cells[0]!, codes: [sex] })),
  };
  const released = (counts: EarlierFigure['counts']): EarlierFigure => ({
    published: new Map([['sex', new Map([['f', [6]]])]]),
    counts,
  });
  const told = (unit: 'person' | 'event', counts: EarlierFigure['counts']) =>
    earlierCounts(figure, unit, system, [released(counts)], table).map((cells) => [...cells]);

  it('is its figures with the counts behind; a row that is not listed is 0, of persons', () => {
    const counts = new Map([['sex', new Map([['f', [4]]])]]);
    const women = [0, { figure: 6, count: 4 }];
    expect(told('person', counts)).toEqual([[women, [1, { figure: 0, count: 0 }]]]);
    expect(told('event', counts)).toEqual([[women]]);
  });

  it('is only what tells of the same people: of another quarter those who are still there', () => {
    const ratio = indicatorOf('referrals-per-journey')!.figures[0]!;
    const [row, women] = [new Map([['f', [6, 9]]]), only(3).cells[0]!];
    const both: CellSystem = {
      ...system,
      cells: ratio.slots.map((slot) => ({ ...women, codes: ['f'], slot })),
    };
    const before = { published: new Map([['sex', row]]), counts: new Map([['sex', row]]) };
    const toldOf = (earlier: EarlierFigure) =>
      earlierCounts(ratio, 'event', both, [earlier], table).map((cells) => [...cells.values()]);
    expect(toldOf(before)).toEqual([
      [
        { figure: 6, count: 6 },
        { figure: 9, count: 9 },
      ],
    ]);
    expect(toldOf({ ...before, slots: ratio.carriedOver! })).toEqual([[{ figure: 9, count: 9 }]]);
  });

  it('tells in the next quarter of whoever is still there, and of nothing that only happened', () => {
    const standing = catalogue.flatMap(({ code, figures }) =>
      figures.flatMap(({ carriedOver }) => (carriedOver ? [[code, ...carriedOver]] : [])),
    );
    expect(standing).toEqual([
      ['caseload', 'counted'],
      ['consent-coverage', 'yes', 'no', 'all'],
      ['withdrawal-rate', 'no', 'all'],
      ['referrals-per-journey', 'denominator'],
      ['cross-domain-share', 'yes', 'no', 'all'],
    ]);
  });

  it('is taken to be of as many as now, where no counts were kept, or of the next that are possible', () => {
    expect(told('event', new Map())).toEqual([[[0, { figure: 6, count: 3 }]]]);
    const many = { ...system, cells: system.cells.map((cell) => ({ ...cell, count: 40 })) };
    const [cells] = earlierCounts(figure, 'event', many, [released(new Map())], table);
    expect(cells!.get(0)).toEqual({ figure: 6, count: 10 });
  });

  it('is kept sealed, for that release and figure alone', () => {
    const key = deriveKey(secret(), 'release-counts');
    const counts = new Map([['sex', new Map([['f', [4]]])]]);
    const kept = sealCounts(key, '2026-Q3', indicator, figure, counts);
    expect(JSON.stringify(kept)).not.toContain('sex');
    expect(openCounts(key, '2026-Q3', indicator, figure, kept.counts)).toEqual(counts);
    expect(() => openCounts(key, '2026-Q2', indicator, figure, kept.counts)).toThrow(SealBroken);
  });
});

const secret = (): MasterKey => randomBytes(32) as unknown as MasterKey;
