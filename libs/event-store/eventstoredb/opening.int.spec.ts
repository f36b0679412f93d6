import { randomUUID } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  startEventStoreDBStandIn,
  type EventStoreDBStandIn,
} from '../../../test/support/eventstoredb-stand-in/index.js';
import { contacts, newStream, openJourney, refusalOf } from '../contract/journeys.js';
import { InvalidAppend, StoreUnavailable } from '../errors.js';
import type { EventStore, JsonObject, Position } from '../port.js';
import { openEventStoreDB, UnsuitableStore } from './index.js';

let server: EventStoreDBStandIn;
beforeEach(async () => {
  server = await startEventStoreDBStandIn();
});
afterEach(() => server.stop());

const open = (connectionString = server.connectionString) =>
  openEventStoreDB({ connectionString, patience: 1_000 });

const alreadyHolds = (stream: string, data: JsonObject): void => {
  server.log.append(stream, 'any', [
    {
      id: randomUUID(),
      type: 'Something',
      contentType: 'application/json',
      data: Buffer.from(JSON.stringify(data)),
      metadata: new Uint8Array(),
    },
  ]);
};

describe('opening an EventStoreDB', () => {
  it('begins one log, however many begin it at the same time', async () => {
    const stores = await Promise.all(Array.from({ length: 8 }, () => open()));
    const stream = await openJourney(stores[0]!);
    const position = await firstPosition(stores[0]!, stream);
    for (const store of stores) expect(store.parsePosition(position)).toBe(position);
    expect(server.log.stream('kim-log')).toHaveLength(1);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('finds the log again that it began', async () => {
    const first = await open();
    const stream = await openJourney(first);
    const position = await firstPosition(first, stream);
    await first.close();
    const second = await open();
    expect(second.parsePosition(position)).toBe(position);
    await second.close();
  });

  it('keeps its own first event to itself', async () => {
    const store = await open();
    expect(await store.readStream('kim-log')).toEqual([]);
    const refusal = await refusalOf(store.append({ stream: 'kim-log', expected: 0, events: contacts(1) }));
    expect(refusal).toBeInstanceOf(InvalidAppend);
    await store.append({ stream: newStream(), expected: 'none', events: contacts(1) });
    const { events } = await store.readLog({ limit: 10 });
    expect(events).toHaveLength(1);
    await store.close();
  });

  it.each<[string, string, JsonObject, RegExp]>([
    ['of another application', 'order-1', {}, /another application; name a store that is empty/],
    ['of an older layout', 'kim-log', { logId: '0123abcd', layout: 0 }, /older layout 0; copy its events/],
    ['of a newer layout', 'kim-log', { logId: '0123abcd', layout: 2 }, /newer layout 2; install the version/],
    ['that say nothing', 'kim-log', {}, /did not write; name another store/],
  ])('is refused where there are events %s', async (_, stream, data, sentence) => {
    alreadyHolds(stream, data);
    const events = server.log.events.length;
    const refusal = await refusalOf(open());
    expect(refusal).toBeInstanceOf(UnsuitableStore);
    expect(String(refusal)).toMatch(sentence);
    expect(server.log.events).toHaveLength(events);
  });

  it.each([
    [status.UNAUTHENTICATED, 'Unauthenticated', /user or password is wrong/],
    [status.PERMISSION_DENIED, 'Access Denied', /needs to read \$all/],
  ])('is refused at once when the user is (%s)', async (code, details, sentence) => {
    server.faults.next('read', { refuse: { code, details } });
    const refusal = await refusalOf(open());
    expect(refusal).toBeInstanceOf(UnsuitableStore);
    expect(String(refusal)).toMatch(sentence);
    expect(server.faults.count('read')).toBe(1);
  });

  it('is refused to a user who may work with streams but not read the whole log', async () => {
    await (await open()).close();
    server.faults.next(
      'read',
      { hold: Promise.resolve() },
      {
        refuse: { code: status.PERMISSION_DENIED, details: 'Access Denied' },
      },
    );
    expect(String(await refusalOf(open()))).toMatch(/needs to read \$all/);
  });

  it.each([
    ['esdb://127.0.0.1:2113?tls=maybe', /cannot be read from character 27 on: expected true or false/],
    ['esdb://127.0.0.1:99999?tls=false', /a port that is none/],
    ['esdb://127.0.0.1:2113', /names no user; write esdb:\/\/user:password@host:port/],
    [
      'esdb://kim:secret@127.0.0.1:2113?tlsCAFile=/nowhere/ca.crt',
      /certificate or key file .* cannot be read/,
    ],
  ])('is refused with what is wrong with a connection string: %s', async (connectionString, sentence) => {
    const refusal = await refusalOf(open(connectionString));
    expect(refusal).toBeInstanceOf(UnsuitableStore);
    expect(String(refusal)).toMatch(sentence);
    expect(String(refusal)).not.toContain('secret');
  });

  it('tells the version that the server gives as its own', async () => {
    const store = await open();
    expect(store.server).toEqual({ kind: 'eventstoredb', version: 'stand-in' });
    await store.close();
  });

  it.each([
    ['22.10.5', false],
    ['23.6.0', false],
    ['23.10.0', true],
    ['24.10.4', true],
  ])('takes no server that does not say when a reader has caught up: %s', async (version, isTaken) => {
    const versioned = await startEventStoreDBStandIn({ version });
    try {
      const opened = open(versioned.connectionString).then(async (store) => store.close());
      if (isTaken) await opened;
      else
        await expect(opened).rejects.toThrow(
          new UnsuitableStore(
            `The EventStoreDB server at 127.0.0.1:${versioned.network.port} is of version ${version}; 23.10 or newer is needed.`,
          ),
        );
    } finally {
      await versioned.stop();
    }
  });

  it('asks for tls=false where the server speaks without TLS, also where that hides behind gossip seeds', async () => {
    const { port } = server.network;
    for (const hosts of [`127.0.0.1:${port}`, `127.0.0.1:${port},127.0.0.1:${port}`]) {
      const refusal = await refusalOf(open(`esdb://kim:secret@${hosts}`));
      expect(refusal).toBeInstanceOf(UnsuitableStore);
      expect(String(refusal)).toMatch(/speaks without TLS; write tls=false/);
      expect(String(refusal)).not.toContain('secret');
    }
  });

  it('may be tried again where nobody is there yet', async () => {
    await server.kill();
    expect(await refusalOf(open())).toBeInstanceOf(StoreUnavailable);
    await server.start();
    const store = await open();
    expect(await store.head()).toBeUndefined();
    await store.close();
  });
});

const firstPosition = async (of: EventStore, stream: string): Promise<Position> =>
  (await of.readStream(stream))[0]!.position;
