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
  /** Of what was recorded when and by whom; of everything if absent. */
  readonly records?: {
    readonly from?: { readonly at: string };
    readonly before?: { readonly at: string };
    readonly by?: string;
    readonly among?: readonly ClientGrant[];
  };
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

/** Where the record ends for readers who are nothing but former owners; RFC 3339 in UTC. */
export const lastSeenBy = (granted: readonly ClientGrant[]): string | undefined =>
  granted.every(({ reason }) => reason === 'former-owner')
    ? granted
        .flatMap(({ records }) => records?.before?.at ?? [])
        .toSorted()
        .at(-1)
    : undefined;

/** Whether the reader belongs to an organisation that keeps the client or once did: asked for no purpose. */
export const hasKept = (granted: readonly ClientGrant[]): boolean =>
  keeps(granted) || granted.some(({ reason }) => reason === 'former-owner');

/** Who keeps a client: the owner of one of their journeys, or who registered them. */
export const keeps = (granted: readonly ClientGrant[]): boolean =>
  granted.some(({ reason }) => reason === 'owner' || reason === 'registration');
