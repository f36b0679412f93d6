import type { DataCategory } from '../journeys/domain/codes.js';
import type { Client } from './domain/client.js';

export interface Viewer {
  readonly userId: string;
  readonly organisationId: string;
  readonly roles: readonly string[];
}

export interface ClientGrant {
  readonly reason: string;
  readonly categories: 'all' | readonly DataCategory[];
}

/** Who may see which categories of a client. Journeys decide that; the composition root connects the two. */
export interface ClientAccess {
  grants(
    client: Client,
    viewer: Viewer,
    moment: { readonly now: string; readonly today: string },
  ): Promise<readonly ClientGrant[]>;
}

export const CLIENT_ACCESS = Symbol('CLIENT_ACCESS');

/** Who keeps a client: the owner of one of their journeys, or who registered them. */
export const keeps = (granted: readonly ClientGrant[]): boolean =>
  granted.some(({ reason }) => reason === 'owner' || reason === 'registration');
