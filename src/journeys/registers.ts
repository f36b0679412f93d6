import { addDays, addWorkingDays, berlinDay } from '../reference/index.js';
import type { ReferenceData } from '../reference/index.js';
import type { Context, Deadlines, Registers } from './domain/decision.js';

/** What journeys ask of the registers. */
export interface JourneyRegisters extends Registers {
  readonly fitting: Context['fitting'];
  readonly deadlines: Deadlines;
  /** Whether this is the hash of a consent text that is served. */
  isConsentText(textHash: string): boolean;
}

export const REGISTERS = Symbol('REGISTERS');

export const journeyRegisters = (
  reference: ReferenceData,
  fitting: Context['fitting'],
): JourneyRegisters => ({
  fitting,
  organisation: (id) => reference.organisation(id),
  servesMunicipality: (organisationId, municipality) =>
    reference.servesMunicipality(organisationId, municipality),
  socialAreaIn: (socialArea, municipality) => reference.socialAreaIn(socialArea, municipality),
  user: (userId) => reference.user(userId),
  isConsentText: (textHash) => reference.isKnownConsentText(textHash),
  competentFor: (wanted, municipality, on) => reference.competentFor(wanted, municipality, on),
  statutoryRule: (rule) => reference.statutoryRule(rule),
  statutoryRules: (from, to) => reference.statutoryRules(from, to),
  neverTransferred: (from, to) => reference.neverTransferred(from, to),
  deadlines: deadlinesOf(reference),
});

/** Working days in North Rhine-Westphalia and the periods of each office. */
export const deadlinesOf = (reference: ReferenceData): Deadlines => ({
  calendar: { addDays, addWorkingDays, dayOf: berlinDay },
  periodsOf: (organisationId) => reference.periodsOf(organisationId),
});
