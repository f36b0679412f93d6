import { NotVisible, Refused } from '../record/index.js';
import type { Decision } from './domain/decision.js';
import type { JourneyEvent } from './domain/events.js';

/** The decision's events, or its refusal in the terms of the HTTP contract. */
export const eventsOf = (decision: Decision): readonly JourneyEvent[] => {
  if (decision.events) return decision.events;
  const { kind, code, pointer, extensions } = decision.refusal;
  if (kind === 'unknown') throw new NotVisible();
  throw new Refused(kind, code, pointer, extensions);
};
