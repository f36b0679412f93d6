import { getHolidays } from 'feiertagejs';
import {
  calendarDay,
  dayNumber,
  millisecondsOfDay,
  type CalendarDay,
  type DayNumber,
} from './calendar-day.js';

/** Monday to Friday without the public holidays of North Rhine-Westphalia (§ 2 Feiertagsgesetz NW). */
export const isWorkingDay = (day: CalendarDay): boolean => isWorked(dayNumber(day));

/**
 * The day on which a period of `count` working days ends. Counting begins on the day after (§ 187 Abs. 1 BGB),
 * so one working day after a Friday is Monday. A count of 0 is the day itself or, if nobody works on it, the
 * next working day (§ 193 BGB). Throws a RangeError for a count that is negative or not whole.
 */
export const addWorkingDays = (day: CalendarDay, count: number): CalendarDay => {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('working days are counted 0, 1, 2, …');
  let reached = dayNumber(day);
  for (let left = count; left > 0; left -= 1) reached = firstWorkedFrom(reached + 1);
  return calendarDay(firstWorkedFrom(reached));
};

/** How many working days lie after `from`, up to and including `to`; negative when `to` lies before `from`. */
export const workingDaysBetween = (from: CalendarDay, to: CalendarDay): number => {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  return first <= last ? workedAfter(first, last) : 0 - workedAfter(last, first);
};

const workedAfter = (first: DayNumber, last: DayNumber): number => {
  let count = 0;
  for (let day = first + 1; day <= last; day += 1) if (isWorked(day)) count += 1;
  return count;
};

const firstWorkedFrom = (day: DayNumber): DayNumber => {
  let candidate = day;
  while (!isWorked(candidate)) candidate += 1;
  return candidate;
};

const isWorked = (day: DayNumber): boolean => {
  const date = new Date(day * millisecondsOfDay);
  const weekday = date.getUTCDay();
  return weekday !== 0 && weekday !== 6 && !publicHolidaysOf(date.getUTCFullYear()).has(day);
};

const holidaysByYear = new Map<number, ReadonlySet<DayNumber>>();

const publicHolidaysOf = (year: number): ReadonlySet<DayNumber> => {
  const known = holidaysByYear.get(year);
  if (known) return known;
  // Each holiday's `date` is noon in UTC; its `dateString` depends on the time zone of the machine.
  const holidays = new Set(
    getHolidays(year, 'NW').map(({ date }) => Math.floor(date.getTime() / millisecondsOfDay)),
  );
  holidaysByYear.set(year, holidays);
  return holidays;
};
