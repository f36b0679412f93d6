import type { KnownClient } from './client.js';

/**
 * Who else is the same person: reachable in one step from this client, in either direction. Where two clients
 * are one, each of them names the other.
 */
export const joinedTo = (client: KnownClient): readonly string[] =>
  client.mergedInto === undefined ? client.mergedClientIds : [client.mergedInto, ...client.mergedClientIds];

/** A merge counts once the duplicate's own stream says so; before, it may still be refused or never finished. */
export const areMerged = (one: KnownClient, other: KnownClient): boolean =>
  one.mergedInto === other.clientId || other.mergedInto === one.clientId;

/**
 * All clients who are one person, as one: the survivor, with everybody's journeys. The survivor is whom the
 * others were merged into. Merges that crossed each other at the same moment may leave nobody who was not
 * merged; then it is who was registered first.
 */
export const asOnePerson = (clients: readonly [KnownClient, ...KnownClient[]]): KnownClient => {
  const [first, ...rest] = clients;
  if (rest.length === 0) return { ...first, mergedClientIds: [] };
  const survivor = clients.find(({ mergedInto }) => mergedInto === undefined) ?? earliest(clients);
  const others = clients
    .filter((client) => client !== survivor)
    .sort((one, other) => (one.clientId < other.clientId ? -1 : 1));
  const { mergedInto: _, ...unmerged } = survivor;
  return {
    ...unmerged,
    journeyIds: [survivor, ...others].flatMap(({ journeyIds }) => journeyIds),
    mergedClientIds: others.map(({ clientId }) => clientId),
  };
};

const earliest = (clients: readonly [KnownClient, ...KnownClient[]]): KnownClient =>
  clients.reduce((one, other) => (registrationOf(other) < registrationOf(one) ? other : one));

const registrationOf = ({ registeredAt, clientId }: KnownClient): string => `${registeredAt} ${clientId}`;
