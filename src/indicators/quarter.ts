import type { CalendarDay } from '../reference/index.js';

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

/** By its number the quarter's first and last day. The day after the last one may be in a year that no date can be written in. */
const daysOf = [
  ['01-01', '03-31'],
  ['04-01', '06-30'],
  ['07-01', '09-30'],
  ['10-01', '12-31'],
] as const;

const quarterOf = (year: string, quarter: number): Quarter => {
  const [from, to] = daysOf[quarter - 1]!;
  return { name: `${year}-Q${quarter}`, from: `${year}-${from}`, to: `${year}-${to}` };
};

/** In the order of their quarters and corrections: the tenth correction comes after the second. */
export const inOrderOfRelease = (
  { id: one }: { readonly id: string },
  { id: other }: { readonly id: string },
): number => releaseOrder.compare(one, other);

const releaseOrder = new Intl.Collator('en', { numeric: true });

/**
 * The releases that are about the same people: of the same quarter, and of the nearest on each side of which there are
 * any, since who is there in one is mostly there in the next.
 */
export const bearingOn = ({ quarter }: ReleaseName, releases: readonly string[]): readonly string[] => {
  const quarters = releases
    .flatMap((release) => releaseNamed(release)?.quarter ?? [])
    .toSorted((one, other) => (one.from < other.from ? -1 : 1));
  const bearing = new Set([
    quarter.name,
    quarters.findLast(({ to }) => to < quarter.from)?.name,
    quarters.find(({ from }) => from > quarter.to)?.name,
  ]);
  return releases.filter((release) => bearing.has(releaseNamed(release)?.quarter.name));
};

export const isOfQuarter = (release: string, { quarter }: ReleaseName): boolean =>
  releaseNamed(release)?.quarter.name === quarter.name;
