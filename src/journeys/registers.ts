import { addDays, addWorkingDays, berlinDay } from '../reference/index.js';
import type { ReferenceData } from '../reference/index.js';
import type { Context, Registers } from './domain/decision.js';
import type { Calendar } from './domain/due.js';

/** What journeys ask of the registers. */
export interface JourneyRegisters extends Registers {
  readonly fits: Context['fits'];
  readonly calendar: Calendar;
  /** Whether this is the hash of a consent text that is served. */
  isConsentText(textHash: string): boolean;
}

export const REGISTERS = Symbol('REGISTERS');

export const journeyRegisters = (reference: ReferenceData, fits: Context['fits']): JourneyRegisters => ({
  fits,
  organisation: (id) => reference.organisation(id),
  servesMunicipality: (organisationId, municipality) =>
    reference.servesMunicipality(organisationId, municipality),
  socialAreaIn: (socialArea, municipality) => reference.socialAreaIn(socialArea, municipality),
  user: (userId) => reference.user(userId),
  isConsentText: (textHash) => reference.isKnownConsentText(textHash),
  calendar: { addDays, addWorkingDays, dayOf: berlinDay },
});
