import { randomUUID } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  startEventStoreDBStandIn,
  type EventStoreDBStandIn,
} from '../../../test/support/eventstoredb-stand-in/index.js';
import { contacts, idsOf, newStream, openJourney, take } from '../contract/journeys.js';
import { InvalidPosition } from '../errors.js';
import type { EventStore, LogBatch, Position } from '../port.js';
import { openEventStoreDB } from './index.js';

let server: EventStoreDBStandIn;
let store: EventStore;
let end: AbortController;
let notices: string[];
beforeEach(async () => {
  server = await startEventStoreDBStandIn();
  notices = [];
  store = await openEventStoreDB({
    connectionString: server.connectionString,
    silence: 100,
    notice: (what, text) => notices.push(`${what}: ${text}`),
  });
  end = new AbortController();
});
afterEach(async () => {
  end.abort();
  await store.close();
  await server.stop();
});

/** Events as they lie in a store that has been in use, without the cost of bringing them there. */
const alreadyHappened = (stream: string, count: number): string[] => {
  const events = contacts(count).map(({ id, type, data, metadata }) => ({
    id,
    type,
    contentType: 'application/json',
    data: Buffer.from(JSON.stringify(data)),
    metadata: Buffer.from(JSON.stringify(metadata)),
  }));
  server.log.append(stream, 'any', events);
  return idsOf(events);
};

const batchesOf = (options: { after?: Position; prefixes?: string[]; batchSize?: number }) =>
  store.subscribe({ batchSize: 10, signal: end.signal, ...options });

