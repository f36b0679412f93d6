import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Recorded, Recorder } from '../record/index.js';
import { mergeClients } from './domain/decide.js';
import { foldClient } from './domain/client.js';
import type { KnownClient } from './domain/client.js';
import type { ClientEvent, ClientsMerged } from './domain/events.js';
import { admitSurvivor, loadPerson } from './person.js';

/** The register of an office: a stream for each client, and the two steps of a merge, each by itself. */
const register = () => {
  const streams = new Map<string, Recorded<ClientEvent>[]>();
  let minute = 0;
  const append = (clientId: string, ...events: readonly ClientEvent[]): void => {
    const stream = streams.get(clientId) ?? [];
    streams.set(clientId, stream);
    for (const event of events) {
      minute += 1;
      stream.push({
        ...event,
        eventId: `event-${minute}`,
        revision: stream.length,
        recordedAt: new Date(Date.UTC(2026, 2, 2, 8, minute)).toISOString(),
        recordedBy: { organisationId: 'kim-bergkamen', userId: 'bergkamen-lead' },
      });
    }
  };
  const known = (clientId: string) => foldClient(streams.get(clientId) ?? []);
  const recorder = {
    load: (stream: string) => {
      const events = streams.get(stream.replace('client-', '')) ?? [];
      return Promise.resolve({ events, revision: events.length - 1, position: undefined, erased: false });
    },
  } as unknown as Recorder;
  return {
    recorder,
    known,
    comes: (clientId: string, givenName = clientId) =>
      append(clientId, {
        type: 'ClientRegistered',
        data: { clientId, givenName, familyName: 'Melnyk', birthYear: 1990 },
      }),
    opens: (clientId: string, journeyId: string) =>
      append(clientId, { type: 'JourneyLinked', data: { journeyId } }),
    announces: (merge: ClientsMerged) =>
      append(merge.survivorClientId, ...mergeClients(merge, known(merge.survivorClientId))),
    merges: (merge: ClientsMerged) =>
      append(merge.duplicateClientId, ...mergeClients(merge, known(merge.duplicateClientId))),
    at: () => new Date(Date.UTC(2026, 2, 2, 8, minute)).toISOString(),
    person: async (clientId: string, asOf?: string) => {
      const { client } = await loadPerson(recorder, clientId, asOf);
      return client as KnownClient;
    },
    revision: async (clientId: string, asOf?: string) =>
      (await loadPerson(recorder, clientId, asOf)).revision,
  };
};

const merge = (duplicateClientId: string, survivorClientId: string): ClientsMerged => ({
  survivorClientId,
  duplicateClientId,
});

