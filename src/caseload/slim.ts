import { evolve, isOpen } from '../journeys/index.js';
import type { Journey, VisibleEvent } from '../journeys/index.js';

type Existing = Exclude<Journey, { stage: 'none' }>;

/**
 * The journey one event further, without what no list across journeys needs: texts, and whatever is settled.
 * A fold of slim journeys has the same phase, due dates, open needs and last contact as the fold of the whole
 * record, and stays small however long that is.
 */
export const evolveSlim = (journey: Journey, event: VisibleEvent): Journey => {
  const next = evolve(event.type === 'DataCorrected' ? corrected(journey, event) : journey, event);
  return next.stage === 'none' ? next : slim(next);
};

const slim = (journey: Existing): Journey => ({
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
  journey: Journey,
  { data: { eventId, replacement } }: Extract<VisibleEvent, { type: 'DataCorrected' }>,
): Journey => {
  if (journey.stage === 'none') return journey;
  const amend = <Entry extends { readonly eventId: string }>(entry: Entry): Entry =>
    entry.eventId === eventId ? { ...entry, ...replacement } : entry;
  return {
    ...journey,
    opening: amend(journey.opening),
    contacts: journey.contacts.map(amend),
    needs: journey.needs.map(amend),
    goals: journey.goals.map(amend),
    measures: journey.measures.map(amend),
  };
};
