import type { Calendar } from './domain/due.js';
import type { Registers } from './domain/decision.js';

/** What journeys ask of the registers; the composition root provides it from `src/reference`. */
export interface JourneyRegisters extends Registers {
  readonly calendar: Calendar;
  /** Whether this is the hash of a consent text that is served. */
  isConsentText(textHash: string): boolean;
}

export const REGISTERS = Symbol('REGISTERS');
