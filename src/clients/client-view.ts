import type { DataCategory } from '../journeys/domain/codes.js';
import { categoryOf } from '../record/field-table.js';
import type { ClientGrant } from './client-access.js';
import type { Client, Recording } from './domain/client.js';
import { clientDetailFields } from './domain/field-table.js';
import type { ClientDetails } from './domain/events.js';

/** The client as far as the reader may see them; of an erased person nothing is left but that. */
export type ClientView =
  | ({ readonly clientId: string; readonly mergedClientIds?: readonly string[] } & Partial<ClientDetails>)
  | { readonly erased: true };

export const viewOfClient = (
  client: Client,
  erased: boolean,
  granted: readonly Pick<ClientGrant, 'categories' | 'records'>[],
): ClientView => {
  if (erased || client.stage === 'none') return { erased: true };
  const { clientId, mergedClientIds } = client;
  return {
    clientId,
    ...(mergedClientIds.length > 0 && { mergedClientIds }),
    ...seenDetails(client, granted),
  };
};

/** Of who the client is, what these grants open. */
export const seenDetails = (
  client: Client,
  granted: readonly Pick<ClientGrant, 'categories' | 'records'>[],
): Partial<ClientDetails> =>
  client.stage === 'none'
    ? {}
    : Object.fromEntries(
        Object.entries(client.details).filter(([field]) =>
          opens(
            granted,
            categoryOf(clientDetailFields[field as keyof ClientDetails]) as DataCategory,
            client.recorded[field],
          ),
        ),
      );

/** Whether a grant opens this category of what was recorded then and by them. */
const opens = (
  granted: readonly Pick<ClientGrant, 'categories' | 'records'>[],
  category: DataCategory,
  recorded: Recording | undefined,
): boolean =>
  granted.some(
    ({ categories, records }) =>
      (categories === 'all' || categories.includes(category)) &&
      (records === undefined || (recorded !== undefined && covers(records, recorded))) &&
      (records?.among === undefined || opens(records.among, category, recorded)),
  );

const covers = (
  { from, before, by }: NonNullable<ClientGrant['records']>,
  { organisationId, at }: Recording,
): boolean =>
  (from === undefined || from.at <= at) &&
  (before === undefined || at < before.at) &&
  (by === undefined || by === organisationId);
