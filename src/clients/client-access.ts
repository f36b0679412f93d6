import type { DataCategory } from '../journeys/domain/codes.js';
import type { Client } from './domain/client.js';

interface Viewer {
  readonly userId: string;
  readonly organisationId: string;
  readonly roles: readonly string[];
}

/** Who may see which categories of a client. Journeys decide that; the composition root connects the two. */
export interface ClientAccess {
  grants(
    client: Client,
    viewer: Viewer,
    moment: { readonly now: string; readonly today: string },
  ): Promise<readonly { readonly reason: string; readonly categories: 'all' | readonly DataCategory[] }[]>;
}

export const CLIENT_ACCESS = Symbol('CLIENT_ACCESS');
