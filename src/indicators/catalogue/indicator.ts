import type { Label } from '../../reference/index.js';
import type { JourneyFacts } from '../facts/journey-facts.js';
import type { Dimension } from './dimensions.js';

/** The days that a release is about, and the last one that is known to its end. */
export interface Window {
  readonly from: string;
  readonly to: string;
  readonly horizon: string;
}

/** One thing that is counted, and where: the slot is a part of the figure, such as `yes` or a band of days. */
export interface Observation {
  readonly slot: string;
  readonly fieldOfAction?: string;
  readonly legalDomainPair?: string;
}

/**
 * `count`: of what is observed. `distribution`: counts by category. `rate`: `yes` in `yes` and `no`. `ratio`:
 * `numerator` for each `denominator`. `median`: the band of days in which the median lies.
 */
export type Form = 'count' | 'distribution' | 'rate' | 'ratio' | 'median';

export interface Figure {
  /** Within its indicator. */
  readonly name: string;
  readonly form: Form;
  /** The parts that add up: categories, `yes` and `no`, or bands. */
  readonly slots: readonly string[];
  /** Open cases are counted apart and never as failed. */
  readonly censors: boolean;
  /**
   * The slots, those that sum up others included, of what is there and does not only happen in a quarter: most of it
   * was there in the quarter before. Absent where there are none.
   */
  readonly carriedOver?: readonly string[];
  readonly observe: (journey: JourneyFacts, window: Window) => readonly Observation[];
}

/** Persons are counted once; journeys as they are; events only in cells of at least five persons. */
export type Unit = 'person' | 'journey' | 'event';

export interface Definition {
  readonly numerator: Label;
  readonly denominator?: Label;
  readonly statistic: Label;
  readonly timeRule: Label;
  readonly censoring: Label;
}

export interface Indicator {
  readonly code: string;
  readonly title: Label;
  readonly definition: Definition;
  readonly unit: Unit;
  /** Beside those that every person has. */
  readonly ownDimensions: readonly Extract<Dimension, 'fieldOfAction' | 'legalDomainPair'>[];
  /** The event types without which there is nothing to count. */
  readonly counts: readonly string[];
  readonly figures: readonly Figure[];
}

/** The slot of open cases. */
export const censored = 'censored';

/** The slot of all but open cases. */
export const allSlot = 'all';
