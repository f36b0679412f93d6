import type { CloseJourney, ReopenJourney } from './commands.js';
import { happened, notAllowed, nothingToDo, refuse, repeats } from './decision.js';
import type { Context, Decision } from './decision.js';
import { openHandover } from './handover-state.js';
import type { ActiveJourney, ClosedJourney } from './journey.js';

/** Open referrals, goals and measures end with the journey; only an open handover prevents it. */
export const closeJourney = (
  { type: _, ...closure }: CloseJourney,
  journey: ActiveJourney | ClosedJourney,
): Decision => {
  switch (journey.stage) {
    case 'active':
      return openHandover(journey) ? refuse('handover-open') : happened('JourneyClosed', closure);
    case 'closed':
      return repeats(closure, journey.closure) ? nothingToDo : refuse('journey-closed');
  }
};

export const reopenJourney = (
  { reason }: ReopenJourney,
  journey: ActiveJourney | ClosedJourney,
  { actor }: Context,
): Decision => {
  if (!actor.roles.includes('supervisor')) return notAllowed('supervisors-only');
  return journey.stage === 'active' ? nothingToDo : happened('JourneyReopened', { reason });
};
