import type { OpenJourney } from './commands.js';
import { happened, invalid, refuse } from './decision.js';
import type { Context, Decision } from './decision.js';
import type { Journey } from './journey.js';

/** An organisation opens journeys in the municipalities that it serves; whoever opens one owns it. */
export const openJourney = (
  { type: _, openedOn, ...intake }: OpenJourney,
  journey: Journey,
  { actor, today, id, registers }: Context,
): Decision => {
  if (journey.stage !== 'none') return refuse('journey-exists');
  if (!registers.servesMunicipality(actor.organisationId, intake.municipality))
    return refuse('municipality-not-served');
  if (intake.socialArea !== undefined && !registers.socialAreaIn(intake.socialArea, intake.municipality))
    return invalid('social-area-elsewhere', '/socialArea');
  return happened('JourneyOpened', {
    ...intake,
    journeyId: id,
    owner: { organisationId: actor.organisationId, userId: actor.userId },
    openedOn: openedOn ?? today,
  });
};
