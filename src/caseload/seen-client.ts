import type { ClientName } from './client-names.js';

export interface Viewer {
  readonly userId: string;
  readonly organisationId: string;
  readonly roles: readonly string[];
}

/**
 * The client of a journey as this viewer may see them now, decided by the record; `undefined` if they may not
 * know of the journey. The composition root provides it from the journeys.
 */
export type SeenClient = (
  journeyId: string,
  viewer: Viewer,
) => Promise<({ readonly clientId?: string } & Partial<ClientName>) | undefined>;

export const SEEN_CLIENT = Symbol('SEEN_CLIENT');

type Named = NonNullable<Awaited<ReturnType<SeenClient>>>;

/** A list shows who it is about and no more of them. */
export const named = ({ clientId, givenName, familyName, birthDate, birthYear }: Named): Named => ({
  ...(clientId !== undefined && { clientId }),
  ...(givenName !== undefined && { givenName }),
  ...(familyName !== undefined && { familyName }),
  ...(birthDate !== undefined && { birthDate }),
  ...(birthYear !== undefined && { birthYear }),
});
