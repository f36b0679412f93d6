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
    return replacement === undefined ? event : replaced(event, replacement);
  });
};

/** The events of which these were made, for as long as somebody holds them. */
const originals = new WeakMap<VisibleEvent, VisibleEvent>();

const replaced = (event: VisibleEvent, replacement: Readonly<Record<string, unknown>>): VisibleEvent => {
  const corrected = { ...event, data: { ...event.data, ...replacement }, corrected: true } as VisibleEvent;
  originals.set(corrected, asRecorded(event));
  return corrected;
};

/** The event before `withCorrections`, and with only these of its fields replaced. */
export const asRecorded = (
  event: VisibleEvent,
  replacement: Readonly<Record<string, unknown>> = {},
): VisibleEvent => {
  const original = originals.get(event) ?? event;
  return Object.keys(replacement).length === 0 ? original : replaced(original, replacement);
};
