import type {
  IdentifyNeed,
  IdentifyPotential,
  RecordContact,
  RecordLifeStory,
  ResolveNeed,
} from './commands.js';
import { happened, nothingToDo, notFound, refuse, repeats } from './decision.js';
import type { Context, Decision } from './decision.js';
import type { ActiveJourney } from './journey.js';

/** The first contact by a new owner completes the handover, in the same append. */
export const recordContact = (
  { type: _, ...contact }: RecordContact,
  { handovers }: ActiveJourney,
  { id }: Context,
): Decision => ({
  events: [
    { type: 'ContactRecorded', data: { ...contact, contactId: id } },
    ...handovers
      .filter(({ step, passedOn }) => step === 'accepted' && !passedOn)
      .map(({ handoverId }) => ({
        type: 'HandoverCompleted' as const,
        data: { handoverId, contactId: id },
      })),
  ],
});

export const identifyNeed = (
  { type: _, ...need }: IdentifyNeed,
  _journey: ActiveJourney,
  { id }: Context,
): Decision => happened('NeedIdentified', { ...need, needId: id });

export const resolveNeed = ({ type: _, ...resolution }: ResolveNeed, journey: ActiveJourney): Decision => {
  const need = journey.needs.find(({ needId }) => needId === resolution.needId);
  if (!need) return notFound;
  if (need.status === 'open') return happened('NeedResolved', resolution);
  return repeats(resolution, need) ? nothingToDo : refuse('need-resolved');
};

export const identifyPotential = (
  { type: _, ...potential }: IdentifyPotential,
  _journey: ActiveJourney,
  { id }: Context,
): Decision => happened('PotentialIdentified', { ...potential, potentialId: id });

/** A story told again replaces nothing: each telling stands. The same words twice are one telling. */
export const recordLifeStory = ({ text }: RecordLifeStory, journey: ActiveJourney): Decision =>
  journey.lifeStories.at(-1)?.text === text ? nothingToDo : happened('LifeStoryRecorded', { text });
