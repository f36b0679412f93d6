import type { VisibleEvent } from './journey.js';

/**
 * The events with every correction applied to the event that it corrects, the later over the earlier; the
 * corrected event says so. Comes before `redact`, so that a corrected field of action decides the category.
 */
export const withCorrections = (events: readonly VisibleEvent[]): readonly VisibleEvent[] => {
  const replacements = new Map<string, Readonly<Record<string, unknown>>>();
  for (const event of events)
    if (event.type === 'DataCorrected')
      replacements.set(event.data.eventId, {
        ...replacements.get(event.data.eventId),
        ...event.data.replacement,
      });
  if (replacements.size === 0) return events;
  return events.map((event) => {
    const replacement = replacements.get(event.eventId);
    return replacement === undefined
      ? event
      : ({ ...event, data: { ...event.data, ...replacement }, corrected: true } as VisibleEvent);
  });
};
