import type { Gender } from './codes.js';
import type { AssignJourney } from './commands.js';
import { happened, invalid, notAllowed, nothingToDo, refuse } from './decision.js';
import type { Context, Decision } from './decision.js';
import type { Owner } from './events.js';
import type { ActiveJourney } from './journey.js';

/** Another person of the same organisation; against the client's wish only with a reason. */
export const assignJourney = (
  { ownerUserId, fromUserId, overrideReason }: AssignJourney,
  journey: ActiveJourney,
  { actor, registers }: Context,
): Decision => {
  if (!actor.roles.includes('supervisor')) return notAllowed('supervisors-only');
  const owner = { organisationId: journey.owner.organisationId, userId: ownerUserId };
  const unfit = refuseUser(owner, registers);
  if (unfit) return unfit;
  if (ownerUserId === journey.owner.userId) return nothingToDo;
  if (fromUserId !== undefined && fromUserId !== journey.owner.userId) return refuse('owned-by-another');
  const unwished = refuseAgainstWish(owner, overrideReason, journey, registers);
  if (unwished) return unwished;
  return happened('JourneyAssigned', { owner, ...reasonOf(overrideReason) });
};

/** Says why this person cannot be the owner; undefined if they can. */
export const refuseOwner = (
  owner: Owner,
  overrideReason: string | undefined,
  journey: ActiveJourney,
  { registers }: Context,
): Decision | undefined =>
  refuseUser(owner, registers) ?? refuseAgainstWish(owner, overrideReason, journey, registers);

/** Says why nobody's journeys of that office can be given to this person; undefined if they can. */
export const refuseUser = (
  { organisationId, userId }: Owner,
  registers: Context['registers'],
  pointer = '/ownerUserId',
): Decision | undefined => {
  const user = registers.user(userId);
  if (user?.organisation !== organisationId) return invalid('unknown-user', pointer);
  return user.roles.some((role) => role === 'case_manager' || role === 'supervisor')
    ? undefined
    : invalid('user-cannot-own-journeys', pointer);
};

const refuseAgainstWish = (
  { userId }: Owner,
  overrideReason: string | undefined,
  journey: ActiveJourney,
  registers: Context['registers'],
): Decision | undefined =>
  againstWish(journey, registers.user(userId)?.gender) && !('overrideReason' in reasonOf(overrideReason))
    ? refuse('wish-not-met')
    : undefined;

/** A blank is no reason. */
export const reasonOf = (overrideReason: string | undefined): { readonly overrideReason?: string } =>
  overrideReason === undefined || isBlank(overrideReason) ? {} : { overrideReason };

const isBlank = (text: string): boolean => !/[^\p{White_Space}\p{Default_Ignorable_Code_Point}]/u.test(text);

/** Who has not said a gender meets no wish for one. */
const againstWish = ({ opening: { counsellorPreference: wish } }: ActiveJourney, gender?: Gender): boolean =>
  wish !== undefined && wish !== 'none' && wish !== gender;
