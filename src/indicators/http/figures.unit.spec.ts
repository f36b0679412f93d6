import { describe, expect, it } from '@jest/globals';
import { indicatorOf } from '../catalogue/catalogue.js';
import { slotsOf } from '../release/cells.js';
import { shownCells } from './figures.js';

/** What is shown of the first figure of an indicator, by what is released of it. */
const shown = (code: string, counts: Readonly<Record<string, number | null>>) => {
  const indicator = indicatorOf(code)!;
  const [figure] = indicator.figures;
  const slots = slotsOf(figure!);
  const row = { codes: [], counts: slots.map((slot) => counts[slot] ?? null) };
  return shownCells(indicator, [], [{ figure: figure!.name, slots, rows: [row] }], false)[0];
};

describe('A share of nobody', () => {
  it('is at most what the noise may have hidden', () => {
    expect(shown('first-contact-14d', { yes: 0, no: 10, all: 10 })).toMatchObject({
      status: 'at-most',
      value: 0.667,
    });
  });
});

describe('A median', () => {
  const none = Object.fromEntries(
    ['0-0', '1-7', '8-14', '15-28', '29-56', '57-91', '92-182', '183+'].map((band) => [band, 0]),
  );

  it('has a band as wide as the noise may have moved it', () => {
    const counts = { ...none, '0-0': 8, '1-7': 10, '8-14': 3, all: 21 };
    expect(shown('time-to-first-contact', counts)).toMatchObject({
      status: 'shown',
      value: '1-7',
      band: { least: '0-0' },
      denominator: 21,
    });
  });

  it('is withheld where those in withheld bands could decide it', () => {
    expect(shown('handover-acceptance-time', { '3-3': 12, all: 25 })).toMatchObject({ status: 'withheld' });
    expect(shown('handover-acceptance-time', { '3-3': 12 })).toMatchObject({ status: 'withheld' });
  });

  it('is shown where they cannot, of all cases', () => {
    expect(shown('handover-acceptance-time', { '2-2': 30, '3-3': 30, all: 70 })).toMatchObject({
      status: 'withheld',
    });
    expect(shown('handover-acceptance-time', { '2-2': 20, '3-3': 40, all: 70 })).toMatchObject({
      status: 'shown',
      value: '3-3',
      band: { least: '2-2', most: '3-3' },
      denominator: 70,
    });
  });
});
