import type { Recorded } from '../../record/recorded.js';
import type { ClientDetails, ClientEvent, ClientsMerged } from './events.js';

export interface NoClient {
  readonly stage: 'none';
}
export interface KnownClient {
  readonly stage: 'known';
  readonly clientId: string;
  /** The organisation that registered the client: sees them as long as there is no journey. */
  readonly registeredBy: string;
  /** RFC 3339 in UTC. */
  readonly registeredAt: string;
  readonly details: ClientDetails;
  /** Who recorded each of the details as it stands, and when. */
  readonly recorded: Readonly<Record<string, Recording>>;
  /** Journeys that were to be opened; not every one of them needs to exist. */
  readonly journeyIds: readonly string[];
  /** Whom this client was merged into: who the person is stands there. */
  readonly mergedInto?: string;
  /** Clients that were to be merged into this one; each is if it says so itself. */
  readonly mergedClientIds: readonly string[];
}
export interface Recording {
  readonly organisationId: string;
  /** RFC 3339 in UTC. */
  readonly at: string;
}
export type Client = NoClient | KnownClient;

export const noClient: Client = { stage: 'none' };

export const foldClient = (events: readonly Recorded<ClientEvent>[]): Client =>
  events.reduce(evolveClient, noClient);

/** One event further. Cannot fail. */
export const evolveClient = (client: Client, event: Recorded<ClientEvent>): Client => {
  switch (event.type) {
    case 'ClientRegistered': {
      const { clientId, ...details } = event.data;
      return {
        stage: 'known',
        clientId,
        registeredBy: event.recordedBy.organisationId,
        registeredAt: event.recordedAt,
        details,
        recorded: recordingOf(event, details),
        journeyIds: [],
        mergedClientIds: [],
      };
    }
    case 'ClientCorrected': {
      if (client.stage === 'none') return client;
      const { reason: _, ...corrections } = event.data;
      return {
        ...client,
        details: corrected(client.details, corrections),
        recorded: { ...client.recorded, ...recordingOf(event, corrections) },
      };
    }
    case 'JourneyLinked':
      return client.stage === 'none'
        ? client
        : { ...client, journeyIds: [...client.journeyIds, event.data.journeyId] };
    case 'ClientsMerged':
      return client.stage === 'none' ? client : merged(client, event.data);
    default:
      return unknownEvent(event, client);
  }
};

const recordingOf = (
  { recordedBy, recordedAt }: Recorded<ClientEvent>,
  details: object,
): Readonly<Record<string, Recording>> => {
  const recording = { organisationId: recordedBy.organisationId, at: recordedAt };
  return Object.fromEntries(Object.keys(details).map((field) => [field, recording]));
};

const merged = (client: KnownClient, { survivorClientId, duplicateClientId }: ClientsMerged): KnownClient =>
  client.clientId === duplicateClientId
    ? { ...client, mergedInto: survivorClientId }
    : { ...client, mergedClientIds: [...client.mergedClientIds, duplicateClientId] };

/** A birth date that becomes known takes the place of the year, and the other way round. */
export const corrected = (details: ClientDetails, corrections: Partial<ClientDetails>): ClientDetails => {
  const { birthDate, birthYear, ...rest } = details;
  const birth =
    corrections.birthDate === undefined && corrections.birthYear === undefined
      ? { ...(birthDate !== undefined && { birthDate }), ...(birthYear !== undefined && { birthYear }) }
      : {};
  return { ...rest, ...birth, ...corrections };
};

const unknownEvent = (_event: never, client: Client): Client => client;
