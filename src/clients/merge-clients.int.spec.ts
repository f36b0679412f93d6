import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPostgresEventStore, StoreUnavailable } from '#event-store';
import type { EventStore } from '#event-store';
import type { SubjectKeys } from '#personal-data';
import { startTestPostgres, type TestPostgres } from '../../test/support/postgres.js';
import { createRecorder, createRunningCommands, Refused } from '../record/index.js';
import type { CommandRequest, Record } from '../record/index.js';
import { clientFormat, clientStream } from './client-format.js';
import type { KnownClient } from './domain/client.js';
import { foldClient } from './domain/client.js';
import { linkJourney, registerClient } from './domain/decide.js';
import type { ClientEvent } from './domain/events.js';
import { MergeClients, MergeClientsHandler } from './merge-clients.js';
import { loadPerson } from './person.js';

const lead = { userId: 'bergkamen-lead', organisationId: 'kim-bergkamen', roles: ['supervisor'] };

const request = (commandId: string = randomUUID()): CommandRequest => ({
  commandId,
  fingerprint: 'merge',
  correlationId: commandId,
  caller: lead,
});

const keysInMemory = (): SubjectKeys => {
  const ring = new Map<string, KeyObject>();
  return {
    create: async (subject) => void ring.set(subject, ring.get(subject) ?? createSecretKey(randomBytes(32))),
    fetch: async (subjects) => new Map([...subjects].flatMap((one) => entryOf(ring, one))),
    destroy: () => Promise.reject(new Error('Nobody is erased here')),
  };
};

const entryOf = (ring: ReadonlyMap<string, KeyObject>, subject: string): [string, KeyObject][] => {
  const key = ring.get(subject);
  return key ? [[subject, key]] : [];
};

const recordOver = (store: EventStore, keys: SubjectKeys): Record => ({
  recorder: createRecorder(store, keys, { now: () => new Date() }),
  running: createRunningCommands(),
  moment: () => ({ now: '2026-03-02T08:00:00.000Z', today: '2026-03-02' }),
});

const handlerOver = (record: Record): MergeClientsHandler =>
  new MergeClientsHandler(record, {
    grants: async ({ stage }) => (stage === 'none' ? [] : [{ reason: 'registration', categories: 'all' }]),
  });

describe('Merging two clients', () => {
  const keys = keysInMemory();
  let postgres: TestPostgres;
  let store: EventStore;
  let record: Record;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    store = await openPostgresEventStore({ connectionString: postgres.connectionString });
    record = recordOver(store, keys);
  });
  afterAll(async () => {
    await store.close();
    await postgres.stop();
  });

  const write = (clientId: string, events: readonly ClientEvent[]): Promise<unknown> =>
    record.recorder.record({
      stream: clientStream(clientId),
      format: clientFormat,
      fold: foldClient,
      request: request(),
      subject: () => clientId,
      admit: () => undefined,
      decide: () => events,
    });

  const withJourney = async (): Promise<{ readonly clientId: string; readonly journeyId: string }> => {
    const [clientId, journeyId] = [randomUUID(), randomUUID()];
    await write(clientId, registerClient({ givenName: 'Olena', familyName: 'Melnyk' }, clientId));
    await write(clientId, linkJourney(journeyId, { stage: 'none' }));
    return { clientId, journeyId };
  };

  const person = async (clientId: string): Promise<KnownClient> =>
    (await loadPerson(record.recorder, clientId)).client as KnownClient;

  const mergesIn = async (clientId: string): Promise<number> => {
    const { events } = await record.recorder.load(clientStream(clientId), clientFormat);
    return events.filter(({ type }) => type === 'ClientsMerged').length;
  };

  it('goes on where it was broken off, and changes nothing before it is done', async () => {
    const [survivor, duplicate] = [await withJourney(), await withJourney()];
    const ofDuplicate = clientStream(duplicate.clientId);
    const breaking: EventStore = {
      ...store,
      append: (one) =>
        one.stream === ofDuplicate
          ? Promise.reject(new StoreUnavailable('The store went away in between'))
          : store.append(one),
    };
    const merge = { survivorClientId: survivor.clientId, duplicateClientId: duplicate.clientId };
    const sent = new MergeClients(merge, request());
    await expect(handlerOver(recordOver(breaking, keys)).execute(sent)).rejects.toThrow(StoreUnavailable);
    expect(await person(survivor.clientId)).toMatchObject({ mergedClientIds: [] });
    expect(await person(duplicate.clientId)).toMatchObject({ clientId: duplicate.clientId });

    const answer = await handlerOver(record).execute(sent);
    expect(await person(duplicate.clientId)).toMatchObject({
      clientId: survivor.clientId,
      journeyIds: [survivor.journeyId, duplicate.journeyId],
    });
    expect(await handlerOver(record).execute(sent)).toEqual(answer);
    expect(await handlerOver(record).execute(new MergeClients(merge, request()))).toEqual(answer);
    expect(await Promise.all([survivor, duplicate].map(({ clientId }) => mergesIn(clientId)))).toEqual([
      1, 1,
    ]);
  });

  it('says nothing new of two who are one person already, by way of a third', async () => {
    const [a, b, c] = [await withJourney(), await withJourney(), await withJourney()];
    const merge = (duplicate: typeof a, survivor: typeof a) =>
      handlerOver(record).execute(
        new MergeClients(
          { survivorClientId: survivor.clientId, duplicateClientId: duplicate.clientId },
          request(),
        ),
      );
    await merge(a, b);
    await merge(b, c);
    await merge(a, c);
    expect(await mergesIn(a.clientId)).toBe(1);
    expect(await mergesIn(c.clientId)).toBe(1);
    await expect(merge(c, a)).rejects.toMatchObject({
      code: 'client-merged',
      extensions: { survivorClientId: c.clientId },
    });
  });

  it('loses no journey and leaves one survivor, whoever merges whom into whom at the same moment', async () => {
    const clients = await Promise.all(Array.from({ length: 6 }, withJourney));
    const ids = clients.map(({ clientId }) => clientId);
    const pairs = ids.flatMap((one) =>
      ids.filter((other) => other !== one).map((other) => [one, other] as const),
    );
    // As two instances of the application, which take no turns with each other.
    const instances = [handlerOver(record), handlerOver(recordOver(store, keys))] as const;
    const results = await Promise.allSettled(
      pairs.map(([survivorClientId, duplicateClientId], index) =>
        instances[index % 2 === 0 ? 0 : 1].execute(
          new MergeClients({ survivorClientId, duplicateClientId }, request()),
        ),
      ),
    );
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(Refused);

    const persons = await Promise.all(ids.map(person));
    for (const [index, one] of persons.entries()) {
      const members = [one.clientId, ...one.mergedClientIds];
      expect(members).toContain(ids[index]);
      expect(one.journeyIds.toSorted()).toEqual(
        clients
          .filter(({ clientId }) => members.includes(clientId))
          .map(({ journeyId }) => journeyId)
          .toSorted(),
      );
      for (const member of members) expect(persons[ids.indexOf(member)]).toEqual(one);
    }
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
  });
});
