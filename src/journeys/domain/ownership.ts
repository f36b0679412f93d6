import type { Gender } from './codes.js';
import type { AssignJourney } from './commands.js';
import { happened, invalid, notAllowed, nothingToDo, refuse } from './decision.js';
import type { Context, Decision } from './decision.js';
import type { ActiveJourney } from './journey.js';

/** Another person of the same organisation; against the client's wish only with a reason. */
export const assignJourney = (
  { ownerUserId, fromUserId, overrideReason }: AssignJourney,
  journey: ActiveJourney,
  { actor, registers }: Context,
): Decision => {
  if (!actor.roles.includes('supervisor')) return notAllowed('supervisors-only');
  const user = registers.user(ownerUserId);
  if (user?.organisation !== journey.owner.organisationId) return invalid('unknown-user', '/ownerUserId');
  if (!user.roles.some((role) => role === 'case_manager' || role === 'supervisor'))
    return invalid('user-cannot-own-journeys', '/ownerUserId');
  if (ownerUserId === journey.owner.userId) return nothingToDo;
  if (fromUserId !== undefined && fromUserId !== journey.owner.userId) return refuse('owned-by-another');
  if (againstWish(journey, user.gender) && overrideReason === undefined) return refuse('wish-not-met');
  return happened('JourneyAssigned', {
    owner: { organisationId: journey.owner.organisationId, userId: ownerUserId },
    ...(overrideReason !== undefined && { overrideReason }),
  });
};

/** Who has not said a gender meets no wish for one. */
const againstWish = ({ opening: { counsellorPreference: wish } }: ActiveJourney, gender?: Gender): boolean =>
  wish !== undefined && wish !== 'none' && wish !== gender;
