import type { EnterLegalDomain, LeaveLegalDomain } from './commands.js';
import { happened, nothingToDo, refuse } from './decision.js';
import type { Decision } from './decision.js';
import type { ActiveJourney, LegalDomainPeriod } from './journey.js';

export const enterLegalDomain = (
  { legalDomain, effectiveOn }: EnterLegalDomain,
  journey: ActiveJourney,
): Decision => {
  const current = currentPeriod(journey, legalDomain);
  if (!current) return happened('LegalDomainEntered', { legalDomain, effectiveOn });
  return current.effectiveOn === effectiveOn ? nothingToDo : refuse('already-in-legal-domain');
};

export const leaveLegalDomain = (
  { legalDomain, effectiveOn }: LeaveLegalDomain,
  journey: ActiveJourney,
): Decision => {
  const current = currentPeriod(journey, legalDomain);
  if (!current) {
    const last = journey.legalDomains.findLast((period) => period.legalDomain === legalDomain);
    return last?.endedOn === effectiveOn ? nothingToDo : refuse('not-in-legal-domain');
  }
  return effectiveOn < current.effectiveOn
    ? refuse('left-before-entered')
    : happened('LegalDomainLeft', { legalDomain, effectiveOn });
};

const currentPeriod = (journey: ActiveJourney, legalDomain: string): LegalDomainPeriod | undefined =>
  journey.legalDomains.find((period) => period.legalDomain === legalDomain && period.endedOn === undefined);
