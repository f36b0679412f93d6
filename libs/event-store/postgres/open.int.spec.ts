import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestPostgres, type TestPostgres } from '../../../test/support/postgres.js';
import {
  contacts,
  eventually,
  idsOf,
  newStream,
  openJourney,
  readToHead,
  refusalOf,
  take,
} from '../contract/journeys.js';
import {
  EventTooLarge,
  InvalidAppend,
  InvalidPosition,
  StoreUnavailable,
  WrongExpectedRevision,
} from '../errors.js';
import type { EventStore } from '../port.js';
import { UnsuitableDatabase } from './layout.js';
import { openPostgresEventStore, type PostgresEventStoreOptions } from './open.js';
import { unreliableNetwork } from './unreliable-network.js';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.stop());

const stores: EventStore[] = [];
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
});

const open = async (connectionString: string, options: Partial<PostgresEventStoreOptions> = {}) => {
  const store = await openPostgresEventStore({ connectionString, ...options });
  stores.push(store);
  return store;
};

const rowsOf = async (connectionString: string, sql: string): Promise<unknown[][]> => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
};

const printedNumbers = async (store: EventStore): Promise<number[]> =>
  (await readToHead(store, {})).map(({ position }) => Number(position.split('-')[1]));

describe('A log in PostgreSQL', () => {
  it('is made once, however many processes start at the same moment', async () => {
    const database = await postgres.freshDatabase();
    const opened = await Promise.all(Array.from({ length: 8 }, () => open(database)));
    for (const store of opened) await openJourney(store);
    expect(await readToHead(opened[0]!, {})).toHaveLength(8);
  });

  it('numbers its events from 0 without gaps, whatever was refused in between', async () => {
    const store = await open(await postgres.freshDatabase());
    const streams = Array.from({ length: 5 }, () => newStream());
    for (let round = 0; round < 10; round++)
      await Promise.allSettled(
        streams.map((stream, index) =>
          // Every third append expects a revision that is not there.
          store.append({
            stream,
            expected: (round + index) % 3 === 0 ? 1_000 : 'any',
            events: contacts(1 + index),
          }),
        ),
      );
    const numbers = await printedNumbers(store);
    expect(numbers).toEqual(numbers.map((_, index) => index));
    expect(numbers.length).toBeGreaterThan(50);
  });

  it('numbers what several processes record in the order in which it became visible', async () => {
    const database = await postgres.freshDatabase();
    const [store, processes, appends] = [await open(database), 3, 150];
    const end = new AbortController();
    const seen = take(store.subscribe({ batchSize: 20, signal: end.signal }), processes * appends);
    await Promise.all(Array.from({ length: processes }, () => appendInAnotherProcess(database, appends)));
    const numbers = (await seen).map(({ position }) => Number(position.split('-')[1]));
    expect(numbers).toEqual(Array.from({ length: processes * appends }, (_, number) => number));
    end.abort();
  });

  it('keeps its positions in a copy, and goes on from there', async () => {
    const database = await postgres.freshDatabase();
    const original = await open(database);
    const stream = await openJourney(original, 4);
    const recorded = await original.readStream(stream);
    await original.close();
    await rowsOf(
      postgres.connectionString,
      `CREATE DATABASE copied TEMPLATE ${new URL(database).pathname.slice(1)}`,
    );

    const copy = await open(database.replace(/[^/]+$/, 'copied'));
    expect(await copy.readStream(stream)).toEqual(recorded);
    await copy.append({ stream, expected: 4, events: contacts(1) });
    const added = await copy.readLog({ after: recorded[4]!.position, limit: 10 });
    expect(added.events.map(({ revision }) => revision)).toEqual([5]);
  });

  it('refuses a position that it has not reached, because it was set back since', async () => {
    const store = await open(await postgres.freshDatabase());
    await openJourney(store);
    const beyond = store.parsePosition(`${(await store.head())!}0`.replace(/-00$/, '-7'));
    expect(await refusalOf(store.readLog({ after: beyond, limit: 1 }))).toBeInstanceOf(InvalidPosition);
    const { signal } = new AbortController();
    expect(await refusalOf(take(store.subscribe({ after: beyond, batchSize: 1, signal }), 1))).toBeInstanceOf(
      InvalidPosition,
    );
  });

  it.each([
    [
      'of another layout',
      'CREATE SCHEMA kim_log; CREATE TABLE kim_log.log_head AS SELECT 99 AS layout, $$x$$ AS log_id',
    ],
    ['of something else', 'CREATE SCHEMA kim_log; CREATE TABLE kim_log.timber (length integer)'],
    ['that was never finished', 'CREATE SCHEMA kim_log; CREATE TABLE kim_log.log_head (layout integer)'],
  ])('is not opened when the schema is one %s', async (_, sql) => {
    const database = await postgres.freshDatabase();
    await rowsOf(database, sql);
    const refusal = await refusalOf(open(database));
    expect(refusal).toBeInstanceOf(UnsuitableDatabase);
    expect((refusal as Error).message).toMatch(/^The [^.]+\.$/);
  });

  it('is not opened in a database that cannot hold every name', async () => {
    await rowsOf(
      postgres.connectionString,
      "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0",
    );
    const refusal = await refusalOf(open(postgres.connectionString.replace(/[^/]+$/, 'latin')));
    expect(refusal).toBeInstanceOf(UnsuitableDatabase);
  });

  it('carries appends that are asked for at the same moment in one transaction', async () => {
    const database = await postgres.freshDatabase();
    const store = await open(database);
    await Promise.all(Array.from({ length: 64 }, () => openJourney(store)));
    expect(
      await rowsOf(database, 'SELECT count(*)::int, count(DISTINCT xmin::text)::int FROM kim_log.events'),
    ).toEqual([[64, 1]]);
  });

  it('never reads the whole of its events, however few there are', async () => {
    const database = await postgres.freshDatabase();
    const first = await open(database);
    const stream = await openJourney(first, 3);
    await first.close();
    // So few that the planner, which now knows their number, would rather read them all.
    await rowsOf(database, 'VACUUM ANALYZE kim_log.events');
    const store = await open(database);
    await store.append({ stream, expected: 3, events: contacts(2) });
    await store.readStream(stream, { from: 1, to: 2 });
    await readToHead(store, { prefixes: ['journey-'] });
    await readToHead(store, {});
    const events = contacts(1);
    for (let times = 0; times < 2; times++) await store.append({ stream, expected: 'any', events });
    await store.close();
    await untilNobodyIsConnected(database);
    const [[scans]] = (await rowsOf(
      database,
      "SELECT seq_scan::int FROM pg_stat_user_tables WHERE schemaname = 'kim_log' AND relname = 'events'",
    )) as [[number]];
    // Three, when its three indexes were made.
    expect(scans).toBeLessThanOrEqual(3);
  });

  it('keeps event ids unique in the whole log', async () => {
    const store = await open(await postgres.freshDatabase());
    const [stream, events] = [newStream(), contacts(2)];
    await store.append({ stream, expected: 'none', events });
    const elsewhere = await refusalOf(store.append({ stream: newStream(), expected: 'any', events }));
    expect(elsewhere).toBeInstanceOf(InvalidAppend);
    const again = await refusalOf(store.append({ stream, expected: 1, events }));
    expect(again).toBeInstanceOf(WrongExpectedRevision);
    expect(await readToHead(store, {})).toHaveLength(2);
  });

  it('does not repeat what it cannot read', async () => {
    const database = await postgres.freshDatabase();
    const store = await open(database);
    const [changed, untouched] = [await openJourney(store), await openJourney(store)];
    await rowsOf(database, `UPDATE kim_log.events SET event = 'Hatice Yılmaz' WHERE stream = '${changed}'`);
    const [first, second, third] = await Promise.allSettled([
      store.readStream(changed),
      store.readStream(untouched),
      store.readLog({ limit: 10 }),
    ]);
    for (const answer of [first, third])
      expect(answer).toMatchObject({ reason: { message: expect.stringMatching(/somebody changed it/) } });
    expect(second).toMatchObject({ value: [{ stream: untouched }] });
  });

  it('takes a smaller limit for its appends', async () => {
    const store = await open(await postgres.freshDatabase(), { maxAppendSize: 1_000 });
    const refusal = await refusalOf(
      store.append({ stream: newStream(), expected: 'none', events: contacts(10) }),
    );
    expect(refusal).toBeInstanceOf(EventTooLarge);
    expect(refusal).toMatchObject({ limit: 1_000 });
  });
});

