import type { ActiveJourney, ClosedJourney, VisibleEvent } from './journey.js';
import { beginningsOf } from './record-index.js';

/**
 * The ids of the events that are contested now, and of those that they go on with: what shows a step shows its marker
 * (§ 84 SGB X).
 */
export const disputedIn = (
  { disputes, legalDomains }: ActiveJourney | ClosedJourney,
  events: readonly VisibleEvent[],
): ReadonlySet<string> => {
  const contested = new Set(disputes.flatMap(({ status, eventId }) => (status === 'open' ? [eventId] : [])));
  if (contested.size === 0) return contested;
  return new Set([
    ...beginningsOf(contested, events).map(({ eventId }) => eventId),
    ...legalDomains.flatMap(({ eventId, endEventId = '' }) => (contested.has(endEventId) ? [eventId] : [])),
  ]);
};
