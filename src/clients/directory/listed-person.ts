import type { ClientDetails } from '../domain/events.js';

/** What the directory keeps of a client, sealed: who they are in a list, and what they are found by. */
export type ListedPerson = Pick<
  ClientDetails,
  'givenName' | 'familyName' | 'otherNames' | 'birthDate' | 'birthYear'
>;

/** Always in the same order, so that what did not change keeps its ciphertext. */
export const writtenPerson = (details: ListedPerson): string => {
  const { givenName, familyName, otherNames, birthDate, birthYear } = details;
  return JSON.stringify({ givenName, familyName, otherNames, birthDate, birthYear });
};

export const readPerson = (written: string): ListedPerson => JSON.parse(written) as ListedPerson;
