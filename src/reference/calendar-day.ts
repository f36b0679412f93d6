/** A day of the calendar as `YYYY-MM-DD`, without time or zone. */
export type CalendarDay = string;

/** A day as the number of days since 1970-01-01: what one calculates with. */
export type DayNumber = number;

export const millisecondsOfDay = 86_400_000;

const shape = /^\d{4}-\d{2}-\d{2}$/;

/** Whether the text is a day that exists: `2026-02-30` is none. */
export const isCalendarDay = (text: string): text is CalendarDay => {
  if (!shape.test(text)) return false;
  const milliseconds = Date.parse(text);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).getUTCDate() === Number(text.slice(8));
};

/** Throws a RangeError for a day that does not exist. */
export const dayNumber = (day: CalendarDay): DayNumber => {
  if (!isCalendarDay(day)) throw new RangeError('not a day of the calendar in the form YYYY-MM-DD');
  return Date.parse(day) / millisecondsOfDay;
};

export const calendarDay = (day: DayNumber): CalendarDay =>
  new Date(day * millisecondsOfDay).toISOString().slice(0, 10);

/** The day that lies `days` calendar days after (or, negative, before) another. */
export const addDays = (day: CalendarDay, days: number): CalendarDay => calendarDay(dayNumber(day) + days);
