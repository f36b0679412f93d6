import type { VisibleEvent } from '../domain/journey.js';

export type TimelineLanguage = 'de' | 'en';

export interface TimelineItem {
  readonly eventId: string;
  readonly type: string;
  readonly revision: number;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly recordedBy: { readonly organisationId: string; readonly userId: string };
  readonly text: string;
}

/** What a reader may see, in words, in the order in which it was recorded. */
export const timelineItems = (
  events: readonly VisibleEvent[],
  _language: TimelineLanguage,
): readonly TimelineItem[] =>
  events.map(({ eventId, type, revision, recordedAt, recordedBy }) => ({
    eventId,
    type,
    revision,
    occurredAt: recordedAt,
    recordedAt,
    recordedBy,
    text: type,
  }));
