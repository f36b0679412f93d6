import {
  calendarDay,
  dayNumber,
  millisecondsOfDay,
  type CalendarDay,
  type DayNumber,
} from './calendar-day.js';

/** An instant as RFC 3339 text in UTC, or as a Date. */
export type Instant = string | Date;

/** The day in Europe/Berlin on which an instant falls. Throws a RangeError for what is no instant. */
export const berlinDay = (instant: Instant): CalendarDay => {
  const milliseconds = new Date(instant).getTime();
  // Berlin's midnight comes before that of UTC: the day is the one of UTC, or the next one already.
  const tomorrow = Math.floor(milliseconds / millisecondsOfDay) + 1;
  return calendarDay(milliseconds >= berlinMidnight(tomorrow) ? tomorrow : tomorrow - 1);
};

/** The first millisecond of a day in Europe/Berlin, as RFC 3339 text in UTC. */
export const startOfBerlinDay = (day: CalendarDay): string =>
  new Date(berlinMidnight(dayNumber(day))).toISOString();

/** The last millisecond of a day in Europe/Berlin, as RFC 3339 text in UTC; the day may have 23 or 25 hours. */
export const endOfBerlinDay = (day: CalendarDay): string =>
  new Date(berlinMidnight(dayNumber(day) + 1) - 1).toISOString();

// Formatting an instant costs some ten times more than a look-up, and the days asked for are few. The bound is
// there for those who ask for every day of ten thousand years.
const rememberedDays = 10_000;
const midnights = new Map<DayNumber, number>();

const berlinMidnight = (day: DayNumber): number => {
  const known = midnights.get(day);
  if (known !== undefined) return known;
  const utcMidnight = day * millisecondsOfDay;
  // The offset is looked up at the instant that the first guess names, because it may change in between.
  const midnight = utcMidnight - offsetAt(utcMidnight - offsetAt(utcMidnight));
  if (midnights.size >= rememberedDays) midnights.clear();
  midnights.set(day, midnight);
  return midnight;
};

const berlinClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Berlin',
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

const offsetAt = (milliseconds: number): number => {
  const clock = new Map(
    berlinClock.formatToParts(milliseconds).map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => clock.get(type) ?? 0;
  const wall = new Date(0);
  wall.setUTCFullYear(part('year'), part('month') - 1, part('day'));
  wall.setUTCHours(part('hour'), part('minute'), part('second'));
  return wall.getTime() - milliseconds;
};
