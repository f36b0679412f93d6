import type { DataCategory, HandoverFunction, LegalDomain } from '../journeys/index.js';
import { addDays } from '../reference/index.js';
import type { OrganisationKind } from '../reference/index.js';
import { giveConsent } from './consents.js';
import { caseManagersOf, supervisorsOf } from './story.js';
import type { Author } from './story.js';
import type { Tale } from './tale.js';

/** What an owner can offer to whom, and on what ground. */
export interface Offer {
  readonly toOrganisationId: string;
  readonly function: HandoverFunction;
  readonly packageCategories: readonly DataCategory[];
  readonly basis:
    | { readonly type: 'consent'; readonly consentId: string }
    | { readonly type: 'statute'; readonly rule: string };
}

export interface Receiver {
  readonly organisationId: string;
  readonly function: HandoverFunction;
  readonly legalDomain?: LegalDomain;
}

/** Another office that is competent in this town and has people here; none where nobody could review it. */
export const chooseReceiver = ({
  story,
  chance,
  person,
  reference,
  municipality,
}: Tale): Receiver | undefined => {
  const owner = reference.organisation(story.owner().organisationId);
  const wanted = wantedFrom[owner?.kind ?? 'school'];
  if (!owner || !wanted || reviewersOf({ story, reference }).length === 0) return undefined;
  const wantedFunction = chance.weighted(wanted);
  // Whoever needs no title has no business at the immigration office.
  if (wantedFunction === 'residence' && ['eu', 'german'].includes(person.residenceGroup)) return undefined;
  const receiver = reference
    .competentFor(wantedFunction, municipality, story.today())
    .find(({ id }) => id !== owner.id && caseManagersOf(reference, id).length > 0);
  return (
    receiver && {
      organisationId: receiver.id,
      function: wantedFunction,
      ...(receiver.legalDomain && { legalDomain: receiver.legalDomain }),
    }
  );
};

/** A statute where there is one for the two, most of the time; otherwise what the client agrees to today. */
export const chooseOffer = (tale: Tale, receiver: Receiver, validUntil?: string): Offer => {
  const { story, chance, reference } = tale;
  const from = reference.organisation(story.owner().organisationId)?.legalDomain;
  const statutes = reference.statutoryRules(from, receiver.legalDomain);
  const common = { toOrganisationId: receiver.organisationId, function: receiver.function };
  if (statutes.length > 0 && chance.happens(0.7)) {
    const { rule, categories } = chance.oneOf(statutes);
    return { ...common, packageCategories: categories, basis: { type: 'statute', rule } };
  }
  const packageCategories = agreedFor[receiver.function] ?? [
    'identity',
    'contact',
    'language',
    'needs',
    'plan',
  ];
  const consentId = giveConsent(
    tale,
    'handover',
    [receiver.organisationId],
    packageCategories,
    validUntil ?? (chance.happens(0.5) ? addDays(story.today(), 90) : undefined),
  );
  return { ...common, packageCategories, basis: { type: 'consent', consentId } };
};

/** Somebody whom the client wishes for, where there is such a person. */
export const chooseNewOwner = ({ chance, person, reference }: Tale, { organisationId }: Receiver): Author => {
  const staff = caseManagersOf(reference, organisationId);
  const wished = staff.filter(({ gender }) => gender === person.wish);
  return chance.oneOf(wished.length > 0 ? wished : staff);
};

/** Supervisors of the owner's house other than the owner. */
export const reviewersOf = ({ story, reference }: Pick<Tale, 'story' | 'reference'>): readonly Author[] => {
  const { organisationId, userId } = story.owner();
  return supervisorsOf(reference, organisationId).filter((one) => one.userId !== userId);
};

const wantedFrom: Readonly<
  Partial<Record<OrganisationKind, Readonly<Partial<Record<HandoverFunction, number>>>>>
> = {
  'integration-management': {
    'job-seekers-benefits': 52,
    residence: 22,
    'migration-advice': 18,
    'youth-welfare': 8,
  },
  'job-centre': { residence: 55, 'integration-management': 37, 'youth-welfare': 8 },
  'immigration-office': {
    'job-seekers-benefits': 60,
    'integration-management': 28,
    'migration-advice': 12,
  },
};

const agreedFor: Readonly<Partial<Record<HandoverFunction, readonly DataCategory[]>>> = {
  'job-seekers-benefits': ['identity', 'contact', 'language', 'education', 'employment', 'plan'],
  residence: ['identity', 'contact', 'residence', 'language'],
};
