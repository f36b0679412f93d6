import { closureOutcomes, accessRoutes, handoverReasons } from '../../journeys/index.js';
import type { JourneyFacts } from '../facts/journey-facts.js';
import { unknown } from './dimensions.js';
import { allSlot, censored } from './indicator.js';
import type { Figure, Observation, Window } from './indicator.js';
import {
  bandOf,
  dayBands,
  daysFrom,
  earliest,
  inTime,
  isOpenIn,
  isOpenOn,
  within,
  workingDayBands,
  workingDaysFrom,
} from './journey-times.js';

/** What each figure of the catalogue counts: pure functions of a journey's facts and the window of days. */
type Observe = Figure['observe'];

const count = (observe: Observe): Figure => ({
  name: 'count',
  form: 'count',
  slots: ['counted'],
  censors: false,
  observe,
});
const rate = (observe: Observe, censors: boolean): Figure => ({
  name: 'rate',
  form: 'rate',
  slots: ['yes', 'no'],
  censors,
  observe,
});
/** A rate of what is there, both of it and what else there is. */
const standing = (observe: Observe): Figure => ({
  ...rate(observe, false),
  carriedOver: ['yes', 'no', allSlot],
});
const distribution = (name: string, slots: readonly string[], observe: Observe): Figure => ({
  name,
  form: 'distribution',
  slots: [...slots, unknown],
  censors: false,
  observe,
});
const median = (bands: readonly string[], observe: Observe): Figure => ({
  name: 'median',
  form: 'median',
  slots: bands,
  censors: true,
  observe,
});

const seen = (slot: string): readonly Observation[] => [{ slot }];
const nothing: readonly Observation[] = [];
const answered = (yes: boolean): readonly Observation[] => seen(yes ? 'yes' : 'no');
const isOpening = ({ opening }: JourneyFacts, window: Window): boolean => within(opening.openedOn, window);
const metOn = ({ contacts }: JourneyFacts): string | undefined => earliest(contacts.map(({ on }) => on));
const assessedOn = ({ needs, potentials }: JourneyFacts): string | undefined =>
  earliest([...needs, ...potentials].map(({ on }) => on));

export const reach = count((journey, window) => (isOpening(journey, window) ? seen('counted') : nothing));

export const caseload: Figure = {
  ...count((journey, { to }) => (isOpenOn(journey, to) ? seen('counted') : nothing)),
  carriedOver: ['counted'],
};

export const accessRoute = distribution('count', accessRoutes, (journey, window) =>
  isOpening(journey, window) ? seen(journey.opening.accessRoute ?? unknown) : nothing,
);

export const timeToFirstContact = median(dayBands, (journey, window) => {
  if (!isOpening(journey, window)) return nothing;
  const met = metOn(journey);
  return seen(met === undefined ? censored : bandOf(dayBands, daysFrom(journey.opening.openedOn, met)));
});

export const firstContactInTime = rate(
  (journey, window) =>
    isOpening(journey, window) ? seen(inTime(journey.opening.openedOn, metOn(journey), 14, window)) : nothing,
  true,
);

export const consentCoverage = standing((journey, { to }) => {
  if (!isOpenOn(journey, to)) return nothing;
  return answered(
    journey.consents.some(
      ({ from, until, withdrawnOn }) =>
        from <= to && (until === undefined || until >= to) && (withdrawnOn === undefined || withdrawnOn > to),
    ),
  );
});

export const withdrawals: Figure = {
  ...rate(
    (journey, window) =>
      journey.consents.flatMap(({ from, until, withdrawnOn }) => {
        const inForce =
          from <= window.to &&
          (until === undefined || until >= window.from) &&
          (withdrawnOn === undefined || withdrawnOn >= window.from);
        return inForce ? answered(within(withdrawnOn, window)) : [];
      }),
    false,
  ),
  // Who withdrew does so once.
  carriedOver: ['no', allSlot],
};

export const assessedInTime = rate(
  (journey, window) =>
    isOpening(journey, window)
      ? seen(inTime(journey.opening.openedOn, assessedOn(journey), 30, window))
      : nothing,
  true,
);

export const planned = rate((journey, window) => {
  if (!within(assessedOn(journey), window)) return nothing;
  if (journey.goals.some(({ agreedByClient }) => agreedByClient !== false)) return seen('yes');
  return seen(isOpenOn(journey, window.horizon) ? censored : 'no');
}, true);

