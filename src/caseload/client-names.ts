/** The injection token of `ClientNames`. */
export const CLIENT_NAMES = Symbol('CLIENT_NAMES');

/** What a list shows of a client; absent where the person is erased. */
export interface ClientName {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate?: string;
  readonly birthYear?: number;
}

/**
 * Names for lists, which include what was written up to the position; the composition root provides them from
 * the clients.
 */
export type ClientNames = (
  clientIds: readonly string[],
  minPosition?: string,
) => Promise<ReadonlyMap<string, ClientName>>;

/** The injection token of `ClientSearch`. */
export const CLIENT_SEARCH = Symbol('CLIENT_SEARCH');

/** Finding clients by name; the composition root provides it from the clients. */
export interface ClientSearch {
  /** Clients of the organisation whose name fits what somebody typed, at most so many persons, the best first. */
  find(
    q: string,
    among: { readonly organisationId: string; readonly limit: number },
  ): Promise<readonly { readonly clientId: string }[]>;
  /** @throws Problem 503 if what was written up to the position is not found yet */
  ready(minPosition?: string): Promise<void>;
}