describe('a subscription to EventStoreDB', () => {
  it('notices that it fell silent, and brings what it missed', async () => {
    const stream = await openJourney(store);
    const batches = batchesOf({ prefixes: [stream] })[Symbol.asyncIterator]();
    let revision = 0;
    for (let isLive = false; !isLive; revision++) {
      const { atHead } = await nextWithEvents(batches);
      isLive = atHead && server.faults.count('subscribe') === 3;
      await store.append({ stream, expected: revision, events: contacts(1) });
    }
    await nextWithEvents(batches);
    server.silenceSubscriptions();
    await store.append({ stream, expected: revision, events: contacts(2) });
    const { events } = await nextWithEvents(batches);
    expect(events[0]!.revision).toBe(revision + 1);
    expect(notices.join()).toMatch(/fallen silent/);
  });

  it('ends where the server comes back without what it had handed out', async () => {
    const stream = await openJourney(store);
    await store.append({ stream, expected: 0, events: contacts(3) });
    const batches = batchesOf({})[Symbol.asyncIterator]();
    for (let last = -1; last < 3;) last = (await nextWithEvents(batches)).events.at(-1)!.revision;
    const next = nextWithEvents(batches);
    next.catch(() => undefined);
    await server.kill();
    server.log.setBack(2);
    await server.start();
    await expect(next).rejects.toBeInstanceOf(InvalidPosition);
  });

  it('does not take an idle server for a silent one', async () => {
    await openJourney(store);
    const waiting = take(batchesOf({}), 2);
    await server.faults.reached(2, 'subscribe');
    const reads = server.faults.count('read');
    await server.faults.reached(reads + 5, 'read');
    await openJourney(store);
    expect(await waiting).toHaveLength(2);
    expect(server.faults.count('subscribe')).toBe(2);
    expect(notices).toEqual([]);
  });

  it('goes on over a fresh connection when the one there was passes nothing on any more', async () => {
    const stream = await openJourney(store);
    const batches = batchesOf({ prefixes: [stream] })[Symbol.asyncIterator]();
    expect((await nextWithEvents(batches)).events).toHaveLength(1);
    server.network.stall();
    const [appended, { events }] = await Promise.all([
      store.append({ stream, expected: 0, events: contacts(1) }),
      nextWithEvents(batches),
    ]);
    expect(events.map(({ revision }) => revision)).toEqual([appended.revision]);
  });

  it('is taken up again as often as it is refused', async () => {
    const refuse = { code: status.UNAVAILABLE, details: 'Server Is Not Ready' };
    const stream = await openJourney(store, 2);
    server.faults.next('subscribe', { refuse }, { refuse }, { refuse });
    expect(await take(batchesOf({ prefixes: [stream] }), 3)).toHaveLength(3);
    expect(notices).toEqual([
      expect.stringMatching(/^subscription-interrupted: .* Server Is Not Ready/),
      expect.stringMatching(/^subscription-resumed: .* goes on/),
    ]);
  });

  it('never has a checkpoint ahead of what was handed out', async () => {
    const [chosen, other] = [newStream('chosen-'), newStream('other-')];
    const expected: string[] = [];
    for (let round = 0; round < 6; round++) {
      alreadyHappened(`${other}-${round}`, 450);
      expected.push(...alreadyHappened(chosen, 5));
    }
    alreadyHappened(`${other}-last`, 2_500);
    const handedOut: string[] = [];
    let checkpoints = 0;
    for await (const { events, checkpoint } of batchesOf({ prefixes: [chosen], batchSize: 3 })) {
      handedOut.push(...idsOf(events));
      const behind = server.log
        .stream(chosen)
        .filter(({ position }) => store.compare(at(checkpoint!, position), checkpoint!) <= 0);
      expect(idsOf(behind)).toEqual(handedOut);
      if (++checkpoints > 10 && store.compare(checkpoint!, (await store.head())!) === 0) break;
    }
    expect(handedOut).toEqual(expected);
  });

  it('goes on from any of its checkpoints without a gap or a double', async () => {
    const [chosen, other] = [newStream('chosen-'), newStream('other-')];
    const expected: string[] = [];
    for (let round = 0; round < 4; round++) {
      alreadyHappened(`${other}-${round}`, 1_100);
      expected.push(...alreadyHappened(chosen, 2));
    }
    const resumed: string[] = [];
    const checkpoints: (Position | undefined)[] = [undefined];
    while (resumed.length < expected.length) {
      const after = checkpoints.at(-1);
      for await (const { events, checkpoint } of batchesOf({
        prefixes: [chosen],
        batchSize: 1,
        ...(after && { after }),
      })) {
        resumed.push(...idsOf(events));
        checkpoints.push(checkpoint);
        break;
      }
    }
    expect(resumed).toEqual(expected);
  });

  it('can be left at a place before an event, where reading goes on', async () => {
    const stream = newStream('other-');
    const ids = alreadyHappened(stream, 2_500);
    const batches = batchesOf({ prefixes: [newStream('nobody-')] })[Symbol.asyncIterator]();
    const { value } = (await batches.next()) as { value: LogBatch };
    expect(store.parsePosition(`${value.checkpoint}`)).toBe(value.checkpoint);
    const considered = server.log
      .stream(stream)
      .findIndex(({ position }) => store.compare(at(value.checkpoint!, position), value.checkpoint!) > 0);
    const { events } = await store.readLog({ after: value.checkpoint, limit: 2 });
    expect(idsOf(events)).toEqual(ids.slice(considered, considered + 2));
  });

  it('has no place to name before anything was considered', async () => {
    const { position } = await store.append({ stream: newStream(), expected: 'none', events: contacts(1) });
    const batches = batchesOf({ prefixes: [newStream('nobody-')] })[Symbol.asyncIterator]();
    const { value } = (await batches.next()) as { value: LogBatch };
    expect(value).toMatchObject({ events: [], checkpoint: position });
  });

  it('leaves with the server what its consumer has no time for', async () => {
    alreadyHappened(newStream(), 20_000);
    const batches = batchesOf({ batchSize: 10 })[Symbol.asyncIterator]();
    await nextWithEvents(batches);
    // What is under way arrives first; then nothing more is sent.
    for (let sent = 0; sent < server.faults.sent();) {
      sent = server.faults.sent();
      for (let times = 0; times < 10; times++) await openJourney(store);
    }
    expect(server.faults.sent()).toBeLessThan(2_000);
    await batches.return?.();
  });

  it('refuses a position that the log does not reach, as after an older backup was restored', async () => {
    const stream = await openJourney(store);
    const position = await firstPosition(store, stream);
    const after = at(position, 1_000_000);
    await expect(batchesOf({ after })[Symbol.asyncIterator]().next()).rejects.toThrow(InvalidPosition);
    await expect(store.readLog({ after, limit: 1 })).rejects.toThrow(InvalidPosition);
    await expect(store.readLog({ after, limit: 1, prefixes: ['journey-'] })).rejects.toThrow(InvalidPosition);
  });

  it('refuses a position between two events', async () => {
    const stream = await openJourney(store, 1);
    const position = await firstPosition(store, stream);
    const after = at(position, server.log.stream(stream)[0]!.position + 1);
    await expect(batchesOf({ after })[Symbol.asyncIterator]().next()).rejects.toThrow(InvalidPosition);
    await expect(store.readLog({ after, limit: 1 })).rejects.toThrow(InvalidPosition);
  });

  it('leaves out what the server writes for itself', async () => {
    const stream = await openJourney(store);
    alreadyHappened(`$stats-${randomUUID()}`, 40);
    const [event] = await take(batchesOf({}), 1);
    expect(event!.stream).toBe(stream);
    expect(await store.head()).toBe(event!.position);
  });
});

/** A position of the same log with another offset. */
const at = (position: Position, offset: number): Position =>
  position.replace(/-.*/, `-${offset}-${offset}`) as Position;

const nextWithEvents = async (batches: AsyncIterator<LogBatch>): Promise<LogBatch> => {
  for (;;) {
    const { value } = (await batches.next()) as { value: LogBatch };
    if (value.events.length > 0) return value;
  }
};

const firstPosition = async (of: EventStore, stream: string): Promise<Position> =>
  (await of.readStream(stream))[0]!.position;
