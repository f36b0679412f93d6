import { evolve, isOpen, isOpenHandover, needCategory } from '../journeys/index.js';
import type { DataCategory, Journey, VisibleEvent } from '../journeys/index.js';

type Existing = Exclude<Journey, { stage: 'none' }>;

/** What a list across journeys is folded from: what the present owner may see, and nothing that it does not need. */
export interface SlimJourney {
  readonly journey: Journey;
  /** By organisation, what the people of former owners recorded: theirs again when the client comes back. */
  readonly formerly?: Readonly<Record<string, Entries>>;
  /**
   * By organisation, how it left entries that others had made, by the ids of the events that made them: so for it when
   * the client comes back, even if not for those who had the client meanwhile.
   */
  readonly left?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

type Entries = Pick<Existing, 'consents' | 'contacts' | 'needs' | 'goals' | 'measures' | 'referrals'>;

export const noSlimJourney: SlimJourney = { journey: { stage: 'none' } };

/**
 * The journey one event further, without what no list across journeys needs: texts, and whatever is settled.
 * A fold of slim journeys has the same phase, due dates, open needs and last contact as the fold of what the owner
 * sees of the record, and stays small however long that is.
 */
export const evolveSlim = (before: SlimJourney, event: VisibleEvent): SlimJourney => {
  const { journey, ...rest } = event.type === 'DataCorrected' ? corrected(before, event) : before;
  const next = evolve(journey, event);
  if (next.stage === 'none') return { journey: next, ...rest };
  const further = { journey: slim(next), ...rest, ...leftAfter(before, next, event) };
  switch (event.type) {
    case 'HandoverAccepted':
      return takenOver(further);
    case 'ConsentWithdrawn':
      return withdrawn(further, event.data.consentId);
    default:
      return further;
  }
};

/** Of the steps that offices take with an entry of another one, the last is what counts. */
const leftAfter = ({ left = {} }: SlimJourney, journey: Existing, event: VisibleEvent) => {
  const entry = steppedEntry(journey, event);
  const { organisationId } = event.recordedBy;
  const isOwn = entry?.recordedBy.organisationId === organisationId;
  if (!entry || (isOwn && Object.keys(left).length === 0)) return {};
  const others = Object.fromEntries(
    Object.entries(left).map(([office, { [entry.eventId]: _, ...entries }]) => [office, entries]),
  );
  if (isOwn) return { left: others };
  return {
    left: { ...others, [organisationId]: { ...others[organisationId], [entry.eventId]: entry.status } },
  };
};

const steppedEntry = ({ needs, goals, measures, referrals }: Existing, { type, data }: VisibleEvent) => {
  switch (type) {
    case 'NeedResolved':
      return needs.find(({ needId }) => needId === data.needId);
    case 'GoalReviewed':
      return goals.find(({ goalId }) => goalId === data.goalId);
    case 'MeasureCompleted':
      return measures.find(({ measureId }) => measureId === data.measureId);
    case 'ReferralAccepted':
    case 'ReferralDeclined':
    case 'ReferralStarted':
    case 'ReferralCompleted':
    case 'ReferralCancelled':
      return referrals.find(({ referralId }) => referralId === data.referralId);
    default:
      return undefined;
  }
};

/** Whoever recorded a consent has it no more, whoever records its withdrawal. */
const withdrawn = ({ journey, formerly, ...rest }: SlimJourney, consentId: string): SlimJourney => ({
  journey,
  ...rest,
  ...(formerly && {
    formerly: ofEach(formerly, ({ consents, ...entries }) => ({
      ...entries,
      consents: consents.filter((consent) => consent.consentId !== consentId),
    })),
  }),
});

const ofEach = (
  formerly: Readonly<Record<string, Entries>>,
  change: (entries: Entries) => Entries,
): Readonly<Record<string, Entries>> =>
  Object.fromEntries(Object.entries(formerly).map(([office, entries]) => [office, change(entries)]));

/** The new owner goes on with the package and their own records; the former one's wait for their return. */
const takenOver = ({ journey, formerly = {}, left = {} }: SlimJourney): SlimJourney => {
  if (journey.stage === 'none') return { journey, formerly, left };
  const [former, present] = journey.ownerships.slice(-2);
  if (!former || !present) return { journey, formerly, left };
  const { [present.organisationId]: own, ...others } = formerly;
  const passed = asLeft(
    passedOn(journey, present.organisationId, new Set(present.categories)),
    left[present.organisationId] ?? {},
  );
  return {
    journey: slim({
      ...journey,
      ...(own ? joined(passed, own) : passed),
      handovers: journey.handovers.filter((handover) => handover.toOrganisationId === present.organisationId),
    }),
    formerly: { ...others, [former.organisationId]: recordedBy(former.organisationId, journey) },
    left,
  };
};

const asLeft = (entries: Entries, statuses: Readonly<Record<string, string>>): Entries => {
  const each = <E extends { readonly eventId: string; readonly status: string }>(all: readonly E[]) =>
    all.map((entry) => ({ ...entry, status: statuses[entry.eventId] ?? entry.status }));
  const { needs, goals, measures, referrals } = entries;
  return {
    ...entries,
    needs: each(needs),
    goals: each(goals),
    measures: each(measures),
    referrals: each(referrals),
  };
};

const recordedBy = (organisationId: string, journey: Entries): Entries => {
  const own = <E extends { readonly recordedBy: { readonly organisationId: string } }>(
    entries: readonly E[],
  ) => entries.filter((entry) => entry.recordedBy.organisationId === organisationId);
  const { consents, contacts, needs, goals, measures, referrals } = journey;
  return {
    consents: own(consents),
    contacts: own(contacts),
    needs: own(needs),
    goals: own(goals),
    measures: own(measures),
    referrals: own(referrals),
  };
};

/** As `redact` leaves it for the receiver of a package. */
const passedOn = (
  { consents, contacts, needs, goals, measures, referrals }: Entries,
  receiver: string,
  categories: ReadonlySet<DataCategory>,
): Entries => {
  const plan = <E>(entries: readonly E[]): readonly E[] => (categories.has('plan') ? entries : []);
  return {
    consents: consents
      .filter(({ recipients }) => recipients.includes(receiver))
      .map((consent) => ({ ...consent, recipients: [receiver] })),
    contacts: plan(contacts),
    needs: needs.filter(({ fieldOfAction }) => categories.has(needCategory(fieldOfAction))),
    goals: plan(goals),
    measures: plan(measures),
    referrals: plan(referrals).filter(({ organisationId }) => organisationId === receiver),
  };
};

const joined = (passed: Entries, own: Entries): Entries => {
  const both = <E extends { readonly eventId: string }>(
    one: readonly E[],
    other: readonly E[],
  ): readonly E[] => [
    ...other.filter(({ eventId }) => !one.some((entry) => entry.eventId === eventId)),
    ...one,
  ];
  return {
    consents: both(passed.consents, own.consents),
    contacts: both(passed.contacts, own.contacts),
    needs: both(passed.needs, own.needs),
    goals: both(passed.goals, own.goals),
    measures: both(passed.measures, own.measures),
    referrals: both(passed.referrals, own.referrals),
  };
};

const slim = (journey: Existing): Existing => ({
  ...journey,
  opening: withoutTexts(journey.opening),
  consents: journey.consents
    .filter(({ withdrawal }) => !withdrawal)
    .map(({ textHash: _h, informed: _i, language: _l, form: _f, ...consent }) => consent),
  // Also what is past and settled: a correction may give it another day or another field of action.
  contacts: journey.contacts.map(({ contactId, eventId, occurredAt, recordedAt, recordedBy }) => ({
    contactId,
    eventId,
    recordedAt,
    recordedBy,
    ...(occurredAt !== undefined && { occurredAt }),
  })),
  needs: journey.needs.map(withoutTexts),
  potentials: [],
  lifeStories: [],
  goals: journey.goals
    .filter(({ status }) => status !== 'attained' && status !== 'dropped')
    .map(withoutTexts),
  measures: journey.measures.filter(({ status }) => status === 'planned').map(withoutTexts),
  referrals: journey.referrals.filter(({ status }) => isOpen(status)).map(withoutTexts),
  handovers: journey.handovers
    .filter((handover) => isOpenHandover(handover) || (handover.step === 'accepted' && !handover.passedOn))
    .map(({ purpose: _p, reason: _r, nonce: _n, transition: _t, answer: _a, ...handover }) => ({
      ...handover,
      informationRequests: [],
    })),
  disputes: [],
  entries: [],
});

const textFields = new Set([
  'description',
  'clientWish',
  'wording',
  'measuredBy',
  'title',
  'note',
  'concern',
  'referredBy',
  'present',
  'lastStep',
]);

const withoutTexts = <Entry extends object>(entry: Entry): Entry =>
  Object.fromEntries(Object.entries(entry).filter(([field]) => !textFields.has(field))) as Entry;

/** What `withCorrections` does for the whole record: the entry that the corrected event made gets the new values. */
const corrected = (
  { journey, formerly, ...rest }: SlimJourney,
  { data: { eventId, replacement } }: Extract<VisibleEvent, { type: 'DataCorrected' }>,
): SlimJourney => {
  if (journey.stage === 'none') return { journey };
  const amend = <Entry extends { readonly eventId: string }>(entry: Entry): Entry =>
    entry.eventId === eventId ? { ...entry, ...replacement } : entry;
  const amended = ({ contacts, needs, goals, measures }: Entries) => ({
    contacts: contacts.map(amend),
    needs: needs.map(amend),
    goals: goals.map(amend),
    measures: measures.map(amend),
  });
  return {
    journey: { ...journey, opening: amend(journey.opening), ...amended(journey) },
    ...rest,
    ...(formerly && {
      formerly: ofEach(formerly, (entries) => ({ ...entries, ...amended(entries) })),
    }),
  };
};
