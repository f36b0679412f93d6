/** What can be recorded of a client: the storage format, for ever (see `src/journeys/domain/events.ts`). */
import type { Sex } from '../../journeys/domain/codes.js';

export interface Address {
  readonly street: string;
  readonly postalCode: string;
  readonly town: string;
}

/** Who the person is. Either the birth date or, where that is not known, the year. */
export interface ClientDetails {
  readonly givenName: string;
  readonly familyName: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string;
  readonly birthYear?: number;
  readonly sex?: Sex;
  /** ISO 3166 alpha-3, or `XXA` stateless, `XXX` unknown. */
  readonly nationality?: string;
  /** ISO 639-1 or -3. */
  readonly languages?: readonly string[];
  readonly otherNames?: readonly string[];
  readonly phone?: string;
  readonly email?: string;
  readonly address?: Address;
}

export interface ClientRegistered extends ClientDetails {
  readonly clientId: string;
}

export interface ClientCorrected extends Partial<ClientDetails> {
  readonly reason: string;
}

/** A journey is about to be opened for the client; it exists once its own stream does. */
export interface JourneyLinked {
  readonly journeyId: string;
}

/**
 * Two clients are one person. Stands in both streams: first in the survivor's, so that the duplicate is found
 * from there; what makes it true is that it stands in the duplicate's.
 */
export interface ClientsMerged {
  readonly survivorClientId: string;
  readonly duplicateClientId: string;
}

export interface ClientEventData {
  ClientRegistered: ClientRegistered;
  ClientCorrected: ClientCorrected;
  JourneyLinked: JourneyLinked;
  ClientsMerged: ClientsMerged;
}

export type ClientEventType = keyof ClientEventData;

export type ClientEvent = {
  [T in ClientEventType]: { readonly type: T; readonly data: ClientEventData[T] };
}[ClientEventType];
