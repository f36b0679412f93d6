import { addDays, type CalendarDay } from '../reference/index.js';

/** A quarter of a year, its days included. */
export interface Quarter {
  /** `2026-Q3`. */
  readonly name: string;
  readonly from: CalendarDay;
  readonly to: CalendarDay;
}

/** A release's name: a quarter, and for a correction its number, from 1. */
export interface ReleaseName {
  /** `2026-Q3`, or `2026-Q3.1` for its first correction. */
  readonly id: string;
  readonly quarter: Quarter;
  readonly correction: number;
}

const shape = /^(\d{4})-Q([1-4])(?:\.([1-9]\d?))?$/;

/** `undefined` for a text that names no release. */
export const releaseNamed = (text: string): ReleaseName | undefined => {
  const [, year, quarter, correction] = shape.exec(text) ?? [];
  if (year === undefined || quarter === undefined) return undefined;
  return { id: text, quarter: quarterOf(year, Number(quarter)), correction: Number(correction ?? 0) };
};

/** The release that a correction follows: the one before it. */
export const releaseBefore = ({ quarter, correction }: ReleaseName): string | undefined => {
  if (correction === 0) return undefined;
  return correction === 1 ? quarter.name : `${quarter.name}.${correction - 1}`;
};

const quarterOf = (year: string, quarter: number): Quarter => {
  const from = `${year}-${String(quarter * 3 - 2).padStart(2, '0')}-01`;
  const next =
    quarter === 4 ? `${Number(year) + 1}-01-01` : `${year}-${String(quarter * 3 + 1).padStart(2, '0')}-01`;
  return { name: `${year}-Q${quarter}`, from, to: addDays(next, -1) };
};
