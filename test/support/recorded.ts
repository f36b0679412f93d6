import { journeyFields } from '../../src/journeys/domain/field-table.js';
import type { JourneyEvent } from '../../src/journeys/domain/events.js';
import type { VisibleEvent } from '../../src/journeys/domain/journey.js';
import type { FieldRule } from '../../src/record/field-table.js';
import { caseManager } from './office.js';

/** A decision's events as they come back from the record: one a minute, the first at eight in the morning. */
export const recorded = (
  events: readonly JourneyEvent[],
  {
    from = '2026-03-03T08:00:00.000Z',
    by = caseManager,
  }: {
    readonly from?: string;
    readonly by?: { readonly userId: string; readonly organisationId: string };
  } = {},
): readonly VisibleEvent[] =>
  events.map((event, revision) => ({
    ...event,
    eventId: entry(revision),
    revision,
    recordedAt: new Date(Date.parse(from) + revision * 60_000).toISOString(),
    recordedBy: { userId: by.userId, organisationId: by.organisationId },
  }));

/** The id of the event with that revision. */
export const entry = (revision: number): string =>
  `e0e0e0e0-0000-5000-8000-${String(revision).padStart(12, '0')}`;

/** The event with those of its fields that the choice keeps. */
export const withFields = (
  event: VisibleEvent,
  keep: (field: string, rule: FieldRule | undefined) => boolean,
): VisibleEvent => {
  const rules: Readonly<Record<string, FieldRule>> = journeyFields[event.type].fields;
  const kept = Object.entries(event.data).filter(([field]) => keep(field, rules[field]));
  return { ...event, data: Object.fromEntries(kept) } as VisibleEvent;
};

/** What a reader sees who sees that it happened, and nothing of any category. */
export const processFieldsOnly = (event: VisibleEvent): VisibleEvent =>
  withFields(event, (_, rule) => rule === 'plain process');
