import type { EnterLegalDomain, LeaveLegalDomain } from './commands.js';
import { happened, nothingToDo, refuse } from './decision.js';
import type { Decision } from './decision.js';
import type { ActiveJourney, ClosedJourney, LegalDomainPeriod } from './journey.js';

export const enterLegalDomain = (
  { legalDomain, effectiveOn }: EnterLegalDomain,
  journey: ActiveJourney,
): Decision => {
  const current = currentPeriods(journey, legalDomain);
  if (current.some((period) => period.effectiveOn === effectiveOn)) return nothingToDo;
  const entered = { legalDomain, effectiveOn };
  return current.length > 0 || journey.legalDomains.some((period) => meet(entered, period))
    ? refuse('already-in-legal-domain')
    : happened('LegalDomainEntered', entered);
};

/** Ends every current period: an office that was not told of the one before may have recorded another. */
export const leaveLegalDomain = (
  { legalDomain, effectiveOn }: LeaveLegalDomain,
  journey: ActiveJourney,
): Decision => {
  const current = currentPeriods(journey, legalDomain);
  if (current.length === 0) {
    const last = journey.legalDomains.findLast((period) => period.legalDomain === legalDomain);
    return last?.endedOn === effectiveOn ? nothingToDo : refuse('not-in-legal-domain');
  }
  const ended = current.map((period) => ({ ...period, endedOn: effectiveOn }));
  return refusePeriods(ended, journey) ?? happened('LegalDomainLeft', { legalDomain, effectiveOn });
};

/** Why the day of this entry, or of this end, cannot be put right to that one; `undefined` if it can. */
export const refuseOtherDay = (
  eventId: string,
  day: string,
  journey: ActiveJourney | ClosedJourney,
): Decision | undefined => {
  const { legalDomains } = journey;
  const begun = legalDomains.filter((period) => period.eventId === eventId);
  const ended = legalDomains.filter((period) => period.endEventId === eventId);
  return refusePeriods(
    [
      ...begun.map((period) => ({ ...period, effectiveOn: day })),
      ...ended.map((period) => ({ ...period, endedOn: day })),
    ],
    journey,
  );
};

/**
 * A period ends no sooner than it begins, and before another one of the same domain or after it; on the same day will
 * do. Those that met before, as two offices recorded them, may go on to.
 */
const refusePeriods = (
  changed: readonly LegalDomainPeriod[],
  { legalDomains }: ActiveJourney | ClosedJourney,
): Decision | undefined => {
  if (changed.some(({ effectiveOn, endedOn }) => endedOn !== undefined && endedOn < effectiveOn))
    return refuse('left-before-entered');
  const now = (period: LegalDomainPeriod): LegalDomainPeriod =>
    changed.find(({ eventId }) => eventId === period.eventId) ?? period;
  const meetAnew = legalDomains.some((period, index) =>
    legalDomains.slice(0, index).some((earlier) => meet(now(period), now(earlier)) && !meet(period, earlier)),
  );
  return meetAnew ? refuse('already-in-legal-domain') : undefined;
};

type Days = Pick<LegalDomainPeriod, 'legalDomain' | 'effectiveOn' | 'endedOn'>;

/** One that goes on meets what it began in; what comes after it is waited for to show when it ended. */
const meet = (one: Days, other: Days): boolean => {
  if (one.legalDomain !== other.legalDomain) return false;
  if (one.endedOn === undefined && other.endedOn === undefined) return true;
  if (one.endedOn === undefined) return beganIn(one, other);
  if (other.endedOn === undefined) return beganIn(other, one);
  return one.effectiveOn < other.endedOn && other.effectiveOn < one.endedOn;
};

const beganIn = ({ effectiveOn }: Days, other: Days): boolean =>
  other.effectiveOn <= effectiveOn && other.endedOn !== undefined && effectiveOn < other.endedOn;

const currentPeriods = (journey: ActiveJourney, legalDomain: string): readonly LegalDomainPeriod[] =>
  journey.legalDomains.filter((period) => period.legalDomain === legalDomain && period.endedOn === undefined);
