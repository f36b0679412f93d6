import type { Client } from './client.js';
import type { ClientDetails, ClientEvent, ClientsMerged } from './events.js';

export type RegisterClient = ClientDetails;

export interface CorrectClient extends Partial<ClientDetails> {
  readonly reason: string;
}

export const registerClient = (details: RegisterClient, clientId: string): readonly ClientEvent[] => [
  { type: 'ClientRegistered', data: { ...details, clientId } },
];

/**
 * Records what differs from what its author sees; nothing if nothing does. What the author does not see is
 * compared with nothing: it is theirs from now on, and nobody learns by it whether they guessed right.
 */
export const correctClient = (
  { reason, ...corrections }: CorrectClient,
  seen: Partial<ClientDetails>,
): readonly ClientEvent[] => {
  const changes = Object.fromEntries(
    Object.entries(corrections).filter(([field, value]) => !equal(value, seen[field as keyof ClientDetails])),
  );
  if (Object.keys(changes).length === 0) return [];
  return [{ type: 'ClientCorrected', data: { ...changes, reason } }];
};

export const linkJourney = (journeyId: string, client: Client): readonly ClientEvent[] =>
  client.stage === 'known' && client.journeyIds.includes(journeyId)
    ? []
    : [{ type: 'JourneyLinked', data: { journeyId } }];

/** What the stream of either of the two is to say; nothing if it says so already. */
export const mergeClients = (merge: ClientsMerged, client: Client): readonly ClientEvent[] => {
  const { survivorClientId, duplicateClientId } = merge;
  const known =
    client.stage === 'known' &&
    (client.clientId === duplicateClientId
      ? client.mergedInto === survivorClientId
      : client.mergedClientIds.includes(duplicateClientId));
  return known ? [] : [{ type: 'ClientsMerged', data: merge }];
};

/** Equality of JSON values, in whatever order an object's fields come. */
const equal = (a: unknown, b: unknown): boolean => {
  if (!isObject(a) || !isObject(b)) return a === b;
  const fields = Object.keys(a);
  return fields.length === Object.keys(b).length && fields.every((field) => equal(a[field], b[field]));
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
