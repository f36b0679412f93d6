import type { Record } from '../record/index.js';
import { lastSeenBy } from './client-access.js';
import type { ClientAccess, ClientGrant, Viewer } from './client-access.js';
import { loadPerson } from './person.js';
import type { Person } from './person.js';

/** A person as far as the record goes for one reader, and what they may see of them. */
export interface SeenPerson extends Person {
  readonly granted: readonly ClientGrant[];
}

/** The person behind a client's id; to a reader who is nothing but a former owner, as they were when handed over. */
export const loadSeenPerson = async (
  { recorder, moment }: Pick<Record, 'recorder' | 'moment'>,
  access: ClientAccess,
  clientId: string,
  viewer: Viewer,
): Promise<SeenPerson> => {
  const person = await loadPerson(recorder, clientId);
  const granted = await access.grants(person.client, viewer, moment());
  const end = granted.length === 0 ? undefined : lastSeenBy(granted);
  return { ...(end === undefined ? person : await loadPerson(recorder, clientId, end)), granted };
};
