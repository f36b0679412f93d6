import type { DataCategory } from './codes.js';
import { evolve, foldJourney } from './evolve.js';
import { grantsTo } from './grants.js';
import type { Grant } from './grants.js';
import type { VisibleEvent } from './journey.js';

/** That an organisation's case managers and supervisors could see something, and why. */
export interface Sight {
  readonly organisationId: string;
  readonly reason: Grant['reason'];
  /** The consent, referral or handover that it rested on. */
  readonly basis?: string;
  readonly from: string;
  readonly until?: string;
  /** RFC 3339 in UTC: where it ended on that very day. */
  readonly endedAt?: string;
  readonly categories: 'all' | readonly DataCategory[];
  /** Of which part of the record, where not of the whole. */
  readonly records?: {
    readonly from?: string;
    readonly before?: string;
    readonly recordedBy?: string;
  };
}

export interface Day {
  /** `YYYY-MM-DD` in Europe/Berlin. */
  readonly day: string;
  /** RFC 3339 in UTC: its first and its last moment. */
  readonly begins: string;
  readonly ends: string;
}

/**
 * Who could see what at any moment of that day, from the record alone and by the same `grants` by which they were
 * shown it.
 */
export const visibilityOn = (
  events: readonly VisibleEvent[],
  { day, begins, ends }: Day,
): readonly Sight[] => {
  const before = events.filter(({ recordedAt }) => recordedAt < begins).length;
  const after = events.filter(({ recordedAt }) => recordedAt <= ends).length;
  const organisations = concerned(events.slice(0, after));
  const sights = new Map<string, Sight>();
  let journey = foldJourney(events.slice(0, before));
  for (let upTo = before; upTo <= after; upTo += 1) {
    const last = events[upTo - 1];
    if (upTo > before && last) {
      journey = evolve(journey, last);
      if (!changesSight(last)) continue;
    }
    const now = new Map(
      organisations.flatMap((organisationId) =>
        grantsTo(organisationId, journey, day).map((grant) => {
          const sight = sightOf(organisationId, grant);
          return [JSON.stringify(sight), sight] as const;
        }),
      ),
    );
    const changedAt = last?.recordedAt;
    for (const [key, sight] of sights)
      if (!now.has(key) && sight.endedAt === undefined && changedAt !== undefined)
        sights.set(key, { ...sight, endedAt: changedAt });
    for (const [key, sight] of now) sights.set(key, sight);
  }
  return [...sights.values()];
};

/** Whether anybody may see more or less after such an event than before: a busy day has many others. */
const changesSight = ({ type }: VisibleEvent): boolean => /^(?:Journey|Consent|Referral|Handover)/.test(type);

/** Every organisation that the record names where rights to see come from. */
const concerned = (events: readonly VisibleEvent[]): readonly string[] => [
  ...new Set(
    events.flatMap((event) => {
      switch (event.type) {
        case 'JourneyOpened':
        case 'HandoverAccepted':
          return [event.data.owner.organisationId];
        case 'ConsentGiven':
          return event.data.recipients;
        case 'ReferralMade':
          return event.data.organisationId === undefined ? [] : [event.data.organisationId];
        case 'HandoverProposed':
          return [event.data.toOrganisationId];
        default:
          return [];
      }
    }),
  ),
];

const sightOf = (
  organisationId: string,
  { reason, basis, from, until, categories, records }: Grant,
): Sight => ({
  organisationId,
  reason,
  ...(basis !== undefined && { basis }),
  from,
  ...(until !== undefined && { until }),
  categories,
  ...(records && {
    records: {
      ...(records.from && { from: records.from.at }),
      ...(records.before && { before: records.before.at }),
      ...(records.by !== undefined && { recordedBy: records.by }),
    },
  }),
});
