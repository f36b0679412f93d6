export { addDays, isCalendarDay, type CalendarDay } from './calendar-day.js';
export { berlinDay, endOfBerlinDay, startOfBerlinDay, type Instant } from './berlin-days.js';
export { addWorkingDays, isWorkingDay, workingDaysBetween } from './working-days.js';
