/** From how many on a figure is shown, as everyone may know; of public tables there is a threshold beside. */
export const thresholds = {
  /** Persons in a cell, of counts of events. */
  persons: 5,
  /** Of shares and ratios the denominator, and each part that is not 0. */
  denominator: 10,
  part: 5,
  /** Cases, of medians. */
  cases: 10,
} as const;
