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
