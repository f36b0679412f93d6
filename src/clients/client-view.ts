import type { DataCategory } from '../journeys/domain/codes.js';
import { categoryOf } from '../record/field-table.js';
import type { Client } from './domain/client.js';
import { clientDetailFields } from './domain/field-table.js';
import type { ClientDetails } from './domain/events.js';

/** The client as far as the reader may see them; of an erased person nothing is left but that. */
export type ClientView =
  | ({ readonly clientId: string; readonly mergedClientIds?: readonly string[] } & Partial<ClientDetails>)
  | { readonly erased: true };

export const viewOfClient = (
  client: Client,
  erased: boolean,
  granted: readonly { readonly categories: 'all' | readonly DataCategory[] }[],
): ClientView => {
  if (erased || client.stage === 'none') return { erased: true };
  const sees = (category: DataCategory) =>
    granted.some(({ categories }) => categories === 'all' || categories.includes(category));
  const shown = Object.entries(client.details).filter(([field]) =>
    sees(categoryOf(clientDetailFields[field as keyof ClientDetails]) as DataCategory),
  );
  const { clientId, mergedClientIds } = client;
  return {
    clientId,
    ...(mergedClientIds.length > 0 && { mergedClientIds }),
    ...Object.fromEntries(shown),
  };
};
