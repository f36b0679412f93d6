import { createHash } from 'node:crypto';
import { canonicalJson } from '#personal-data';
import type { JsonValue } from '#personal-data';
import { clientDetailFields, viewOfClient } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { categoryOf } from '../record/index.js';
import type { DataCategory } from './domain/codes.js';
import { foldJourney } from './domain/evolve.js';
import { ownersGrants } from './domain/grants.js';
import type { Grant } from './domain/grants.js';
import type { Handover, Journey, LegalDomainPeriod, VisibleEvent } from './domain/journey.js';
import { needCategory, potentialCategory } from './domain/categories.js';
import { redact } from './domain/redact.js';

/** What a handover passes on: by category, each as it stands; one without data is empty. */
export type HandoverPackage = Readonly<Partial<Record<DataCategory, Readonly<Record<string, unknown>>>>>;

export interface IdentifiedPackage {
  readonly package: HandoverPackage;
  /** SHA-256 over canonical JSON of `{nonce, package}`, 64 lower-case hex digits. */
  readonly packageHash: string;
}

/**
 * A function of the whole record up to now (corrections applied), the client, and what the handover asks for: the
 * same fold that the receiver would see, of what the sender may pass on. Undefined where there is no such handover.
 */
export const packageOf = (
  handoverId: string,
  events: readonly VisibleEvent[],
  client: Client,
  erased: boolean,
): IdentifiedPackage | undefined => {
  const journey = foldJourney(events);
  const proposal = events.find(
    (event) => event.type === 'HandoverProposed' && event.data.handoverId === handoverId,
  );
  if (journey.stage === 'none' || proposal?.type !== 'HandoverProposed') return undefined;
  const { nonce = '', packageCategories = [], toOrganisationId } = proposal.data;
  const granted: readonly Grant[] = [
    {
      reason: 'package',
      from: proposal.recordedAt,
      categories: packageCategories,
      records: { among: ownersGrants(journey) },
    },
  ];
  const content = contentOf(
    foldJourney(redact(events, granted, toOrganisationId)),
    viewOfClient(client, erased, granted),
  );
  const all = Object.fromEntries(packageCategories.map((category) => [category, content(category)]));
  const hashed = canonicalJson({ nonce, package: all } as JsonValue);
  return { package: all, packageHash: createHash('sha256').update(hashed, 'utf8').digest('hex') };
};

/** The content of one category of what is seen. */
const contentOf =
  (journey: Journey, client: object) =>
  (category: DataCategory): Readonly<Record<string, unknown>> =>
    journey.stage === 'none'
      ? {}
      : present({
          ...clientPart(client, category),
          ...openingPart(journey, category),
          ...entriesPart(journey, category),
        });

type Existing = Exclude<Journey, { stage: 'none' }>;

const clientPart = (client: object, category: DataCategory): object =>
  Object.fromEntries(
    Object.entries(clientDetailFields)
      .filter(([, rule]) => categoryOf(rule) === category)
      .map(([field]) => [field, (client as Readonly<Record<string, unknown>>)[field]]),
  );

const openingPart = ({ opening }: Existing, category: DataCategory): object => {
  switch (category) {
    case 'contact':
      return { socialArea: opening.socialArea };
    case 'residence':
      return { residenceGroup: opening.residenceGroup };
    case 'language':
      return {
        preferredLanguage: opening.preferredLanguage,
        interpreterNeeded: opening.interpreterNeeded,
        interpreterPreference: opening.interpreterPreference,
      };
    case 'needs':
      return { accessRoute: opening.accessRoute, counsellorPreference: opening.counsellorPreference };
    case 'notes':
      return { concern: opening.concern, referredBy: opening.referredBy };
    default:
      return {};
  }
};

const entriesPart = (journey: Existing, category: DataCategory): object => ({
  needs: journey.needs.filter((need) => needCategory(need.fieldOfAction) === category).map(item),
  potentials: journey.potentials.filter(({ kind }) => potentialCategory(kind) === category).map(item),
  ...(category === 'benefits' && { legalDomains: journey.legalDomains.map(item) }),
  ...(category === 'potentials' && { lifeStory: journey.lifeStories.at(-1)?.text }),
  ...(category === 'plan' && {
    contacts: journey.contacts.map(item),
    goals: journey.goals.map(item),
    measures: journey.measures.map(item),
    referrals: journey.referrals.map(item),
  }),
});

/** The entry itself, without where in the record it stands. */
const item = (entry: object): object => {
  const {
    eventId: _e,
    recordedBy: _b,
    recordedAt: _a,
    corrected: _c,
    endEventId: _ended,
    ...content
  } = entry as Partial<Handover & LegalDomainPeriod>;
  return present(content);
};

/** Without what is not there: a package says nothing about what it leaves out. */
const present = (object: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
