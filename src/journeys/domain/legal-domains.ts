import type { EnterLegalDomain, LeaveLegalDomain } from './commands.js';
import { happened, nothingToDo, refuse } from './decision.js';
import type { Decision } from './decision.js';
import type { ActiveJourney, ClosedJourney, LegalDomainPeriod } from './journey.js';

export const enterLegalDomain = (
  { legalDomain, effectiveOn }: EnterLegalDomain,
  journey: ActiveJourney,
): Decision => {
  const current = currentPeriod(journey, legalDomain);
  if (current) return current.effectiveOn === effectiveOn ? nothingToDo : refuse('already-in-legal-domain');
  const wasThere = journey.legalDomains.some(
    (period) =>
      period.legalDomain === legalDomain &&
      period.effectiveOn <= effectiveOn &&
      (period.endedOn === undefined || effectiveOn < period.endedOn),
  );
  return wasThere
    ? refuse('already-in-legal-domain')
    : happened('LegalDomainEntered', { legalDomain, effectiveOn });
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
  return (
    refusePeriod({ ...current, endedOn: effectiveOn }, journey) ??
    happened('LegalDomainLeft', { legalDomain, effectiveOn })
  );
};

/** Why the day of this entry, or of this end, cannot be put right to that one; `undefined` if it can. */
export const refuseOtherDay = (
  eventId: string,
  day: string,
  journey: ActiveJourney | ClosedJourney,
): Decision | undefined => {
  const { legalDomains } = journey;
  const begun = legalDomains.find((period) => period.eventId === eventId);
  if (begun) return refusePeriod({ ...begun, effectiveOn: day }, journey);
  const ended = legalDomains.find((period) => period.endEventId === eventId);
  return ended && refusePeriod({ ...ended, endedOn: day }, journey);
};

/** It ends no sooner than it begins, and before another one of the same domain or after it; on the same day will do. */
const refusePeriod = (
  { eventId, legalDomain, effectiveOn, endedOn }: LegalDomainPeriod,
  { legalDomains }: ActiveJourney | ClosedJourney,
): Decision | undefined => {
  if (endedOn !== undefined && endedOn < effectiveOn) return refuse('left-before-entered');
  const meetsAnother = legalDomains.some(
    (other) =>
      other.eventId !== eventId &&
      other.legalDomain === legalDomain &&
      (endedOn === undefined || other.effectiveOn < endedOn) &&
      (other.endedOn === undefined || effectiveOn < other.endedOn),
  );
  return meetsAnother ? refuse('already-in-legal-domain') : undefined;
};

const currentPeriod = (journey: ActiveJourney, legalDomain: string): LegalDomainPeriod | undefined =>
  journey.legalDomains.find((period) => period.legalDomain === legalDomain && period.endedOn === undefined);
