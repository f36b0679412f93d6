import type { DataCategory } from '../journeys/domain/codes.js';

/**
 * The category that a field or an entry belongs to. `process` goes with any disclosure. The others
 * are settled by what the record says elsewhere: `of-need` by the field of action of the need that the
 * event names, `of-potential` by its kind, `of-event` by the event that it refers to, `of-answer` by the category
 * that the answer names.
 */
export type FieldCategory = DataCategory | 'process' | 'of-need' | 'of-potential' | 'of-event' | 'of-answer';

/**
 * How a field is kept and to what category it belongs. `plain` is for ids, organisations, dates and the
 * codes that competence, deadlines, ownership and visibility need; everything else is `sealed`.
 */
export type FieldRule = `${'plain' | 'sealed'} ${FieldCategory}`;

export interface EventFieldRules<Data> {
  /** Who may see that the event happened at all. */
  readonly entry: FieldCategory;
  readonly fields: { readonly [F in keyof Data]-?: FieldRule };
}

/** One row for every event type, one rule for every field: the compiler refuses a field without. */
export type FieldTable<EventData> = {
  readonly [T in keyof EventData]: EventFieldRules<EventData[T]>;
};

export const isSealed = (rule: FieldRule): boolean => rule.startsWith('sealed ');

export const categoryOf = (rule: FieldRule): FieldCategory =>
  rule.slice(rule.indexOf(' ') + 1) as FieldCategory;