export const goalsAttained = rate(
  (journey, window) =>
    journey.goals.flatMap(({ reviews }) => {
      const last = reviews.findLast(({ on }) => within(on, window));
      return last?.result === undefined ? [] : answered(last.result === 'attained');
    }),
  false,
);

export const referralsPerJourney: Figure = {
  name: 'ratio',
  form: 'ratio',
  slots: ['numerator', 'denominator'],
  censors: false,
  carriedOver: ['denominator'],
  observe: (journey, window) => [
    ...(isOpenIn(journey, window) ? seen('denominator') : nothing),
    ...journey.referrals.flatMap(({ on }) => (within(on, window) ? seen('numerator') : [])),
  ],
};

type Referral = JourneyFacts['referrals'][number];
const referralsMade = (journey: JourneyFacts, window: Window): readonly Referral[] =>
  journey.referrals.filter(({ on }) => within(on, window));

/** What ended with an outcome had begun, though nobody wrote down when: on that day at the latest. */
const begunOn = ({ startedOn, completedOn, outcome }: Referral): string | undefined =>
  startedOn ?? (isKnown(outcome) ? completedOn : undefined);

/** Of erased persons outcomes are gone. */
const isKnown = (outcome: string | undefined): boolean => outcome !== undefined && outcome !== 'unknown';

export const uptake = rate(
  (journey, window) =>
    referralsMade(journey, window).flatMap((referral) => {
      if (begunOn(referral) !== undefined) return seen('yes');
      const { declinedOn, cancelledOn, completedOn } = referral;
      const ended = declinedOn ?? cancelledOn ?? completedOn;
      return seen(ended !== undefined || !isOpenOn(journey, window.horizon) ? 'no' : censored);
    }),
  true,
);

export const closedLoop = rate(
  (journey, window) =>
    referralsMade(journey, window).flatMap(({ on, completedOn, outcome }) =>
      seen(inTime(on, isKnown(outcome) ? completedOn : undefined, 90, window)),
    ),
  true,
);

type Need = JourneyFacts['needs'][number];
const needsFound = (
  journey: JourneyFacts,
  window: Window,
  slotOf: (need: Need, referrals: readonly Referral[]) => string,
): readonly Observation[] =>
  journey.needs
    .filter(({ on }) => within(on, window))
    .map((need) => ({
      slot: slotOf(
        need,
        journey.referrals.filter((referral) => referral.need === need.id),
      ),
      fieldOfAction: need.fieldOfAction ?? unknown,
    }));

export const unmetNeeds = rate(
  (journey, window) =>
    needsFound(journey, window, ({ on, resolvedOn }, referrals) => {
      const answer = inTime(
        on,
        earliest([resolvedOn, ...referrals.map((referral) => referral.on)]),
        60,
        window,
      );
      // What is asked for is the need without an answer.
      return answer === 'yes' ? 'no' : answer === 'no' ? 'yes' : censored;
    }),
  true,
);

export const timeToSupport = median(dayBands, (journey, window) =>
  needsFound(journey, window, ({ on, resolvedOn }, referrals) => {
    const supported = earliest([resolvedOn, ...referrals.map(begunOn)]);
    return supported === undefined ? censored : bandOf(dayBands, daysFrom(on, supported));
  }),
);

export const inPreferredLanguage = rate(
  (journey, window) =>
    journey.contacts.flatMap(({ on, language, interpreter }) => {
      const { preferredLanguage } = journey.opening;
      // Of an erased person neither language is known.
      if (!within(on, window) || preferredLanguage === undefined) return [];
      // An interpreter stands between German and the preferred language; whom a third one was meant for is not told.
      const isInterpreted = interpreter === true && (language === undefined || language === 'de');
      return answered(language === preferredLanguage || isInterpreted);
    }),
  false,
);

export const acrossLegalDomains = standing((journey, { to }) => {
  if (!isOpenOn(journey, to)) return nothing;
  const current = journey.legalDomains
    .filter(({ from, until }) => from <= to && (until === undefined || until > to))
    .flatMap(({ legalDomain }) => legalDomain ?? []);
  return answered(new Set(current).size >= 2);
});

