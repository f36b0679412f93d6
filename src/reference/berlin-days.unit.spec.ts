import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { berlinDay, endOfBerlinDay, startOfBerlinDay } from './berlin-days.js';
import { addDays } from './calendar-day.js';

const hours = (from: string, to: string): number => (Date.parse(to) - Date.parse(from) + 1) / 3_600_000;

describe('days in Europe/Berlin', () => {
  it('begin an hour before UTC in winter and two hours before it in summer', () => {
    expect(berlinDay('2026-01-14T22:59:59.999Z')).toBe('2026-01-14');
    expect(berlinDay('2026-01-14T23:00:00.000Z')).toBe('2026-01-15');
    expect(berlinDay('2026-07-14T21:59:59.999Z')).toBe('2026-07-14');
    expect(berlinDay('2026-07-14T22:00:00.000Z')).toBe('2026-07-15');
  });

  it('carry the new year over at midnight in Berlin, not in Greenwich', () => {
    expect(berlinDay(new Date('2025-12-31T23:30:00Z'))).toBe('2026-01-01');
    expect(endOfBerlinDay('2025-12-31')).toBe('2025-12-31T22:59:59.999Z');
  });

  it('have 23 hours when summer time begins', () => {
    expect(startOfBerlinDay('2026-03-29')).toBe('2026-03-28T23:00:00.000Z');
    expect(endOfBerlinDay('2026-03-29')).toBe('2026-03-29T21:59:59.999Z');
    expect(hours(startOfBerlinDay('2026-03-29'), endOfBerlinDay('2026-03-29'))).toBe(23);
  });

  it('have 25 hours when summer time ends', () => {
    expect(startOfBerlinDay('2026-10-25')).toBe('2026-10-24T22:00:00.000Z');
    expect(endOfBerlinDay('2026-10-25')).toBe('2026-10-25T22:59:59.999Z');
    expect(hours(startOfBerlinDay('2026-10-25'), endOfBerlinDay('2026-10-25'))).toBe(25);
  });

  it.each([
    ['2024-03-31', '2024-10-27'],
    ['2025-03-30', '2025-10-26'],
    ['2027-03-28', '2027-10-31'],
    ['2028-03-26', '2028-10-29'],
  ])('change on %s and %s', (toSummer, toWinter) => {
    expect(hours(startOfBerlinDay(toSummer), endOfBerlinDay(toSummer))).toBe(23);
    expect(hours(startOfBerlinDay(toWinter), endOfBerlinDay(toWinter))).toBe(25);
  });

  it('meet without a gap, and hold every instant in exactly one', () => {
    const anyDay = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1950-01-01', days));
    fc.assert(
      fc.property(anyDay, fc.nat({ max: 999_999 }), (day, part) => {
        const start = Date.parse(startOfBerlinDay(day));
        const end = Date.parse(endOfBerlinDay(day));
        const within = new Date(start + Math.floor(((end - start) * part) / 999_999));
        expect(berlinDay(within)).toBe(day);
        expect(Date.parse(startOfBerlinDay(addDays(day, 1)))).toBe(end + 1);
      }),
    );
  });

  it('are refused for what is no instant and no day', () => {
    expect(() => berlinDay('yesterday')).toThrow(RangeError);
    expect(() => endOfBerlinDay('2026-02-29')).toThrow(RangeError);
  });
});
