import type { Client } from '../clients/index.js';
import type { Recorder } from '../record/index.js';
import { grants } from './domain/grants.js';
import type { Grant, Moment } from './domain/grants.js';
import type { Actor } from './domain/decision.js';
import type { VisibleEvent } from './domain/journey.js';
import { journeyFormat, journeyStream } from './journey-format.js';

/** Why somebody may see a client. */
export type ClientGrant =
  Grant | { readonly reason: 'registration'; readonly from: string; readonly categories: 'all' };

/**
 * A client is seen by the organisation that registered them until a journey exists, then by whoever may read
 * one of their journeys, in the categories that they may read there.
 */
export const clientGrants = async (
  recorder: Recorder,
  client: Client,
  viewer: Actor,
  moment: Moment,
): Promise<readonly ClientGrant[]> => {
  if (client.stage === 'none') return [];
  const histories = await Promise.all(
    client.journeyIds.map((journeyId) => recorder.load(journeyStream(journeyId), journeyFormat)),
  );
  // A link whose journey was never opened, or was opened for somebody else after all, means nothing.
  const journeys = histories.filter(({ events: [opening] }) => isOf(client, opening));
  if (journeys.length > 0) return journeys.flatMap(({ events }) => grants(events, viewer, moment));
  const mayWork = viewer.roles.some((role) => role === 'case_manager' || role === 'supervisor');
  return mayWork && viewer.organisationId === client.registeredBy
    ? [{ reason: 'registration', from: client.registeredAt, categories: 'all' }]
    : [];
};

const isOf = (
  { clientId, mergedClientIds }: Extract<Client, { readonly stage: 'known' }>,
  opening: VisibleEvent | undefined,
): boolean =>
  opening?.type === 'JourneyOpened' && [clientId, ...mergedClientIds].includes(opening.data.clientId);