export const closuresByOutcome = distribution('count', closureOutcomes, (journey, window) => {
  const last = journey.closures.findLast(({ on }) => within(on, window));
  return last === undefined ? nothing : seen(last.outcome ?? unknown);
});

/**
 * From the end of one to the period that begins next after it and goes on beyond that end: without a gap where the two
 * overlap, and no transition where it is of the same legal domain.
 */
export const benefitGap = median(dayBands, (journey, window) => {
  const periods = journey.legalDomains.toSorted((one, other) => one.from.localeCompare(other.from));
  return periods.flatMap(({ until, leftAt, legalDomain }, at) => {
    if (until === undefined || legalDomain === undefined || !within(until, window)) return [];
    // A new owner who was not told of a legal domain enters it once more; both end at once.
    if (periods.slice(0, at).some((before) => before.leftAt === leftAt)) return [];
    const next = periods.slice(at + 1).find((other) => other.until === undefined || other.until > until);
    if (next === undefined) return [{ slot: censored, legalDomainPair: unknown }];
    if (next.legalDomain === legalDomain) return [];
    const slot = bandOf(dayBands, daysFrom(until, next.from));
    return [{ slot, legalDomainPair: `${legalDomain}>${next.legalDomain}` }];
  });
});

type Handover = JourneyFacts['handovers'][number];
const handoversWith = (
  journey: JourneyFacts,
  window: Window,
  dayOf: (handover: Handover) => string | undefined,
  slotOf: (handover: Handover) => string | undefined,
): readonly Observation[] =>
  journey.handovers.flatMap((handover) => {
    const slot = within(dayOf(handover), window) ? slotOf(handover) : undefined;
    return slot === undefined ? [] : [{ slot, legalDomainPair: handover.transition ?? handover.offices }];
  });

export const acceptanceTime = median(workingDayBands, (journey, window) =>
  handoversWith(
    journey,
    window,
    ({ on }) => on,
    ({ on, acceptedOn, declinedOn, endedOn }) => {
      if (acceptedOn !== undefined) return bandOf(workingDayBands, workingDaysFrom(on, acceptedOn));
      return declinedOn === undefined && endedOn === undefined ? censored : undefined;
    },
  ),
);

export const acceptanceRate = rate(
  (journey, window) =>
    handoversWith(
      journey,
      window,
      ({ acceptedOn, declinedOn }) => acceptedOn ?? declinedOn,
      ({ acceptedOn }) => (acceptedOn === undefined ? 'no' : 'yes'),
    ),
  false,
);

export const declinesByReason = distribution('declines', handoverReasons, (journey, window) =>
  handoversWith(
    journey,
    window,
    ({ declinedOn }) => declinedOn,
    ({ declineReason }) => declineReason ?? unknown,
  ),
);

const reviewedOn = ({ approvedOn, returnedOn }: Handover): string | undefined => approvedOn ?? returnedOn;

export const reviewTime = median(workingDayBands, (journey, window) =>
  handoversWith(
    journey,
    window,
    ({ on }) => on,
    (handover) => {
      const reviewed = reviewedOn(handover);
      if (reviewed !== undefined) return bandOf(workingDayBands, workingDaysFrom(handover.on, reviewed));
      return handover.endedOn === undefined ? censored : undefined;
    },
  ),
);

export const returnedShare: Figure = {
  ...rate(
    (journey, window) =>
      handoversWith(
        journey,
        window,
        ({ on }) => on,
        ({ approvedOn, returnedOn, endedOn }) => {
          if (returnedOn !== undefined) return 'yes';
          if (approvedOn !== undefined) return 'no';
          return endedOn === undefined ? censored : undefined;
        },
      ),
    true,
  ),
  name: 'returned',
};

export const lostAfterHandover = rate(
  (journey, window) =>
    handoversWith(
      journey,
      window,
      ({ acceptedOn }) => acceptedOn,
      ({ acceptedOn = '', contactsBefore }) => {
        // Whom the former owner met on that very day is not met yet.
        const since = journey.contacts.slice(contactsBefore);
        const met = earliest(since.flatMap(({ on }) => (on >= acceptedOn ? [on] : [])));
        const answer = inTime(acceptedOn, met, 30, window);
        return answer === 'yes' ? 'no' : answer === 'no' ? 'yes' : censored;
      },
    ),
  true,
);