describe('When PostgreSQL does not answer, a store', () => {
  const hasty = { connectTimeout: 1_500, statementTimeout: 1_500, safetyCheck: 100 };

  it('does not know the outcome of an append whose answer was lost, and finds it when asked again', async () => {
    const network = await unreliableNetwork(await postgres.freshDatabase());
    const store = await open(network.connectionString, hasty);
    const stream = await openJourney(store);
    const events = contacts(2);
    network.swallowAnswers();
    expect(await refusalOf(store.append({ stream, expected: 0, events }))).toBeInstanceOf(StoreUnavailable);
    const recorded = await eventually(() => store.readStream(stream));
    expect(idsOf(recorded.slice(1))).toEqual(idsOf(events));
    const { revision, position } = recorded[2]!;
    expect(await eventually(() => store.append({ stream, expected: 0, events }))).toEqual({
      revision,
      position,
    });
    await store.close();
    await network.close();
  });

  it('says so in time, and works again on new connections', async () => {
    const network = await unreliableNetwork(await postgres.freshDatabase());
    const store = await open(network.connectionString, hasty);
    const stream = await openJourney(store);
    const end = new AbortController();
    const seen = take(store.subscribe({ batchSize: 1, signal: end.signal }), 3);
    await store.readStream(stream);
    network.fallSilent();
    const calls = [
      store.append({ stream, expected: 0, events: contacts(1) }),
      store.append({ stream: newStream(), expected: 'none', events: contacts(1) }),
      store.readStream(stream),
      store.readLog({ limit: 1 }),
      store.head(),
    ];
    for (const answer of await Promise.allSettled(calls))
      expect(answer).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) });
    network.recover();
    const events = contacts(2);
    await eventually(() => store.append({ stream, expected: 0, events }));
    expect(await seen).toHaveLength(3);
    end.abort();
    await store.close();
    await network.close();
  });

  it('can be closed all the same', async () => {
    const network = await unreliableNetwork(await postgres.freshDatabase());
    const store = await open(network.connectionString, hasty);
    await openJourney(store);
    network.fallSilent();
    await store.close();
    await network.close();
  });

  it('gives up an append that somebody else holds up, and goes on when the way is free', async () => {
    const database = await postgres.freshDatabase();
    const store = await open(database, hasty);
    const stream = await openJourney(store);
    const obstacle = new pg.Client({ connectionString: database });
    await obstacle.connect();
    await obstacle.query('BEGIN; SELECT FROM kim_log.log_head FOR UPDATE');
    const events = contacts(1);
    expect(await refusalOf(store.append({ stream, expected: 0, events }))).toBeInstanceOf(StoreUnavailable);
    await obstacle.end();
    expect(await eventually(() => store.append({ stream, expected: 0, events }))).toMatchObject({
      revision: 1,
    });
  });

  it('finds events whose announcement got lost', async () => {
    const database = await postgres.freshDatabase();
    const store = await open(database, { safetyCheck: 100 });
    const end = new AbortController();
    await openJourney(store);
    const seen = take(store.subscribe({ batchSize: 10, signal: end.signal }), 2);
    await untilItListens(database);
    await rowsOf(
      database,
      `WITH moved AS (UPDATE kim_log.log_head SET next_position = next_position + 1 RETURNING next_position)
       INSERT INTO kim_log.events (position, revision, id, stream, event)
       SELECT next_position - 1, 0, gen_random_uuid(), 'journey-unannounced', '{"id":"","type":"X","data":{},"metadata":{}}'
       FROM moved`,
    );
    expect((await seen).map(({ stream }) => stream)).toContain('journey-unannounced');
    end.abort();
  });
});

