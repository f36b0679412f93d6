import { Refused } from '../record/index.js';
import type { Recorder } from '../record/index.js';
import { clientFormat, clientStream } from './client-format.js';
import { foldClient, noClient } from './domain/client.js';
import type { Client, KnownClient } from './domain/client.js';
import { areMerged, asOnePerson, joinedTo } from './domain/joined.js';

/** A client as one person, together with all clients that were merged with them. */
export interface Person {
  /** The survivor, with everybody's journeys. */
  readonly client: Client;
  /** All others, each as they were known by themselves. */
  readonly merged: readonly KnownClient[];
  /** Of the last event in the survivor's stream that this person is made of; -1 if there is none. */
  readonly revision: number;
  readonly erased: boolean;
}

/** The person behind a client's id, read from the record: now, or as it stood at an earlier moment. */
export const loadPerson = async (
  recorder: Pick<Recorder, 'load'>,
  clientId: string,
  asOf?: string,
): Promise<Person> => {
  const load = async (id: string): Promise<Member> => {
    const { events, erased } = await recorder.load(clientStream(id), clientFormat);
    const upTo = asOf === undefined ? events : events.filter(({ recordedAt }) => recordedAt <= asOf);
    return { client: foldClient(upTo), revision: upTo.at(-1)?.revision ?? -1, erased };
  };
  const asked = await load(clientId);
  const { client } = asked;
  if (client.stage === 'none') return { ...asked, client: noClient, merged: [] };
  const others = await membersFrom({ ...asked, client }, load);
  const survivor = asOnePerson([client, ...others.map((member) => member.client)]);
  const members = [{ ...asked, client }, ...others];
  const isSurvivor = (member: Member<KnownClient>) => member.client.clientId === survivor.clientId;
  const { revision, erased } = members.find(isSurvivor) ?? asked;
  const merged = members.filter((member) => !isSurvivor(member)).map((member) => member.client);
  return { client: survivor, merged, revision, erased };
};

/**
 * What is recorded of a person is recorded of the survivor, once clients were merged.
 * @throws Refused (`client-merged`), which names the survivor
 */
export const admitSurvivor = async (recorder: Pick<Recorder, 'load'>, client: Client): Promise<void> => {
  if (client.stage === 'none' || client.mergedInto === undefined) return;
  const { client: survivor } = await loadPerson(recorder, client.clientId);
  if (survivor.stage === 'known' && survivor.clientId !== client.clientId)
    throw clientMerged(survivor.clientId);
};

export const clientMerged = (survivorClientId: string): Refused =>
  new Refused('state', 'client-merged', undefined, { survivorClientId });

interface Member<C = Client> {
  readonly client: C;
  readonly revision: number;
  readonly erased: boolean;
}

/** All others who are the same person, found by going from one to the next. */
const membersFrom = async (
  asked: Member<KnownClient>,
  load: (clientId: string) => Promise<Member>,
): Promise<readonly Member<KnownClient>[]> => {
  const found = new Map<string, Member<KnownClient>>([[asked.client.clientId, asked]]);
  for (const { client } of found.values()) {
    const unseen = joinedTo(client).filter((clientId) => !found.has(clientId));
    for (const next of await Promise.all(unseen.map(load)))
      if (next.client.stage === 'known' && areMerged(client, next.client))
        found.set(next.client.clientId, { ...next, client: next.client });
  }
  found.delete(asked.client.clientId);
  return [...found.values()];
};
