import type { DataCategory } from './codes.js';
import { consentedCategories, isInForce } from './consent.js';
import type { Actor } from './decision.js';
import { foldJourney, isOpen } from './evolve.js';
import { isPending, onDay } from './handover-state.js';
import type { Journey, Ownership, VisibleEvent } from './journey.js';

export const grantReasons = [
  'owner',
  'former-owner',
  'own-records',
  'package',
  'consent',
  'referral',
] as const;

/** Why somebody may see something of a journey, from when, and what. */
export interface Grant {
  readonly reason: (typeof grantReasons)[number];
  /** The consent, referral or handover that it rests on. */
  readonly basis?: string;
  /** RFC 3339 in UTC or `YYYY-MM-DD`: since when. */
  readonly from: string;
  /** `YYYY-MM-DD`, this day included: where the end is known ahead. */
  readonly until?: string;
  readonly categories: 'all' | readonly DataCategory[];
  /** Of which part of the record; of the whole if absent. */
  readonly records?: Records;
}

/** A part of the record: what lies within all of these. */
export interface Records {
  readonly from?: Point;
  /** Up to this one and not including it. */
  readonly before?: Point;
  /** What this organisation's own people recorded. */
  readonly by?: string;
  /** What these show: nobody passes on what they do not see. */
  readonly among?: readonly Grant[];
}

/** A place in the record of a journey, and the moment at which that was recorded. */
export interface Point {
  readonly revision: number;
  /** RFC 3339 in UTC. */
  readonly at: string;
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
  if (!viewer.roles.some((role) => role === 'case_manager' || role === 'supervisor')) return [];
  return grantsTo(viewer.organisationId, journey, today);
};

/** What the case managers and supervisors of an organisation may see. */
export const grantsTo = (organisationId: string, journey: Journey, today: string): readonly Grant[] => {
  if (journey.stage === 'none') return [];
  const asOffice = byResponsibility(organisationId, journey);
  if (asOffice.some(seesEverything)) return asOffice;
  return [
    ...asOffice,
    ...byOffer(organisationId, onDay(journey, today)),
    ...byConsent(organisationId, journey, today),
    ...byReferral(organisationId, journey, today),
  ];
};

/** What the present owner sees because they are: what a handover can be made of. */
export const ownersGrants = (journey: Existing): readonly Grant[] =>
  held(journey.ownerships, journey.ownerships.length - 1);

/** Where the record ends for a reader who is nothing but a former owner; undefined for all others. */
export const horizonOf = (granted: readonly Grant[]): Point | undefined =>
  granted.every(({ reason }) => reason === 'former-owner') ? granted[0]?.records?.before : undefined;

/**
 * The record as far as it goes for this reader. A former owner's ends with the acceptance; but what was stopped by a
 * withdrawal that its own people recorded since is its own doing.
 */
export const recordFor = <E extends VisibleEvent>(
  events: readonly E[],
  granted: readonly Grant[],
  organisationId: string,
): readonly E[] => {
  const end = horizonOf(granted);
  return end === undefined
    ? events
    : events.filter((event) => event.revision < end.revision || isWithdrawalBy(organisationId, event));
};

/**
 * The revision of the last event that this reader may know to have happened. Who is granted nothing knows of that one
 * handover or referral, if any.
 */
export const revisionFor = (
  events: readonly VisibleEvent[],
  granted: readonly Grant[],
  organisationId: string,
  business: object,
): number => {
  const known =
    granted.length === 0
      ? events.filter(({ data }) => isOfBusiness(data, business))
      : recordFor(events, granted, organisationId);
  return known.at(-1)?.revision ?? 0;
};

interface Business {
  readonly handoverId?: string;
  readonly referralId?: string;
}

const isOfBusiness = (data: object, { handoverId, referralId }: Business): boolean =>
  (handoverId !== undefined && 'handoverId' in data && data.handoverId === handoverId) ||
  (referralId !== undefined && 'referralId' in data && data.referralId === referralId);

/** That a consent was withdrawn, or something that rested on it was stopped, by that organisation. */
export const isWithdrawalBy = (organisationId: string, { type, data, recordedBy }: VisibleEvent): boolean =>
  recordedBy.organisationId === organisationId &&
  (type === 'ConsentWithdrawn' || ('cause' in data && data.cause === 'consent-withdrawn'));

const seesEverything = ({ categories, records }: Grant): boolean =>
  categories === 'all' && records === undefined;

type Existing = Exclude<Journey, { stage: 'none' }>;

/** The owner's rights, or what a former owner keeps: their own people's records, up to that moment. */
const byResponsibility = (organisationId: string, journey: Existing): readonly Grant[] => {
  const { ownerships } = journey;
  const last = ownerships.findLastIndex((ownership) => ownership.organisationId === organisationId);
  const mine = ownerships[last];
  const next = ownerships[last + 1];
  if (!mine) return [];
  if (!next) return held(ownerships, last);
  return [
    {
      reason: 'former-owner',
      from: mine.since,
      categories: 'all',
      // The acceptance is the moment itself.
      records: { by: organisationId, before: { ...startOf(next), revision: next.fromRevision + 1 } },
    },
  ];
};

/** What came with an ownership: the first holds everything, every later one the package and what is its own. */
const held = (ownerships: Existing['ownerships'], index: number): readonly Grant[] => {
  const ownership = ownerships[index] ?? ownerships[0];
  const { organisationId, since, handoverId, categories } = ownership;
  if (index <= 0) return [{ reason: 'owner', from: since, categories: 'all' }];
  const start = startOf(ownership);
  return [
    { reason: 'owner', from: since, categories: 'all', records: { from: start } },
    {
      reason: 'package',
      ...(handoverId !== undefined && { basis: handoverId }),
      from: since,
      categories,
      records: { before: start, among: held(ownerships, index - 1) },
    },
    {
      reason: 'own-records',
      from: since,
      categories: 'all',
      records: { before: start, by: organisationId },
    },
  ];
};

const startOf = ({ fromRevision, since }: Ownership): Point => ({ revision: fromRevision, at: since });

/** Whoever is to decide on an approved handover sees the package. */
const byOffer = (organisationId: string, journey: Existing): readonly Grant[] =>
  journey.handovers
    .filter((handover) => handover.toOrganisationId === organisationId && isPending(handover))
    .map(({ handoverId, approvedAt, recordedAt, packageCategories, basis }) => ({
      reason: 'package',
      basis: handoverId,
      from: approvedAt ?? recordedAt,
      ...(basis.type === 'consent' && basis.validUntil !== undefined && { until: basis.validUntil }),
      categories: packageCategories ?? [],
      records: { among: ownersGrants(journey) },
    }));

/** A consent to an exchange of information opens the view to its recipients. */
const byConsent = (organisationId: string, journey: Existing, today: string): readonly Grant[] =>
  journey.consents
    .filter(
      (consent) =>
        consent.purpose === 'information-exchange' &&
        consent.recipients.includes(organisationId) &&
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
const byReferral = (organisationId: string, journey: Existing, today: string): readonly Grant[] =>
  journey.referrals
    .filter(
      (referral) =>
        referral.mode === 'live' && referral.organisationId === organisationId && isOpen(referral.status),
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
