/** The injection token of `ClientNames`. */
export const CLIENT_NAMES = Symbol('CLIENT_NAMES');

/** What a list shows of a client; absent where the person is erased. */
export interface ClientName {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate?: string;
  readonly birthYear?: number;
}

/** Names for lists, and the search for them; the composition root provides it from the clients. */
export interface ClientNames {
  namesOf(clientIds: readonly string[]): Promise<ReadonlyMap<string, ClientName>>;
  /** Clients whose name fits what somebody typed, at most so many, the best first. */
  search(q: string, limit: number): Promise<readonly { readonly clientId: string; readonly score: number }[]>;
  /** Waits until everything that was written is found; false if that takes too long. */
  ready(minPosition?: string): Promise<void>;
}
