import type {
  AcceptReferral,
  CancelReferral,
  CompleteReferral,
  DeclineReferral,
  MakeReferral,
  StartReferral,
} from './commands.js';
import { isInForce, refuseConsent } from './consent.js';
import { happened, invalid, notAllowed, notFound, nothingToDo, refuse, repeats } from './decision.js';
import type { Context, Decision } from './decision.js';
import { isOpen } from './evolve.js';
import type { ActiveJourney, ClosedJourney, Referral } from './journey.js';
import type { ReferralStatus } from './statuses.js';

/** Ownership stays. A live referral is answered by the receiving organisation, a logged one by the owner. */
export const makeReferral = (
  { type: _, ...referral }: MakeReferral,
  journey: ActiveJourney,
  { id, today, registers }: Context,
): Decision => {
  if (!registers.organisation(referral.organisationId))
    return invalid('unknown-organisation', '/organisationId');
  if (!journey.needs.some(({ needId }) => needId === referral.needId)) return refuse('unknown-need');
  if (referral.consentId) {
    const refusal = refuseConsent(referral.consentId, 'referral', referral.organisationId, journey, today);
    if (refusal) return refusal;
  }
  return happened('ReferralMade', { ...referral, referralId: id });
};

export const acceptReferral = (
  { type: _, ...step }: AcceptReferral,
  journey: ActiveJourney,
  { actor, today }: Context,
): Decision =>
  answer(step, journey, actor.organisationId, 'accepted', { live: ['made'], logged: ['made'] }) ??
  refuseOnEndedConsent(step, journey, today) ??
  happened('ReferralAccepted', step);

export const declineReferral = (
  { type: _, ...step }: DeclineReferral,
  journey: ActiveJourney,
  { actor }: Context,
): Decision =>
  answer(step, journey, actor.organisationId, 'declined', { live: ['made'], logged: ['made'] }) ??
  happened('ReferralDeclined', step);

export const startReferral = (
  { type: _, ...step }: StartReferral,
  journey: ActiveJourney,
  { actor, today }: Context,
): Decision =>
  answer(step, journey, actor.organisationId, 'started', {
    live: ['accepted'],
    logged: ['made', 'accepted'],
  }) ??
  refuseOnEndedConsent(step, journey, today) ??
  happened('ReferralStarted', step);

export const completeReferral = (
  { type: _, ...step }: CompleteReferral,
  journey: ActiveJourney,
  { actor }: Context,
): Decision =>
  answer(step, journey, actor.organisationId, 'completed', {
    live: ['accepted', 'started'],
    logged: ['made', 'accepted', 'started'],
  }) ?? happened('ReferralCompleted', step);

/** Only the owner takes a referral back. */
export const cancelReferral = (
  { type: _, ...step }: CancelReferral,
  journey: ActiveJourney,
  { actor }: Context,
): Decision => {
  const referral = journey.referrals.find(({ referralId }) => referralId === step.referralId);
  if (!referral) return notFound;
  if (actor.organisationId !== journey.owner.organisationId) return notAllowed('not-the-owner');
  if (isOpen(referral.status)) return happened('ReferralCancelled', step);
  return referral.status === 'cancelled' && repeatsStep(step, referral)
    ? nothingToDo
    : refuse(`referral-${referral.status}`);
};

/** Says why this organisation cannot take the referral there from where it stands; `undefined` if it can. */
const answer = (
  step: ReferralStepCommand,
  journey: ActiveJourney,
  organisationId: string,
  to: ReferralStatus,
  from: Record<'live' | 'logged', readonly ReferralStatus[]>,
): Decision | undefined => {
  const referral = journey.referrals.find(({ referralId }) => referralId === step.referralId);
  if (!referral?.mode) return notFound;
  // Whom else the client was referred to is nothing that a third organisation learns, by no answer.
  if (![referral.organisationId, journey.owner.organisationId].includes(organisationId)) return notFound;
  const answering = referral.mode === 'live' ? referral.organisationId : journey.owner.organisationId;
  if (organisationId !== answering)
    return notAllowed(referral.mode === 'live' ? 'not-the-receiving-organisation' : 'not-the-owner');
  if (referral.status === to && repeatsStep(step, referral)) return nothingToDo;
  return from[referral.mode].includes(referral.status) ? undefined : refuse(`referral-${referral.status}`);
};

/** Nobody begins with a client on a consent that has ended. A logged referral only tells what others did. */
const refuseOnEndedConsent = (
  { referralId }: ReferralStepCommand,
  { referrals, consents }: ActiveJourney,
  today: string,
): Decision | undefined => {
  const referral = referrals.find((known) => known.referralId === referralId);
  if (referral?.mode !== 'live' || referral.consentId === undefined) return undefined;
  const consent = consents.find(({ consentId }) => consentId === referral.consentId);
  return consent && !isInForce(consent, today) ? refuse('consent-not-in-force') : undefined;
};

/** On a closed journey no referral waits for an answer. */
export const answeredTooLate = (
  referralId: string,
  { referrals }: ClosedJourney,
  { actor }: Context,
): Decision => {
  const referral = referrals.find((known) => known.referralId === referralId);
  return referral?.mode === 'live' && referral.organisationId === actor.organisationId
    ? refuse(`referral-${referral.status}`)
    : notFound;
};

type ReferralStepCommand = Omit<AcceptReferral | DeclineReferral | CompleteReferral | CancelReferral, 'type'>;

const repeatsStep = (
  { referralId: _, ...step }: ReferralStepCommand,
  { reason, outcome, lastStep }: Referral,
) => repeats(step, { reason, outcome, ...lastStep });

/** The steps that the receiving organisation of a live referral takes itself. */
export const answersOfReceiver = new Set<string>([
  'AcceptReferral',
  'DeclineReferral',
  'StartReferral',
  'CompleteReferral',
]);