describe('Two clients who turn out to be one person', () => {
  it('are the survivor, with the journeys of both, whoever is asked for', async () => {
    const office = register();
    office.comes('olena', 'Олена');
    office.comes('helena', 'Helena');
    office.opens('olena', 'housing');
    office.opens('helena', 'course');
    const before = office.at();
    office.announces(merge('helena', 'olena'));
    office.merges(merge('helena', 'olena'));
    for (const asked of ['olena', 'helena'])
      expect(await office.person(asked)).toMatchObject({
        clientId: 'olena',
        details: { givenName: 'Олена' },
        journeyIds: expect.arrayContaining(['housing', 'course']),
        mergedClientIds: ['helena'],
      });
    expect(await office.person('helena', before)).toMatchObject({
      clientId: 'helena',
      journeyIds: ['course'],
      mergedClientIds: [],
    });
  });

  it('have, at an earlier moment, the revision of that moment', async () => {
    const office = register();
    office.comes('olena');
    const before = office.at();
    office.opens('olena', 'housing');
    expect([await office.revision('olena', before), await office.revision('olena')]).toEqual([0, 1]);
  });

  it('are two until the duplicate’s own stream says so', async () => {
    const office = register();
    office.comes('olena');
    office.comes('helena');
    office.announces(merge('helena', 'olena'));
    expect(await office.person('olena')).toMatchObject({ clientId: 'olena', mergedClientIds: [] });
    expect(await office.person('helena')).toMatchObject({ clientId: 'helena' });
    office.merges(merge('helena', 'olena'));
    expect(await office.person('helena')).toMatchObject({ clientId: 'olena' });
  });

  it('keep journeys that are opened for the duplicate at the same moment', async () => {
    const office = register();
    office.comes('olena');
    office.comes('helena');
    office.announces(merge('helena', 'olena'));
    office.merges(merge('helena', 'olena'));
    office.opens('helena', 'course');
    expect((await office.person('olena')).journeyIds).toEqual(['course']);
  });

  it('are worked with under the survivor’s id', async () => {
    const office = register();
    office.comes('olena');
    office.comes('helena');
    office.announces(merge('helena', 'olena'));
    office.merges(merge('helena', 'olena'));
    await admitSurvivor(office.recorder, office.known('olena'));
    await expect(admitSurvivor(office.recorder, office.known('helena'))).rejects.toMatchObject({
      kind: 'state',
      code: 'client-merged',
      extensions: { survivorClientId: 'olena' },
    });
  });

  it('are merged once, however often it is said', () => {
    const office = register();
    office.comes('olena');
    office.comes('helena');
    for (const step of [office.announces, office.merges]) {
      step(merge('helena', 'olena'));
      step(merge('helena', 'olena'));
    }
    expect(office.known('olena')).toMatchObject({ mergedClientIds: ['helena'] });
    expect(mergeClients(merge('helena', 'olena'), office.known('helena'))).toEqual([]);
  });

  it('are one person also when each was merged into the other at the same moment', async () => {
    const office = register();
    office.comes('olena');
    office.comes('helena');
    for (const both of [merge('helena', 'olena'), merge('olena', 'helena')]) office.announces(both);
    for (const both of [merge('helena', 'olena'), merge('olena', 'helena')]) office.merges(both);
    for (const asked of ['olena', 'helena'])
      expect(await office.person(asked)).toMatchObject({ clientId: 'olena', mergedClientIds: ['helena'] });
  });
});

/** Whatever is merged into whatever, in whatever order the steps come, and wherever they break off. */
describe('No merge', () => {
  const clientIds = ['a', 'b', 'c', 'd', 'e'];
  const anyClient = fc.constantFrom(...clientIds);
  const anyMerge = fc
    .tuple(anyClient, anyClient, fc.boolean())
    .filter(([duplicate, survivor]) => duplicate !== survivor);

  it('loses a journey or leaves anybody in doubt who the survivor is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyMerge, { maxLength: 8 }),
        fc.infiniteStream(fc.nat()),
        async (merges, chance) => {
          const office = register();
          for (const clientId of clientIds) {
            office.comes(clientId);
            office.opens(clientId, `journey of ${clientId}`);
          }
          const waiting = merges.map(([duplicate, survivor, finished]) => ({
            steps: finished ? [office.announces, office.merges] : [office.announces],
            merge: merge(duplicate, survivor),
          }));
          // Steps of all merges side by side; each decided on the state as it is then, as the handlers do.
          for (let left = waiting.filter(({ steps }) => steps.length > 0); left.length > 0;) {
            const next = left[chance.next().value % left.length]!;
            const { survivorClientId, duplicateClientId } = next.merge;
            const [survivor, duplicate] = [
              await office.person(survivorClientId),
              await office.person(duplicateClientId),
            ];
            const admitted =
              survivor.clientId === survivorClientId && duplicate.clientId === duplicateClientId;
            const step = next.steps.shift();
            if (admitted || chance.next().value % 4 === 0) step?.(next.merge);
            else next.steps.length = 0;
            left = left.filter(({ steps }) => steps.length > 0);
          }

          const persons = new Map(
            await Promise.all(
              clientIds.map(async (clientId) => [clientId, await office.person(clientId)] as const),
            ),
          );
          for (const [clientId, person] of persons) {
            const all = [person.clientId, ...person.mergedClientIds];
            expect(all).toContain(clientId);
            expect(person.journeyIds.toSorted()).toEqual(all.map((one) => `journey of ${one}`).toSorted());
            for (const one of all) expect(persons.get(one)).toEqual(person);
            expect(persons.get(person.clientId)).toEqual(person);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
