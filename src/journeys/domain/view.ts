import type { Phase } from './codes.js';
import { isInForce } from './consent.js';
import type { Consent, Journey } from './journey.js';
import type { ConsentStatus } from './statuses.js';

/** Derived from what was recorded, never kept. */
export const phaseOf = (journey: Exclude<Journey, { stage: 'none' }>): Phase => {
  if (journey.stage === 'closed') return 'closed';
  if (journey.reached.linking) return 'linking';
  if (journey.reached.plan) return 'plan';
  return journey.reached.assessment ? 'assessment' : 'intake';
};

export const consentStatus = (consent: Consent, day: string): ConsentStatus => {
  if (consent.withdrawal) return 'withdrawn';
  if (isInForce(consent, day)) return 'in-force';
  return day < consent.validFrom ? 'not-yet-in-force' : 'expired';
};
