import type { Deadlines } from './domain/decision.js';
import { disputedIn } from './domain/disputed.js';
import { dueDates } from './domain/due.js';
import { foldJourney } from './domain/evolve.js';
import { onDay } from './domain/handover-state.js';
import type { Journey } from './domain/journey.js';
import { consentStatus } from './domain/view.js';
import { handoverItem } from './handover-item.js';
import type { Reading } from './journey-reading.js';

export interface AnswerContext {
  /** `YYYY-MM-DD` in Europe/Berlin, on which consents are in force and dues overdue. */
  readonly today: string;
  readonly deadlines: Deadlines;
  /** Whether the text that a consent was given under is one of those that are served. */
  readonly isServedText: (textHash: string) => boolean;
}

/** The journey as `GET /v1/journeys/{id}` answers it: the fold of what the reader may see. */
export const journeyAnswer = (
  { events, granted, client, phase, revision, packageOf }: Reading,
  { today, deadlines, isServedText }: AnswerContext,
): Readonly<Record<string, unknown>> => {
  const journey = onDay(foldJourney(events), today);
  if (journey.stage === 'none') return { revision };
  const disputed = disputedIn(journey, events);
  const item = itemOf(disputed);
  const { opening: opened } = journey;
  const { journeyId, clientId: _, municipality, openedOn, ...opening } = contentOf(journey.opening);
  return {
    journeyId,
    revision,
    phase,
    municipality,
    openedOn,
    owner: journey.owner,
    client,
    ...without(opening, 'owner'),
    ...('corrected' in opened && { corrected: true }),
    ...(disputed.has(opened.eventId) && { disputed: true }),
    legalDomains: journey.legalDomains.map(({ endEventId: _end, ...period }) =>
      item(period, period.endedOn === undefined ? 'current' : 'ended'),
    ),
    consents: journey.consents.map(({ withdrawal, ...consent }) => ({
      ...item(consent, consentStatus({ ...consent, ...(withdrawal && { withdrawal }) }, today)),
      ...(withdrawal && { withdrawnOn: withdrawal.withdrawnOn, channel: withdrawal.channel }),
      ...(consent.textHash !== undefined && { textKnown: isServedText(consent.textHash) }),
    })),
    contacts: journey.contacts.map((contact) => item(contact, 'recorded')),
    needs: journey.needs.map((need) => item(need, need.status)),
    potentials: journey.potentials.map((potential) => item(potential, 'recorded')),
    ...lifeStoryOf(journey, item),
    goals: journey.goals.map((goal) => item(goal, goal.status)),
    measures: journey.measures.map((measure) => item(measure, measure.status)),
    referrals: journey.referrals.map((referral) => item(referral, referral.status)),
    handovers: journey.handovers.map((handover) => ({
      ...handoverItem(handover, { today, deadlines, isClosed: journey.stage === 'closed', packageOf }),
      ...(disputed.has(handover.eventId) && { disputed: true }),
    })),
    disputes: journey.disputes.map(({ recordedBy: _by, recordedAt, ...dispute }) => ({
      ...dispute,
      recordedAt,
    })),
    due: granted.some(({ reason }) => reason === 'owner')
      ? dueDates(journey, deadlines.calendar, deadlines.periodsOf).map(({ what, on, of }) => ({
          what,
          on,
          overdue: on < today,
          ...(of !== undefined && { of }),
        }))
      : [],
    ...(journey.stage === 'closed' && {
      closure: { ...journey.closure, ...(disputed.has(journey.closure.eventId) && { disputed: true }) },
    }),
  };
};

type Existing = Exclude<Journey, { stage: 'none' }>;

type Item = (entry: object & { eventId: string; recordedAt: string }, status: string) => object;

/** An entry as it was sent, with what became of it and the event to name in a dispute or a correction. */
const itemOf =
  (disputed: ReadonlySet<string>): Item =>
  (entry, status) => ({
    ...contentOf(entry),
    status,
    eventId: entry.eventId,
    recordedAt: entry.recordedAt,
    ...('corrected' in entry && { corrected: true }),
    ...(disputed.has(entry.eventId) && { disputed: true }),
  });

const contentOf = <E extends object>(
  entry: E,
): Omit<E, 'eventId' | 'recordedBy' | 'recordedAt' | 'corrected'> => {
  const {
    eventId: _e,
    recordedBy: _b,
    recordedAt: _a,
    corrected: _c,
    ...content
  } = entry as E & {
    eventId?: unknown;
    recordedBy?: unknown;
    recordedAt?: unknown;
    corrected?: unknown;
  };
  return content;
};

const without = <E extends object, F extends string>(from: E, field: F): Omit<E, F> => {
  const { [field]: _, ...rest } = from as E & Record<F, unknown>;
  return rest;
};

const lifeStoryOf = (journey: Existing, item: Item): object => {
  const latest = journey.lifeStories.at(-1);
  return latest ? { lifeStory: item(latest, 'recorded') } : {};
};
