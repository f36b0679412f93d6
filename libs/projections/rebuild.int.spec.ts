import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestPostgres, type TestPostgres } from '../../test/support/postgres.js';
import { RebuildStopped, type Projection } from './index.js';
import { history } from './testing/history.js';
import {
  caseload,
  clients,
  decode,
  differences,
  openOffice,
  record,
  wholeRecord,
  type Office,
  type OfficeEvent,
} from './testing/office.js';

let postgres: TestPostgres;
let office: Office;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  office = await openOffice(await postgres.freshDatabase());
});
afterEach(() => office.close());

/** The same caseload, where one can see in every row which version made it. */
const second: Projection<OfficeEvent> = {
  ...caseload,
  version: 2,
  evolve: (journey, event, key) => {
    const after = caseload.evolve(journey, event, key);
    return after && { ...after, owner: `second ${String(after['owner']).replace('second ', '')}` };
  },
};

const generations = async (): Promise<readonly string[]> => {
  const { rows } = await office.reader.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relname ~ '^caseload(_tasks)?_v' AND relkind = 'r' ORDER BY 1",
  );
  return rows.map(({ name }) => name);
};

const dropped = async (tables: readonly string[]): Promise<void> => {
  while ((await generations()).some((name) => tables.includes(name)));
};

describe('A changed version', () => {
  it('is built beside the old one, and no reader ever sees an empty or a mixed caseload', async () => {
    await record(office.store, history(3_000, 1));
    const first = office.instance();
    first.start();
    await first.waitFor('caseload', await office.store.head(), 20_000);
    await first.stop();
    const before = await generations();

    const reading = new AbortController();
    const readers = Array.from({ length: 2 }, () => watch(reading.signal));
    const next = office.instance({ projections: [second, clients], stretch: { events: 300 } });
    next.start();
    let head = await office.store.head();
    for (let round = 2; round < 12; round++) head = await record(office.store, history(50, round));
    await switched();
    expect(await next.waitFor('caseload', head, 20_000)).toBe(true);
    reading.abort();

    const sights = (await Promise.all(readers)).flat();
    expect(
      sights.every(({ journeys, bySecond }) => journeys > 50 && (bySecond === 0 || bySecond === journeys)),
    ).toBe(true);
    expect(sights.some(({ bySecond }) => bySecond === 0)).toBe(true);
    expect(sights.every(({ strayTasks }) => strayTasks === 0)).toBe(true);
    expect(await differences(office, second, await wholeRecord(office.store))).toEqual([]);
    await dropped(before);
  });

  it('leaves the old rows readable while there is an event that it cannot apply', async () => {
    await record(office.store, history(300, 1));
    const first = office.instance();
    first.start();
    await first.waitFor('caseload', await office.store.head(), 20_000);
    await first.stop();
    const shown = await office.shown('caseload');

    const broken: Projection<OfficeEvent> = {
      ...second,
      evolve: () => {
        throw new TypeError('not yet');
      },
    };
    const next = office.instance({ projections: [broken, clients] });
    next.start();
    await expect(next.rebuild('caseload')).rejects.toThrow(RebuildStopped);
    expect(await office.shown('caseload')).toEqual(shown);
    expect((await next.status())[0]).toMatchObject({
      version: 2,
      activeVersion: 1,
      rebuild: { version: 2, failure: { error: 'TypeError' } },
    });
  });

  it('is noticed by the shape of its tables where its number was forgotten', async () => {
    await record(office.store, history(200, 1));
    const first = office.instance();
    first.start();
    await first.waitFor('caseload', await office.store.head(), 20_000);
    await first.stop();

    const indexed: Projection<OfficeEvent> = { ...caseload, indexes: ['(opened_on)'] };
    const next = office.instance({ projections: [indexed, clients] });
    next.start();
    await switched();
    expect(await differences(office, indexed, await wholeRecord(office.store))).toEqual([]);
  });
});

