import type { DataCategory } from './codes.js';
import { consentedCategories, isInForce } from './consent.js';
import type { Actor } from './decision.js';
import { foldJourney, isOpen } from './evolve.js';
import type { Journey, VisibleEvent } from './journey.js';

/** Why somebody may see something of a journey, from when, and what. */
export interface Grant {
  readonly reason: 'owner' | 'consent' | 'referral';
  /** The consent or referral that it rests on. */
  readonly basis?: string;
  /** RFC 3339 in UTC or `YYYY-MM-DD`: since when. */
  readonly from: string;
  /** `YYYY-MM-DD`, this day included: where the end is known ahead. */
  readonly until?: string;
  readonly categories: 'all' | readonly DataCategory[];
}

export interface Moment {
  /** RFC 3339 in UTC. */
  readonly now: string;
  /** Its day in Europe/Berlin. */
  readonly today: string;
}

/**
 * What this viewer may see of the journey at that moment; empty if they may not even know that it exists.
 * Together with `redact` the only place that decides what a reader sees.
 */
export const grants = (events: readonly VisibleEvent[], viewer: Actor, { today }: Moment): readonly Grant[] =>
  grantsOf(foldJourney(events), viewer, today);

/** The same, for a journey that was folded already. */
export const grantsOf = (journey: Journey, viewer: Actor, today: string): readonly Grant[] => {
  if (journey.stage === 'none') return [];
  if (!viewer.roles.some((role) => role === 'case_manager' || role === 'supervisor')) return [];
  if (journey.owner.organisationId === viewer.organisationId)
    return [{ reason: 'owner', from: journey.opening.recordedAt, categories: 'all' }];
  return [...byConsent(journey, viewer, today), ...byReferral(journey, viewer, today)];
};

type Existing = Exclude<Journey, { stage: 'none' }>;

/** A consent to an exchange of information opens the view to its recipients. */
const byConsent = (journey: Existing, viewer: Actor, today: string): readonly Grant[] =>
  journey.consents
    .filter(
      (consent) =>
        consent.purpose === 'information-exchange' &&
        consent.recipients.includes(viewer.organisationId) &&
        isInForce(consent, today),
    )
    .map((consent) => ({
      reason: 'consent',
      basis: consent.consentId,
      from: consent.validFrom,
      ...(consent.validUntil !== undefined && { until: consent.validUntil }),
      categories: consentedCategories(consent),
    }));

/**
 * A live referral shows itself to the organisation that is to answer it, and while it is open also what
 * the consent that it rests on covers.
 */
const byReferral = (journey: Existing, viewer: Actor, today: string): readonly Grant[] =>
  journey.referrals
    .filter(
      (referral) =>
        referral.mode === 'live' &&
        referral.organisationId === viewer.organisationId &&
        isOpen(referral.status),
    )
    .map((referral) => {
      const consent = journey.consents.find(({ consentId }) => consentId === referral.consentId);
      return {
        reason: 'referral',
        basis: referral.referralId,
        from: referral.recordedAt,
        categories: consent && isInForce(consent, today) ? consentedCategories(consent) : [],
      };
    });
