import { describe, expect, it } from '@jest/globals';
import { residentsIn } from './population.js';

describe('The residents of a place', () => {
  const population = {
    source: 'IT.NRW',
    date: '2024-12-31',
    residents: { '05978004': 20_000, '05978020': 15_000 },
  };

  it('are those of its towns', () => {
    expect(residentsIn(population, ['05978004'])).toBe(20_000);
    expect(residentsIn(population, ['05978004', '05978020'])).toBe(35_000);
  });

  it('are not known where one of its towns is not configured', () => {
    expect(residentsIn(population, ['05978004', '05978036'])).toBeUndefined();
    expect(residentsIn(population, ['05978036'])).toBeUndefined();
    expect(residentsIn(population, [])).toBeUndefined();
  });
});
