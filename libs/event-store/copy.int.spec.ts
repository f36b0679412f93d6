import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  startEventStoreDBStandIn,
  type EventStoreDBStandIn,
} from '../../test/support/eventstoredb-stand-in/index.js';
import { startTestPostgres, type TestPostgres } from '../../test/support/postgres.js';
import {
  contactRecorded,
  contacts,
  happened,
  newStream,
  openJourney,
  refusalOf,
} from './contract/journeys.js';
import { copyLog, CopyRefused, type CopyProgress } from './copy.js';
import { StoreUnavailable } from './errors.js';
import { openEventStoreDB } from './eventstoredb/index.js';
import type { EventStore, RecordedEvent } from './port.js';
import { openPostgresEventStore } from './postgres/open.js';

describe('Copying a log into another store', () => {
  let postgres: TestPostgres;
  const standIns: EventStoreDBStandIn[] = [];
  const stores: EventStore[] = [];

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    for (const standIn of standIns) await standIn.stop();
    await postgres.stop();
  });

  const opened = (store: EventStore): EventStore => {
    stores.push(store);
    return store;
  };
  const onPostgres = async (): Promise<EventStore> =>
    opened(await openPostgresEventStore({ connectionString: await postgres.freshDatabase() }));
  const onEventStoreDB = async (): Promise<EventStore> => {
    const standIn = await startEventStoreDBStandIn();
    standIns.push(standIn);
    return opened(await openEventStoreDB({ connectionString: standIn.connectionString }));
  };
  /** Journeys whose events lie between each other's, some from one append, one larger than most. */
  const pilot = async (): Promise<EventStore> => {
    const store = await onPostgres();
    const streams = [await openJourney(store), await openJourney(store, 3), newStream('client-')];
    for (let round = 0; round < 20; round += 1)
      for (const [number, stream] of streams.entries())
        await store.append({ stream, expected: 'any', events: contacts(1 + ((round + number) % 3)) });
    await store.append({ stream: newStream(), expected: 'none', events: contacts(250) });
    const story = { text: 'ü'.repeat(200_000), b: [1.5, null, { z: 1, a: true }], a: '\u2028"\\' };
    for (let round = 0; round < 3; round += 1)
      await store.append({ stream: streams[0]!, expected: 'any', events: [happened('StoryTold', story)] });
    return store;
  };
  const everything = async (store: EventStore): Promise<readonly Omit<RecordedEvent, 'position'>[]> => {
    const { events, atHead } = await store.readLog({ limit: 10_000 });
    expect(atHead).toBe(true);
    return events.map(({ position: _, ...event }) => event);
  };

  it('brings every event, in order, to EventStoreDB and back', async () => {
    const store = await pilot();
    const recorded = await everything(store);
    const there = await onEventStoreDB();
    expect(await copyLog(store, there)).toEqual({ events: recorded.length, found: 0 });
    expect(await everything(there)).toEqual(recorded);

    const back = await onPostgres();
    expect(await copyLog(there, back)).toEqual({ events: recorded.length, found: 0 });
    expect(await everything(back)).toEqual(recorded);
  });

  it('goes on where it was interrupted, again and again', async () => {
    const store = await pilot();
    const there = await onEventStoreDB();
    let appends = 0;
    const failing: EventStore = {
      ...there,
      append: (request) => {
        if (++appends % 10 === 0) return Promise.reject(new StoreUnavailable('The store went away'));
        return there.append(request);
      },
    };
    let interruptions = 0;
    for (;;) {
      const report = await copyLog(store, failing).catch((error: unknown) => {
        expect(error).toBeInstanceOf(StoreUnavailable);
      });
      if (report) break;
      interruptions += 1;
    }
    expect(interruptions).toBeGreaterThan(3);
    expect(await everything(there)).toEqual(await everything(store));
  });

  it('finds everything there when it is done a second time, and what came since', async () => {
    const [store, there] = [await pilot(), await onEventStoreDB()];
    const { events } = await copyLog(store, there);
    expect(await copyLog(store, there)).toEqual({ events, found: events });
    await openJourney(store);
    expect(await copyLog(store, there)).toEqual({ events: events + 1, found: events });
  });

  it('tells how far it is', async () => {
    const [store, there] = [await pilot(), await onEventStoreDB()];
    const told: CopyProgress[] = [];
    const { events } = await copyLog(store, there, (progress) => told.push(progress));
    const copying = told.filter(({ stage }) => stage === 'copying');
    expect(copying.at(-1)).toMatchObject({ events, position: await store.head() });
    expect(copying.map(({ events }) => events)).toEqual(
      copying.map(({ events }) => events).toSorted((a, b) => a - b),
    );
  });

  it('leaves a store alone that holds something else', async () => {
    const [store, there] = [await pilot(), await onEventStoreDB()];
    await openJourney(there);
    const before = await everything(there);
    const refusal = await refusalOf(copyLog(store, there));
    expect(refusal).toBeInstanceOf(CopyRefused);
    expect(String(refusal)).toMatch(
      /Event 1 of the target .* differs from the source's in its stream; name an empty/,
    );
    expect(await everything(there)).toEqual(before);
  });

  it('tells in what an event differs', async () => {
    const [store, there] = [await onPostgres(), await onEventStoreDB()];
    const [stream, event] = [newStream(), contactRecorded()];
    await store.append({ stream, expected: 'none', events: [event] });
    await there.append({
      stream,
      expected: 'none',
      events: [{ ...event, data: { ...event.data, forged: 1 } }],
    });
    expect(String(await refusalOf(copyLog(store, there)))).toMatch(/differs from the source's in its data/);
  });

  it('leaves a store alone that has gone on since', async () => {
    const [store, there] = [await pilot(), await onEventStoreDB()];
    const { events } = await copyLog(store, there);
    await openJourney(there);
    expect(String(await refusalOf(copyLog(store, there)))).toMatch(
      new RegExp(`more than the ${events} events of the source; it is in use already`),
    );
  });

  it('refuses to copy nothing, or a log onto itself', async () => {
    const [store, empty] = [await pilot(), await onEventStoreDB()];
    expect(String(await refusalOf(copyLog(empty, store)))).toMatch(/holds no events/);
    expect(String(await refusalOf(copyLog(store, store)))).toMatch(/the same log/);
  });

  it('does not call it done when the source grows meanwhile', async () => {
    const [store, there] = [await pilot(), await onEventStoreDB()];
    const growing: EventStore = {
      ...there,
      readLog: async (options) => {
        if ((await there.head()) !== undefined) await openJourney(store);
        return there.readLog(options);
      },
    };
    const refusal = await refusalOf(copyLog(store, growing));
    expect(refusal).toBeInstanceOf(CopyRefused);
    expect(String(refusal)).toMatch(/source grew .* stop the application/);
    expect((await copyLog(store, there)).events).toBe((await everything(store)).length);
  });
});
