import { createHash } from 'node:crypto';
import { canonicalJson } from '#personal-data';
import type { JsonValue } from '#personal-data';
import { clientDetailFields, viewOfClient } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { categoryOf } from '../record/index.js';
import type { DataCategory } from './domain/codes.js';
import { disputedIn } from './domain/disputed.js';
import { foldJourney } from './domain/evolve.js';
import { ownersGrants } from './domain/grants.js';
import type { Grant } from './domain/grants.js';
import type { Handover, Journey, LegalDomainPeriod, LifeStory, VisibleEvent } from './domain/journey.js';
import { needCategory, potentialCategory } from './domain/categories.js';
import { redact } from './domain/redact.js';

/** What a handover passes on: by category, each as it stands; one without data is empty. */
export type HandoverPackage = Readonly<Partial<Record<DataCategory, Readonly<Record<string, unknown>>>>>;

export interface IdentifiedPackage {
  readonly package: HandoverPackage;
  /** SHA-256 over canonical JSON of `{nonce, package}`, 64 lower-case hex digits. */
  readonly packageHash: string;
  /**
   * JSON Pointers into the package, to what the client contests now (§ 84 SGB X). Stands beside the package, so that
   * a dispute changes nothing of what was offered and accepted.
   */
  readonly disputedInPackage?: readonly string[];
}

/**
 * A function of the whole record up to now (corrections applied), the client, and what the handover asks for: the
 * same fold that the receiver would see, of what the sender may pass on. Undefined where there is no such handover.
 * @param now the whole record where `events` are those of an earlier moment: what is contested by now
 */
export const packageOf = (
  handoverId: string,
  events: readonly VisibleEvent[],
  client: Client,
  erased: boolean,
  now: readonly VisibleEvent[] = events,
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
  const seen = redact(events, granted, toOrganisationId);
  const passedOn = foldJourney(seen);
  const content = contentOf(passedOn, viewOfClient(client, erased, granted));
  const all = Object.fromEntries(packageCategories.map((category) => [category, content(category)]));
  const hashed = canonicalJson({ nonce, package: all } as JsonValue);
  const contested = contestedIn(now === events ? seen : redact(now, granted, toOrganisationId));
  const disputedInPackage = packageCategories.flatMap((category) =>
    pointersTo(contested, passedOn, category),
  );
  return {
    package: all,
    packageHash: createHash('sha256').update(hashed, 'utf8').digest('hex'),
    ...(disputedInPackage.length > 0 && { disputedInPackage }),
  };
};

const contestedIn = (events: readonly VisibleEvent[]): ReadonlySet<string> => {
  const journey = foldJourney(events);
  return journey.stage === 'none' ? new Set() : disputedIn(journey, events);
};

const pointersTo = (
  contested: ReadonlySet<string>,
  journey: Journey,
  category: DataCategory,
): readonly string[] => {
  if (journey.stage === 'none' || contested.size === 0) return [];
  const { opening, lifeStories } = journey;
  const fields = [
    ...(contested.has(opening.eventId) ? Object.keys(present(openingPart(journey, category))) : []),
    ...Object.keys(present(lifeStoryPart(lifeStories.at(-1), category))).filter(() =>
      contested.has(lifeStories.at(-1)?.eventId ?? ''),
    ),
    ...Object.entries(entriesPart(journey, category, ({ eventId }) => contested.has(eventId))).flatMap(
      ([name, marks]) => [...marks.keys()].filter((at) => marks[at]).map((at) => `${name}/${at}`),
    ),
  ];
  return fields.map((field) => `/${category}/${field}`);
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
          ...lifeStoryPart(journey.lifeStories.at(-1), category),
          ...entriesPart(journey, category, item),
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

const lifeStoryPart = (latest: LifeStory | undefined, category: DataCategory): object =>
  category === 'potentials' ? { lifeStory: latest?.text } : {};

/** What each entry is made to, in lists by their names. */
const entriesPart = <Made>(
  journey: Existing,
  category: DataCategory,
  make: (entry: { readonly eventId: string }) => Made,
): Readonly<Record<string, readonly Made[]>> => ({
  needs: journey.needs.filter((need) => needCategory(need.fieldOfAction) === category).map(make),
  potentials: journey.potentials.filter(({ kind }) => potentialCategory(kind) === category).map(make),
  ...(category === 'benefits' && { legalDomains: journey.legalDomains.map(make) }),
  ...(category === 'plan' && {
    contacts: journey.contacts.map(make),
    goals: journey.goals.map(make),
    measures: journey.measures.map(make),
    referrals: journey.referrals.map(make),
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