/** Until every connection has ended and left its statistics behind. */
const untilNobodyIsConnected = async (database: string): Promise<void> => {
  const connected =
    "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'event store'";
  while ((await rowsOf(database, connected)).length > 0);
};

/** Until the listening connection has asked for the head once and waits for what is announced from then on. */
const untilItListens = async (database: string): Promise<void> => {
  const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle'
    AND query = 'SELECT next_position FROM kim_log.log_head'`;
  while ((await rowsOf(database, waiting)).length === 0);
};

const appendInAnotherProcess = async (connectionString: string, appends: number): Promise<void> => {
  const story = `
    const { openPostgresEventStore } = await import(${JSON.stringify(new URL('open.js', import.meta.url).href)});
    const { openJourney, newStream, contacts } = await import(
      ${JSON.stringify(new URL('../contract/journeys.js', import.meta.url).href)});
    const store = await openPostgresEventStore({ connectionString: ${JSON.stringify(connectionString)} });
    const append = async () => {
      await openJourney(store);
      await store.append({ stream: newStream(), expected: 0, events: contacts(1) }).catch(() => undefined);
    };
    for (let done = 0; done < ${appends}; done += 10) await Promise.all(Array.from({ length: 10 }, append));
    await store.close();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', story], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`The other process ended with ${code}`);
};
