import { jsonEvent } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Channel, Client as GrpcClient } from '@grpc/grpc-js';
import {
  newHold,
  startEventStoreDBStandIn,
  type EventStoreDBStandIn,
} from '../../../test/support/eventstoredb-stand-in/index.js';
import { contacts, newStream, openJourney, refusalOf } from '../contract/journeys.js';
import { StoreUnavailable } from '../errors.js';
import type { EventStore } from '../port.js';
import { connect } from './connection.js';
import { openEventStoreDB } from './index.js';

let server: EventStoreDBStandIn;
beforeEach(async () => {
  server = await startEventStoreDBStandIn();
});
afterEach(() => server.stop());

const open = ({ connectionString } = server) => openEventStoreDB({ connectionString, patience: 2_000 });

describe('appends to EventStoreDB', () => {
  it('are not harmed by another server that dies', async () => {
    const dying = await startEventStoreDBStandIn();
    const [here, there] = [await open(), await open(dying)];
    const held = newHold();
    const marked = [server, dying].map(({ faults }) => faults.count('append', 'batch append'));
    for (const { faults } of [server, dying])
      for (const path of ['append', 'batch append'] as const) faults.next(path, held);
    const append = (store: EventStore) =>
      store.append({ stream: newStream(), expected: 'any', events: contacts(1) });
    const [healthy, lost] = [append(here), append(there)];
    const outcomes = Promise.allSettled([healthy, lost]);
    await Promise.all(
      [server, dying].map(({ faults }, index) =>
        faults.reached(marked[index]! + 1, 'append', 'batch append'),
      ),
    );
    await dying.kill();
    expect(await refusalOf(lost)).toBeInstanceOf(StoreUnavailable);
    held.release();
    expect(await outcomes).toMatchObject([
      { status: 'fulfilled', value: { revision: 0 } },
      { status: 'rejected' },
    ]);
    await Promise.all([here.close(), there.close()]);
    await dying.stop();
  });

  it('have answers that come in any order', async () => {
    const store = await open();
    const holds = Array.from({ length: 5 }, newHold);
    const marked = server.faults.count('append');
    server.faults.next('append', ...holds);
    const streams = holds.map(() => newStream());
    const appends = streams.map((stream, index) =>
      store.append({ stream, expected: 'none', events: contacts(index + 1) }),
    );
    await server.faults.reached(marked + 5, 'append');
    for (const { release } of holds.reverse()) release();
    expect((await Promise.all(appends)).map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
    expect(server.faults.count('batch append')).toBe(0);
    await store.close();
  });

  it('settle when they begin just as the client closes its channel after a failed call', async () => {
    const connection = connect(server.connectionString);
    const client = connection.client();
    const append = () =>
      client.appendToStream(newStream(), jsonEvent({ type: 'ContactRecorded', data: {} }), {
        ...connection.options,
        expectedRevision: 'no_stream',
        deadline: 2_000,
      });
    await append();
    const inside = client as unknown as {
      getChannel(): Promise<Channel>;
      handleError(failed: GrpcClient, error: Error): Promise<void>;
    };
    const channel = await inside.getChannel();
    const failed = { getChannel: () => channel } as unknown as GrpcClient;
    const dropped = Object.assign(new Error('14 UNAVAILABLE: Connection dropped'), { code: 14, details: '' });
    const closing = inside.handleError(failed, dropped);
    expect((await append()).success).toBe(true);
    await closing;
    expect((await append()).success).toBe(true);
    await connection.close();
  });

  it('read nothing where the stream was read or written before', async () => {
    const [store, elsewhere] = [await open(), await open()];
    const stream = await openJourney(store, 3);
    await store.append({ stream, expected: 3, events: contacts(1) });
    await elsewhere.readStream(stream);
    const reads = server.faults.count('read');
    await elsewhere.append({ stream, expected: 4, events: contacts(2) });
    await elsewhere.append({ stream, expected: 6, events: contacts(1) });
    expect(server.faults.count('read')).toBe(reads);
    await store.append({ stream, expected: 7, events: contacts(1) });
    expect(server.faults.count('read')).toBe(reads + 1);
    await Promise.all([store.close(), elsewhere.close()]);
  });
});
