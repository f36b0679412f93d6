import { article9Categories } from './codes.js';
import type { ConsentPurpose, DataCategory } from './codes.js';
import type { GiveConsent, WithdrawConsent } from './commands.js';
import { happened, invalid, notFound, nothingToDo, refuse, repeats } from './decision.js';
import type { Context, Decision } from './decision.js';
import { isOpen } from './evolve.js';
import { isOpenHandover } from './handover-state.js';
import type { Consent, ActiveJourney, ClosedJourney } from './journey.js';

/** No blanket consent: what Art. 9 GDPR protects is named separately, and every recipient is known. */
export const giveConsent = (
  { type: _, ...consent }: GiveConsent,
  journey: ActiveJourney,
  { actor, id, registers }: Context,
): Decision => {
  const unknown = consent.recipients.findIndex((recipient) => !registers.organisation(recipient));
  if (unknown >= 0) return invalid('unknown-organisation', `/recipients/${unknown}`);
  if (consent.validUntil && consent.validUntil < consent.validFrom)
    return invalid('ends-before-it-begins', '/validUntil');
  if (consent.dataCategories.some(isArticle9) && consent.includesArticle9 !== true)
    return invalid('article-9-not-named', '/includesArticle9');
  if (consent.purpose === 'case-management' && consent.recipients.some((r) => r !== actor.organisationId))
    return invalid('recipient-is-not-the-owner', '/recipients');
  return happened('ConsentGiven', { ...consent, consentId: id });
};

/** Acts from now on, and stops in the same append what is under way and rested on it. */
export const withdrawConsent = (
  { type: _, consentId, ...said }: WithdrawConsent,
  journey: ActiveJourney | ClosedJourney,
  { today }: Context,
): Decision => {
  const consent = journey.consents.find((given) => given.consentId === consentId);
  if (!consent) return notFound;
  if (consent.withdrawal)
    return repeats(said, consent.withdrawal) ? nothingToDo : refuse('consent-withdrawn');
  const stopped = journey.referrals.filter(
    (referral) => referral.consentId === consentId && isOpen(referral.status),
  );
  return {
    events: [
      {
        type: 'ConsentWithdrawn',
        data: { consentId, channel: said.channel, withdrawnOn: said.withdrawnOn ?? today },
      },
      ...stopped.map(({ referralId }) => ({
        type: 'ReferralCancelled' as const,
        data: { referralId, cause: 'consent-withdrawn' as const },
      })),
      ...journey.handovers
        .filter(
          (handover) =>
            isOpenHandover(handover) &&
            handover.basis.type === 'consent' &&
            handover.basis.consentId === consentId,
        )
        .map(({ handoverId }) => ({
          type: 'HandoverLapsed' as const,
          data: { handoverId, cause: 'consent-withdrawn' as const },
        })),
    ],
  };
};

/** Whether the consent has effect on that day (`YYYY-MM-DD`): begun, not ended, not withdrawn. */
export const isInForce = (consent: Consent, day: string): boolean =>
  consent.withdrawal === undefined &&
  consent.validFrom <= day &&
  (consent.validUntil === undefined || day <= consent.validUntil);

/** The categories that the consent opens; what Art. 9 protects only where it says so separately. */
export const consentedCategories = (consent: Consent): readonly DataCategory[] =>
  (consent.dataCategories ?? []).filter(
    (category) => consent.includesArticle9 === true || !isArticle9(category),
  );

/** Refuses a consent that cannot be what the command rests on: unknown, ended, for others. */
export const refuseConsent = (
  consentId: string,
  purpose: ConsentPurpose,
  recipient: string,
  journey: ActiveJourney,
  today: string,
): Decision | undefined => {
  const consent = journey.consents.find((given) => given.consentId === consentId);
  if (!consent) return refuse('unknown-consent');
  if (!isInForce(consent, today)) return refuse('consent-not-in-force');
  if (consent.purpose !== purpose) return refuse('consent-for-another-purpose');
  if (!consent.recipients.includes(recipient)) return refuse('consent-for-another-recipient');
  return undefined;
};

const isArticle9 = (category: DataCategory): boolean =>
  (article9Categories as readonly DataCategory[]).includes(category);
