/** The nearest multiple; halves go up. */
export const roundTo = (count: number, multiple: number): number =>
  Math.floor(count / multiple + 0.5) * multiple;
