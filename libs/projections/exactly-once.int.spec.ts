import type { Position } from '#event-store';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestPostgres, type TestPostgres } from '../../test/support/postgres.js';
import { connectionPool, type Database, type Statements } from './database.js';
import { isTransient, Overtaken } from './failure.js';
import type { Projections } from './index.js';
import { lead } from './lead.js';
import { createRegistry, type News } from './registry.js';
import { history } from './testing/history.js';
import {
  caseload,
  clients,
  decode,
  differences,
  openOffice,
  record,
  seals,
  wholeRecord,
  type Office,
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

describe('Every event counts exactly once', () => {
  it('when several processes all believe that they lead', async () => {
    const observer = office.instance();
    observer.start();
    await observer.waitFor('caseload', undefined, 20_000);
    const ended = new AbortController();
    const errors: unknown[] = [];
    const usurpers = [1, 2].map(() =>
      usurp(connectionPool({ connectionString: office.connectionString }), ended.signal, errors),
    );

    for (let round = 0; round < 20; round++) await record(office.store, history(100, round));
    await allShown(observer);
    ended.abort();
    await Promise.all(usurpers);

    expect(errors.filter((error) => error instanceof Overtaken).length).toBeGreaterThan(0);
    expect(errors.filter((error) => !isTransient(error))).toEqual([]);
    await expectTruth();
  });

  it('when the connection breaks before any statement of a batch, or before its commit', async () => {
    const database = connectionPool({ connectionString: office.connectionString });
    await createRegistry(database, 'views');
    let round = 0;
    for (let struck = true; struck;) {
      round += 1;
      const head = await record(office.store, history(60, round));
      const lightning = strikeBefore(round, database);
      const ended = new AbortController();
      const behind = new Set([caseload.name, clients.name]);
      await usurp(lightning.database, ended.signal, [], ({ projection, state, position }) => {
        if (state === 'active' && position === head) behind.delete(projection);
        if (behind.size === 0) ended.abort();
      });
      struck = lightning.struck();
      await expectTruth();
    }
    // Checkpoint, rows and lists of two projections, and the commit.
    expect(round).toBeGreaterThan(5);
    await database.close();
  });

  it('when all connections are cut again and again', async () => {
    const instance = office.instance({
      database: { connectionString: office.connectionString, application_name: 'cut me' },
    });
    instance.start();
    for (let round = 0; round < 15; round++) {
      const recording = record(office.store, history(150, round));
      await office.reader.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cut me'",
      );
      await recording;
    }
    await allShown(instance);
    await expectTruth();
  });

  it('when the database goes away and comes back', async () => {
    const instance = office.instance();
    instance.start();
    for (let round = 0; round < 3; round++) {
      await allShown(instance, await record(office.store, history(300, round)));
      const recording = record(office.store, history(300, 100 + round)).catch(() => undefined);
      await postgres.kill();
      await postgres.start();
      await recording;
    }
    await allShown(instance, await record(office.store, history(10, 1_000)));
    await expectTruth();
  });
});

const allShown = async (instance: Projections, position?: Position): Promise<void> => {
  const head = position ?? (await office.store.head());
  for (const { name } of [caseload, clients]) expect(await instance.waitFor(name, head, 30_000)).toBe(true);
};

const expectTruth = async (): Promise<void> => {
  const events = await wholeRecord(office.store);
  expect(await differences(office, caseload, events)).toEqual([]);
  expect(await differences(office, clients, events)).toEqual([]);
};

/** Leads without asking anybody. */
const usurp = async (
  database: Database,
  signal: AbortSignal,
  errors: unknown[],
  tell: (news: News) => void = () => undefined,
): Promise<void> => {
  while (!signal.aborted)
    await lead({
      store: office.store,
      database,
      schema: 'views',
      projections: [caseload, clients],
      decode,
      seals,
      stretch: { events: 500, rows: 500, milliseconds: 100 },
      signal,
      tell,
      onAttention: () => () => undefined,
      stopped: (_, failure) => errors.push(failure),
      switched: () => undefined,
    }).catch((error: unknown) => errors.push(error));
};

const strikeBefore = (nth: number, database: Database): { database: Database; struck(): boolean } => {
  let [statements, struck] = [0, false];
  const strike = async (transaction: Statements): Promise<void> => {
    statements += 1;
    if (statements !== nth) return;
    struck = true;
    await transaction.query('SELECT pg_terminate_backend(pg_backend_pid())');
  };
  return {
    struck: () => struck,
    database: {
      ...database,
      transaction: (work) =>
        database.transaction(async (transaction) => {
          const result = await work({
            query: async (...statement) => {
              await strike(transaction);
              return transaction.query(...statement);
            },
          });
          await strike(transaction);
          return result;
        }),
    },
  };
};