describe('A rebuild', () => {
  it('says how far it is, and replaces the rows that are read', async () => {
    const instance = office.instance({ stretch: { events: 500 } });
    instance.start();
    await record(office.store, history(3_000, 1));
    await instance.waitFor('caseload', await office.store.head(), 20_000);
    await office.reader.query("UPDATE views.caseload SET owner = 'somebody meddled'");
    expect((await instance.compareWithRebuild('caseload')).examples[0]).toMatchObject({
      view: 'caseload',
      kind: 'different',
      properties: ['owner'],
    });

    const shares: number[] = [];
    const before = await generations();
    await instance.rebuild('caseload', ({ share }) => shares.push(share));
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(await differences(office, caseload, await wholeRecord(office.store))).toEqual([]);
    await dropped(before);
  });

  it('goes on where it was interrupted', async () => {
    const total = 6_000;
    await record(office.store, history(total, 1));
    let decoded = 0;
    const { promise: interrupted, resolve: halfway } = withResolvers();
    const interruptedOne = office.instance({
      projections: [caseload],
      stretch: { events: 500 },
      decode: (events) => {
        decoded += events.length;
        if (decoded > total / 2) halfway();
        return decode(events);
      },
    });
    interruptedOne.start();
    await interrupted;
    await interruptedOne.stop();

    decoded = 0;
    const next = office.instance({
      projections: [caseload],
      decode: (events) => {
        decoded += events.length;
        return decode(events);
      },
    });
    next.start();
    await next.waitFor('caseload', await office.store.head(), 20_000);
    expect(decoded).toBeLessThan(total * 0.8);
    expect(await differences(office, caseload, await wholeRecord(office.store))).toEqual([]);
  });

  it('waits for a reader who is not done, and lets other readers through meanwhile', async () => {
    const instance = office.instance();
    instance.start();
    await instance.waitFor('caseload', await record(office.store, history(300, 1)), 20_000);
    const slow = new pg.Client({ connectionString: office.connectionString });
    await slow.connect();
    await slow.query('BEGIN');
    const count = 'SELECT count(*)::int AS n FROM views.caseload';
    const [seen] = (await slow.query<{ n: number }>(count)).rows;

    let isDone = false;
    const rebuilding = instance.rebuild('caseload').then(() => {
      isDone = true;
    });
    for (let others = 0; others < 20; others++)
      expect((await office.reader.query(count)).rows).toEqual([seen]);
    const position = await record(office.store, history(50, 2));
    await instance.waitFor('clients', position, 20_000);
    expect(isDone).toBe(false);
    await slow.query('COMMIT');
    await slow.end();
    await rebuilding;
    expect(await differences(office, caseload, await wholeRecord(office.store))).toEqual([]);
  });

  it('begins while somebody still reads the rows of an earlier one', async () => {
    const instance = office.instance();
    instance.start();
    await instance.waitFor('caseload', await record(office.store, history(300, 1)), 20_000);
    const before = await generations();
    const slow = new pg.Client({ connectionString: office.connectionString });
    await slow.connect();
    await slow.query('BEGIN');
    for (const table of before) await slow.query(`SELECT count(*) FROM views.${table}`);

    for (let times = 0; times < 3; times++) await instance.rebuild('caseload');
    expect(await generations()).toEqual(expect.arrayContaining([...before]));
    await slow.query('COMMIT');
    await slow.end();
    await dropped(before);
    expect(await differences(office, caseload, await wholeRecord(office.store))).toEqual([]);
  });

  it('happens by itself when the log is another one', async () => {
    const instance = office.instance();
    instance.start();
    await instance.waitFor('caseload', await record(office.store, history(300, 1)), 20_000);
    await instance.stop();

    const other = await openOffice(await postgres.freshDatabase());
    try {
      await record(other.store, history(100, 2));
      const moved = office.instance({ store: other.store });
      moved.start();
      await switched();
      expect(await differences(office, caseload, await wholeRecord(other.store))).toEqual([]);
      await moved.stop();
    } finally {
      await other.close();
    }
  });

  it('happens by itself when the log was set back to an earlier state', async () => {
    const instance = office.instance();
    instance.start();
    await instance.waitFor('caseload', await record(office.store, history(300, 1)), 20_000);
    await instance.stop();
    await office.reader.query(
      'WITH gone AS (DELETE FROM kim_log.events WHERE position >= 200) UPDATE kim_log.log_head SET next_position = 200',
    );

    const next = office.instance();
    next.start();
    await switched();
    expect(await differences(office, caseload, await wholeRecord(office.store))).toEqual([]);
  });
});

/** Until a second generation of the caseload is read. */
const switched = () => office.told('projection-switched', ({ projection }) => projection === 'caseload', 2);

const withResolvers = (): { promise: Promise<void>; resolve(): void } => {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((resolved) => {
    resolve = resolved;
  });
  return { promise, resolve: () => resolve() };
};

interface Sight {
  readonly journeys: number;
  readonly bySecond: number;
  readonly strayTasks: number;
}

const watch = async (signal: AbortSignal): Promise<readonly Sight[]> => {
  const sights: Sight[] = [];
  while (!signal.aborted) {
    const { rows } = await office.reader.query<Sight>(`
      SELECT count(*)::int AS journeys, count(*) FILTER (WHERE owner LIKE 'second %')::int AS "bySecond",
        (SELECT count(*)::int FROM views.caseload_tasks WHERE journey_id NOT IN (SELECT journey_id FROM views.caseload))
          AS "strayTasks"
      FROM views.caseload`);
    sights.push(rows[0]!);
  }
  return sights;
};
