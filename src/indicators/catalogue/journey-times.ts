import { addDays, workingDaysBetween } from '../../reference/index.js';
import type { JourneyFacts } from '../facts/journey-facts.js';
import type { Window } from './indicator.js';

export const within = (day: string | undefined, { from, to }: Pick<Window, 'from' | 'to'>): boolean =>
  day !== undefined && from <= day && day <= to;

/** Whether the journey is open at the end of a day. */
export const isOpenOn = ({ opening, closures }: JourneyFacts, day: string): boolean =>
  opening.openedOn <= day &&
  !closures.some(({ on, reopenedOn }) => on <= day && (reopenedOn === undefined || reopenedOn > day));

/** Whether the journey is open on any day of the window. */
export const isOpenIn = (journey: JourneyFacts, { from, to }: Window): boolean =>
  isOpenOn(journey, to) ||
  isOpenOn(journey, from) ||
  within(journey.opening.openedOn, { from, to }) ||
  journey.closures.some(({ reopenedOn }) => within(reopenedOn, { from, to }));

export const earliest = (days: readonly (string | undefined)[]): string | undefined =>
  days.filter((day) => day !== undefined).toSorted()[0];

/**
 * The last day that is known to its end, by the last day on which anything was recorded: that one may not be over. The
 * window is.
 */
export const horizonOf = (recordedUntil: string | undefined, to: string): string => {
  const before = recordedUntil === undefined ? to : addDays(recordedUntil, -1);
  return before > to ? before : to;
};

/** Calendar days from one day to another; 0 where the second lies before the first. */
export const daysFrom = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000));

export const workingDaysFrom = (from: string, to: string): number =>
  Math.max(0, workingDaysBetween(from, to));

/**
 * Whether something happened in time: `yes`, `no`, or open because the time is not over yet.
 */
export const inTime = (
  start: string,
  happened: string | undefined,
  days: number,
  { horizon }: Window,
): 'yes' | 'no' | 'censored' => {
  const last = addDays(start, days);
  if (happened !== undefined && happened <= last) return 'yes';
  return last <= horizon ? 'no' : 'censored';
};

/** Bands by their first number of days; each ends where the next begins. */
export const dayBands = ['0-0', '1-7', '8-14', '15-28', '29-56', '57-91', '92-182', '183+'] as const;
export const workingDayBands = ['0-0', '1-1', '2-2', '3-3', '4-5', '6-10', '11-20', '21+'] as const;

export const bandOf = (bands: readonly string[], days: number): string =>
  bands.findLast((band) => Number.parseInt(band, 10) <= days) ?? bands[0]!;
