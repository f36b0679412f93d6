import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from './calendar-day.js';
import { addWorkingDays, isWorkingDay, workingDaysBetween } from './working-days.js';

// The eleven holidays of § 2 Feiertagsgesetz NW, written down by hand so that the library is held against the law.
const officialHolidays = {
  '2024-01-01': 'Neujahr',
  '2024-03-29': 'Karfreitag',
  '2024-04-01': 'Ostermontag',
  '2024-05-01': 'Tag der Arbeit',
  '2024-05-09': 'Christi Himmelfahrt',
  '2024-05-20': 'Pfingstmontag',
  '2024-05-30': 'Fronleichnam',
  '2024-10-03': 'Tag der Deutschen Einheit',
  '2024-11-01': 'Allerheiligen',
  '2024-12-25': '1. Weihnachtstag',
  '2024-12-26': '2. Weihnachtstag',
  '2025-01-01': 'Neujahr',
  '2025-04-18': 'Karfreitag',
  '2025-04-21': 'Ostermontag',
  '2025-05-01': 'Tag der Arbeit',
  '2025-05-29': 'Christi Himmelfahrt',
  '2025-06-09': 'Pfingstmontag',
  '2025-06-19': 'Fronleichnam',
  '2025-10-03': 'Tag der Deutschen Einheit',
  '2025-11-01': 'Allerheiligen',
  '2025-12-25': '1. Weihnachtstag',
  '2025-12-26': '2. Weihnachtstag',
  '2026-01-01': 'Neujahr',
  '2026-04-03': 'Karfreitag',
  '2026-04-06': 'Ostermontag',
  '2026-05-01': 'Tag der Arbeit',
  '2026-05-14': 'Christi Himmelfahrt',
  '2026-05-25': 'Pfingstmontag',
  '2026-06-04': 'Fronleichnam',
  '2026-10-03': 'Tag der Deutschen Einheit',
  '2026-11-01': 'Allerheiligen',
  '2026-12-25': '1. Weihnachtstag',
  '2026-12-26': '2. Weihnachtstag',
  '2027-01-01': 'Neujahr',
  '2027-03-26': 'Karfreitag',
  '2027-03-29': 'Ostermontag',
  '2027-05-01': 'Tag der Arbeit',
  '2027-05-06': 'Christi Himmelfahrt',
  '2027-05-17': 'Pfingstmontag',
  '2027-05-27': 'Fronleichnam',
  '2027-10-03': 'Tag der Deutschen Einheit',
  '2027-11-01': 'Allerheiligen',
  '2027-12-25': '1. Weihnachtstag',
  '2027-12-26': '2. Weihnachtstag',
  '2028-01-01': 'Neujahr',
  '2028-04-14': 'Karfreitag',
  '2028-04-17': 'Ostermontag',
  '2028-05-01': 'Tag der Arbeit',
  '2028-05-25': 'Christi Himmelfahrt',
  '2028-06-05': 'Pfingstmontag',
  '2028-06-15': 'Fronleichnam',
  '2028-10-03': 'Tag der Deutschen Einheit',
  '2028-11-01': 'Allerheiligen',
  '2028-12-25': '1. Weihnachtstag',
  '2028-12-26': '2. Weihnachtstag',
  '2029-01-01': 'Neujahr',
  '2029-03-30': 'Karfreitag',
  '2029-04-02': 'Ostermontag',
  '2029-05-01': 'Tag der Arbeit',
  '2029-05-10': 'Christi Himmelfahrt',
  '2029-05-21': 'Pfingstmontag',
  '2029-05-31': 'Fronleichnam',
  '2029-10-03': 'Tag der Deutschen Einheit',
  '2029-11-01': 'Allerheiligen',
  '2029-12-25': '1. Weihnachtstag',
  '2029-12-26': '2. Weihnachtstag',
  '2030-01-01': 'Neujahr',
  '2030-04-19': 'Karfreitag',
  '2030-04-22': 'Ostermontag',
  '2030-05-01': 'Tag der Arbeit',
  '2030-05-30': 'Christi Himmelfahrt',
  '2030-06-10': 'Pfingstmontag',
  '2030-06-20': 'Fronleichnam',
  '2030-10-03': 'Tag der Deutschen Einheit',
  '2030-11-01': 'Allerheiligen',
  '2030-12-25': '1. Weihnachtstag',
  '2030-12-26': '2. Weihnachtstag',
};

const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();

const anyDay = fc.integer({ min: 0, max: 5000 }).map((days) => addDays('2022-01-01', days));

describe('working days in North Rhine-Westphalia', () => {
  it('are all days from Monday to Friday of 2024 to 2030 but the official holidays, and no others', () => {
    const disagreeing: string[] = [];
    for (let day = '2024-01-01'; day <= '2030-12-31'; day = addDays(day, 1)) {
      const expected = weekdayOf(day) !== 0 && weekdayOf(day) !== 6 && !(day in officialHolidays);
      if (isWorkingDay(day) !== expected) disagreeing.push(day);
    }
    expect(Object.keys(officialHolidays)).toHaveLength(7 * 11);
    expect(disagreeing).toEqual([]);
  });

  it.each(['Pacific/Auckland', 'America/Los_Angeles'])('are the same on a machine in %s', (zone) => {
    const module = new URL('./working-days.js', import.meta.url).href;
    const script = `import(${JSON.stringify(module)}).then(({ isWorkingDay }) =>
      console.log(['2026-04-02', '2026-04-03', '2026-04-06', '2026-04-07'].map(isWorkingDay).join(' ')))`;
    const env = { ...process.env, TZ: zone };
    const answer = execFileSync(process.execPath, ['--eval', script], { env, encoding: 'utf8' });
    expect(answer.trim()).toBe('true false false true');
  });

  it('make a review that is proposed on Maundy Thursday due after Easter', () => {
    expect(addWorkingDays('2026-04-02', 2)).toBe('2026-04-08');
  });

  it('count nothing between Christmas Eve and the next working day', () => {
    expect(addWorkingDays('2026-12-24', 1)).toBe('2026-12-28');
    expect(workingDaysBetween('2026-12-24', '2026-12-27')).toBe(0);
    expect(workingDaysBetween('2026-12-24', '2026-12-28')).toBe(1);
  });

  it('move a deadline of no days from a holiday to the next working day', () => {
    expect(addWorkingDays('2026-05-01', 0)).toBe('2026-05-04');
    expect(addWorkingDays('2026-05-04', 0)).toBe('2026-05-04');
  });

  it('count forwards what they add, wherever one begins', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (from, count) => {
        const due = addWorkingDays(from, count);
        expect(isWorkingDay(due)).toBe(true);
        expect(workingDaysBetween(from, due)).toBe(count);
        expect(workingDaysBetween(due, from)).toBe(-count);
      }),
    );
  });

  it.each(['2026-02-30', '2026-13-01', '26-01-01', '', '2026-01-01T00:00:00Z'])(
    'refuse %p as a day',
    (day) => {
      expect(() => isWorkingDay(day)).toThrow(RangeError);
      expect(() => addWorkingDays(day, 1)).toThrow(RangeError);
      expect(() => workingDaysBetween('2026-01-01', day)).toThrow(RangeError);
    },
  );

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuse %p as a count', (count) => {
    expect(() => addWorkingDays('2026-01-02', count)).toThrow(RangeError);
  });
});
