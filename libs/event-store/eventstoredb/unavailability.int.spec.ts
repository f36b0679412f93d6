import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import {
  startEventStoreDBStandIn,
  type EventStoreDBStandIn,
  type Fault,
} from '../../../test/support/eventstoredb-stand-in/index.js';
import { contacts, happened, idsOf, newStream, openJourney, refusalOf } from '../contract/journeys.js';
import { EventTooLarge, StoreUnavailable } from '../errors.js';
import type { EventStore } from '../port.js';
import { openEventStoreDB } from './index.js';

let server: EventStoreDBStandIn;
let store: EventStore;
beforeEach(async () => {
  server = await startEventStoreDBStandIn();
  store = await openEventStoreDB({ connectionString: server.connectionString });
});
afterEach(async () => {
  await store.close();
  await server.stop();
});

const refuse = (code: status, details: string, exception?: Record<string, string>): Fault => ({
  refuse: { code, details, ...(exception && { exception }) },
});

describe('an EventStoreDB that does not answer as it should', () => {
  it.each<[string, Fault]>([
    ['loses the answer', 'lose the answer'],
    ['never sees the append', 'ignore'],
    ['is too busy', refuse(status.UNAVAILABLE, 'Server Is Too Busy')],
    ['knows of no leader', refuse(status.UNKNOWN, 'No leader info available in response')],
    ['times out inside', refuse(status.ABORTED, 'Operation timed out: Commit phase timeout.')],
    ['cancels the call', refuse(status.CANCELLED, 'The call was cancelled by the server')],
  ])('has an append written once although it %s', async (_, fault) => {
    const stream = await openJourney(store);
    const events = contacts(2);
    server.faults.next('append', fault);
    const { revision, position } = await store.append({ stream, expected: 0, events });
    const recorded = await store.readStream(stream, { from: 1 });
    expect(idsOf(recorded)).toEqual(idsOf(events));
    expect({ revision, position }).toEqual({ revision: 2, position: recorded[1]!.position });
  });

  it('is asked only once to append what it could not recognise', async () => {
    const stream = newStream();
    const calls = server.faults.count('append');
    server.faults.next('append', refuse(status.UNAVAILABLE, 'Server Is Too Busy'));
    const refusal = await refusalOf(store.append({ stream, expected: 'any', events: contacts(1) }));
    expect(refusal).toBeInstanceOf(StoreUnavailable);
    expect(server.faults.count('append')).toBe(calls + 1);
  });

  it('names the leader, and is followed to it', async () => {
    const leader = await startEventStoreDBStandIn();
    const stream = newStream();
    server.faults.next(
      'append',
      refuse(status.NOT_FOUND, 'Leader info available', {
        exception: 'not-leader',
        'leader-endpoint-host': '127.0.0.1',
        'leader-endpoint-port': String(leader.network.port),
      }),
    );
    await store.append({ stream, expected: 'none', events: contacts(1) });
    expect(leader.log.stream(stream)).toHaveLength(1);
    expect(server.log.stream(stream)).toHaveLength(0);
    await store.close();
    await leader.stop();
  });

  it.each(['append', 'read'] as const)('is unavailable when no %s is answered in time', async (kind) => {
    const hurried = await openEventStoreDB({ connectionString: server.connectionString, patience: 400 });
    const stream = newStream();
    server.faults.next(kind, ...Array<Fault>(20).fill('ignore'));
    const call =
      kind === 'append'
        ? hurried.append({ stream, expected: 'none', events: contacts(1) })
        : hurried.readStream(stream);
    expect(await refusalOf(call)).toEqual(
      new StoreUnavailable(`EventStoreDB at 127.0.0.1:${server.network.port} did not answer in time`),
    );
    await hurried.close();
  });

  it('is asked over a fresh connection when the one there is passes nothing on any more', async () => {
    const stream = await openJourney(store);
    server.network.stall();
    expect(await store.readStream(stream)).toHaveLength(1);
    server.network.stall();
    expect((await store.append({ stream, expected: 0, events: contacts(1) })).revision).toBe(1);
  });

  it('does not pass for one in which nothing was recorded while its connection is replaced', async () => {
    const stream = await openJourney(store, 3);
    const { count, reached, next } = server.faults;
    const appends = count('append');
    next('read', 'ignore', 'ignore');
    next('append', 'ignore', 'ignore');
    const first = store.readStream(stream);
    const appended = store.append({ stream: newStream(), expected: 'none', events: contacts(1) });
    // Asked for a second later than the first, whose time is up while this one still waits.
    await reached(appends + 2, 'append');
    const second = store.readStream(stream);
    expect([await first, await second].map((events) => events.length)).toEqual([4, 4]);
    await appended;
  });

  it('says at once that it is away when it has been away for long', async () => {
    const stream = await openJourney(store);
    await server.kill();
    await refusalOf(store.readStream(stream));
    const calls = Array.from({ length: 20 }, () => refusalOf(store.readStream(stream)));
    const begun = performance.now();
    for (const call of calls) expect(await call).toBeInstanceOf(StoreUnavailable);
    expect(performance.now() - begun).toBeLessThan(2_000);
    await server.start();
  });

  it('keeps why it refused to itself no longer than one call', async () => {
    const stream = await openJourney(store);
    const calls = server.faults.count('read');
    server.faults.next('read', refuse(status.UNAUTHENTICATED, 'Unauthenticated'));
    const refusal = await refusalOf(store.readStream(stream));
    expect(refusal).toBeInstanceOf(StoreUnavailable);
    expect(String(refusal)).toMatch(/user or password is wrong/);
    expect(server.faults.count('read')).toBe(calls + 1);
    expect(await store.readStream(stream)).toHaveLength(1);
  });

  it('may take less in one append than was agreed', async () => {
    const generous = await openEventStoreDB({
      connectionString: server.connectionString,
      maxAppendSize: 4 * 1024 * 1024,
    });
    const events = [happened('StoryRecorded', { text: 'x'.repeat(2 * 1024 * 1024) })];
    const refusal = await refusalOf(generous.append({ stream: newStream(), expected: 'none', events }));
    expect(refusal).toBeInstanceOf(EventTooLarge);
    await generous.close();
  });

  it('need not say where an append went', async () => {
    const stream = newStream();
    server.faults.next('append', 'withhold the position');
    const { position } = await store.append({ stream, expected: 'none', events: contacts(2) });
    expect(position).toBe((await store.readStream(stream))[1]!.position);
  });

  it('may be told to report a refusal as an answer', async () => {
    const { connectionString } = server;
    const reporting = await openEventStoreDB({
      connectionString: `${connectionString}&throwOnAppendFailure=false`,
    });
    const stream = await openJourney(reporting, 2);
    for (const [expected, of] of [
      [1, stream],
      ['none', stream],
      [1, newStream()],
    ] as const)
      expect(await refusalOf(reporting.append({ stream: of, expected, events: contacts(1) }))).toMatchObject({
        name: 'WrongExpectedRevision',
        actual: of === stream ? 2 : 'none',
      });
    await reporting.close();
  });
});
