import type { DataCategory, HandoverFunction, LegalDomain } from './codes.js';
import { consentedCategories, refuseConsent } from './consent.js';
import { invalid, refuse } from './decision.js';
import type { Context, Decision } from './decision.js';
import type { ActiveJourney } from './journey.js';

/** What a handover asks for, proposed or about to be. */
interface Offer {
  readonly fromOrganisationId: string;
  readonly toOrganisationId: string;
  readonly function: HandoverFunction;
  readonly basis:
    | { readonly type: 'consent'; readonly consentId: string }
    | { readonly type: 'statute'; readonly rule: string };
}

/** Who receives must be another organisation, and competent for that function in the client's town today. */
export const refuseReceiver = (
  { fromOrganisationId, toOrganisationId, function: wanted }: Offer,
  journey: ActiveJourney,
  { registers, today }: Context,
): Decision | undefined => {
  if (!registers.organisation(toOrganisationId)) return invalid('unknown-organisation', '/toOrganisationId');
  if (toOrganisationId === fromOrganisationId) return refuse('self-handover');
  const competent = registers.competentFor(wanted, journey.municipality, today).map(({ id }) => id);
  return competent.includes(toOrganisationId)
    ? undefined
    : refuse('receiver-not-competent', {
        detail:
          competent.length === 0
            ? 'Nobody is competent for that function in the client’s municipality today.'
            : `Competent for that function in the client’s municipality today: ${competent.join(', ')}.`,
        competentOrganisationIds: competent,
      });
};

/** What it rests on: a consent in force to this handover's receiver, or a statute for this pair. */
export const refuseBasis = (
  offer: Offer,
  journey: ActiveJourney,
  { registers, today }: Context,
): Decision | undefined => {
  const { basis, toOrganisationId } = offer;
  if (basis.type === 'consent')
    return refuseConsent(basis.consentId, 'handover', toOrganisationId, journey, today);
  if (!registers.statutoryRule(basis.rule)) return invalid('unknown-rule', '/basis/rule');
  const { from, to } = domainsOf(offer, registers);
  return registers.statutoryRules(from, to).some(({ rule }) => rule === basis.rule)
    ? undefined
    : refuse('rule-for-another-pair', {
        rules: registers.statutoryRules(from, to).map(({ rule }) => rule),
      });
};

/** No category but those that the basis covers; what never goes to such a receiver does not go with any. */
export const refuseCategories = (
  categories: readonly DataCategory[],
  offer: Offer,
  journey: ActiveJourney,
  { registers }: Context,
): Decision | undefined => {
  const { from, to } = domainsOf(offer, registers);
  const never = registers.neverTransferred(from, to);
  const barred = categories.filter((category) => never.includes(category));
  if (barred.length > 0)
    return refuse('category-never-transferred', {
      detail: `Whatever the basis, this never goes to such an office: ${barred.join(', ')}.`,
      categories: barred,
    });
  const covered = coveredBy(offer, journey, registers);
  const outside = categories.filter((category) => !covered.includes(category));
  if (outside.length === 0) return undefined;
  return refuse('category-outside-basis', {
    detail: `The basis does not cover: ${outside.join(', ')}.`,
    categories: outside,
    needed: outside.map((category) => ({
      category,
      // A consent that names the category and the recipient is always one way.
      bases: [
        'consent',
        ...registers
          .statutoryRules(from, to)
          .filter(({ categories: allowed }) => allowed.includes(category))
          .map(({ rule }) => rule),
      ],
    })),
  });
};

const coveredBy = (
  { basis, ...offer }: Offer,
  journey: ActiveJourney,
  registers: Context['registers'],
): readonly DataCategory[] => {
  if (basis.type === 'consent') {
    const consent = journey.consents.find(({ consentId }) => consentId === basis.consentId);
    return consent ? consentedCategories(consent) : [];
  }
  const { from, to } = domainsOf(offer, registers);
  return registers.statutoryRules(from, to).find(({ rule }) => rule === basis.rule)?.categories ?? [];
};

const domainsOf = (
  { fromOrganisationId, toOrganisationId }: Pick<Offer, 'fromOrganisationId' | 'toOrganisationId'>,
  registers: Context['registers'],
): { readonly from: LegalDomain | undefined; readonly to: LegalDomain | undefined } => ({
  from: registers.organisation(fromOrganisationId)?.legalDomain,
  to: registers.organisation(toOrganisationId)?.legalDomain,
});
