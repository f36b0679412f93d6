/**
 * Where the time comes from. The simulation runs through the same commands with a clock of its own, so nothing
 * that decides about a date may ask the machine for it.
 */
export interface Clock {
  now(): Date;
}

/** The injection token of the application's clock. */
export const CLOCK = Symbol('CLOCK');

export const systemClock: Clock = { now: () => new Date() };
