import { createHash } from 'node:crypto';
import { canonicalJson } from '#personal-data';
import type { JsonValue } from '#personal-data';
import { clientDetailFields, viewOfClient } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { categoryOf } from '../record/index.js';
import type { FieldCategory, FieldRule } from '../record/index.js';
import { dataCategories } from './domain/codes.js';
import type { DataCategory } from './domain/codes.js';
import { disputedIn } from './domain/disputed.js';
import type { JourneyEventType } from './domain/events.js';
import { foldJourney } from './domain/evolve.js';
import { journeyFields } from './domain/field-table.js';
import { ownersGrants } from './domain/grants.js';
import type { Grant } from './domain/grants.js';
import type { Journey, LifeStory, VisibleEvent } from './domain/journey.js';
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
    ...Object.entries(entriesPart(journey, category)).flatMap(([list, parts]) =>
      [...parts.keys()].filter((at) => contested.has(parts[at]!.eventId)).map((at) => `${list}/${at}`),
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
          ...Object.fromEntries(
            Object.entries(entriesPart(journey, category)).map(([list, parts]) => [
              list,
              parts.map(({ content }) => content),
            ]),
          ),
        });

type Existing = Exclude<Journey, { stage: 'none' }>;

const clientPart = (client: object, category: DataCategory): object =>
  Object.fromEntries(
    Object.entries(clientDetailFields)
      .filter(([, rule]) => categoryOf(rule) === category)
      .map(([field]) => [field, (client as Readonly<Record<string, unknown>>)[field]]),
  );

const openingPart = ({ opening }: Existing, category: DataCategory): object =>
  fieldsOf(opening, (field) => categoryIn(['JourneyOpened'], field) === category);

const lifeStoryPart = (latest: LifeStory | undefined, category: DataCategory): object =>
  categoryIn(['LifeStoryRecorded'], 'text') === category ? { lifeStory: latest?.text } : {};

/** What a category holds of one entry. */
interface Part {
  readonly eventId: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** What the category holds of each entry, in lists by their names. */
const entriesPart = (
  journey: Existing,
  category: DataCategory,
): Readonly<Record<string, readonly Part[]>> => {
  const of = partsIn(category);
  return {
    contacts: of(journey.contacts, 'contactId', () => 'plan', ['ContactRecorded']),
    needs: of(journey.needs, 'needId', ({ fieldOfAction }) => needCategory(fieldOfAction), [
      'NeedIdentified',
      'NeedResolved',
    ]),
    potentials: of(journey.potentials, 'potentialId', ({ kind }) => potentialCategory(kind), [
      'PotentialIdentified',
    ]),
    goals: of(journey.goals, 'goalId', () => 'plan', ['GoalAgreed', 'GoalReviewed']),
    measures: of(journey.measures, 'measureId', () => 'plan', ['MeasurePlanned', 'MeasureCompleted']),
    referrals: of(journey.referrals, 'referralId', () => 'plan', ['ReferralMade', 'ReferralDeclined']),
    legalDomains: of(journey.legalDomains, undefined, () => 'benefits', ['LegalDomainEntered']),
  };
};

/**
 * An entry stands in its own category; a field of it that belongs to another one (a need's description to the notes)
 * stands there, beside the entry's id.
 */
const partsIn =
  (category: DataCategory) =>
  <E extends { readonly eventId: string }>(
    entries: readonly E[],
    id: (keyof E & string) | undefined,
    ownCategory: (entry: E) => DataCategory,
    types: readonly JourneyEventType[],
  ): readonly Part[] =>
    entries.flatMap((entry) => {
      const own = ownCategory(entry);
      const content = fieldsOf(entry, (field) => (categoryIn(types, field) ?? own) === category);
      if (own === category) return { eventId: entry.eventId, content };
      if (Object.keys(content).length === 0) return [];
      return { eventId: entry.eventId, content: { ...(id && { [id]: entry[id] }), ...content } };
    });

/** The category that the table names for the field; undefined where it is the entry's own. */
const categoryIn = (types: readonly JourneyEventType[], field: string): DataCategory | undefined => {
  for (const type of types) {
    const rules: Readonly<Record<string, FieldRule>> = journeyFields[type].fields;
    const category = rules[field] && categoryOf(rules[field]);
    if (category !== undefined) return isSettled(category) ? category : undefined;
  }
  return undefined;
};

const isSettled = (category: FieldCategory): category is DataCategory =>
  (dataCategories as readonly FieldCategory[]).includes(category);

/** Those fields of the entry, without where in the record it stands; of its last step likewise. */
const fieldsOf = (entry: object, keep: (field: string) => boolean): Readonly<Record<string, unknown>> =>
  present(
    Object.fromEntries(
      Object.entries(entry).flatMap(([field, value]): [string, unknown][] => {
        if (field === 'lastStep') return [[field, fieldsOf(value as object, keep)]];
        return placeInRecord.has(field) || !keep(field) ? [] : [[field, value]];
      }),
    ),
  );

const placeInRecord = new Set(['eventId', 'recordedBy', 'recordedAt', 'corrected', 'endEventId']);

/** Without what is not there: a package says nothing about what it leaves out. */
const present = (object: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => !isNothing(value)));

const isNothing = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
