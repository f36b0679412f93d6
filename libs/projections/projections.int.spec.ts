import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestPostgres, type TestPostgres } from '../../test/support/postgres.js';
import { UnknownProjection } from './index.js';
import { history } from './testing/history.js';
import {
  caseload,
  clients,
  destroyedKeys,
  expectedAfter,
  openOffice,
  record,
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

const amina = '6f1c9a52-0f1e-5b53-9a07-0c5a3f1f7e11';
const journeyId = '0d4f4e51-58ae-4f62-8ae5-7a0a2f8f2a01';
const registered = { type: 'ClientRegistered', clientId: amina, name: 'Amina Yılmaz' } as const;
const opened = {
  type: 'JourneyOpened',
  journeyId,
  clientId: amina,
  owner: 'aylin',
  openedOn: '2026-03-02',
} as const;

describe('A caseload', () => {
  it('shows what was recorded, as soon as one who waits for it is told so', async () => {
    const instance = office.instance();
    instance.start();
    await record(office.store, [registered]);
    const position = await record(office.store, [opened]);

    expect(await instance.waitFor('caseload', position, 20_000)).toBe(true);
    expect(await office.shown('caseload')).toEqual([
      {
        journey_id: journeyId,
        client_id: amina,
        owner: 'aylin',
        opened_on: '2026-03-02',
        contacts: 0,
        last_contact_at: null,
        languages: [],
        goals: [],
      },
    ]);
  });

  it('has a list of tasks that follows from each journey and ends with it', async () => {
    const instance = office.instance();
    instance.start();
    const agreed = { type: 'GoalAgreed', journeyId, dueOn: '2026-05-01' } as const;
    await record(office.store, [opened]);
    await record(office.store, [{ ...agreed, goal: 'B1 course' }]);
    const withTwo = await record(office.store, [{ ...agreed, goal: 'own flat' }]);
    await instance.waitFor('caseload', withTwo, 20_000);
    expect((await office.shown('caseload_tasks')).map(({ what }) => what)).toEqual([
      'review B1 course',
      'review own flat',
    ]);

    const withOne = await record(office.store, [{ type: 'GoalReviewed', journeyId, goal: 'B1 course' }]);
    await instance.waitFor('caseload', withOne, 20_000);
    expect(await office.shown('caseload_tasks')).toEqual([
      { journey_id: journeyId, what: 'review own flat', due_on: '2026-05-01' },
    ]);

    const closed = await record(office.store, [{ type: 'JourneyClosed', journeyId }]);
    await instance.waitFor('caseload', closed, 20_000);
    expect(await office.shown('caseload_tasks')).toEqual([]);
    expect(await office.shown('caseload')).toEqual([]);
  });

  it('changes all journeys of a client at an event that names only the client', async () => {
    const journeys = Array.from({ length: 3 }, () => ({ ...opened, journeyId: randomUUID() }));
    await record(office.store, journeys.slice(0, 2));
    const instance = office.instance();
    instance.start();
    await instance.waitFor('caseload', await office.store.head(), 20_000);

    // The third journey is opened and concerned within one batch, the others lie in the table.
    await office.store.append({
      stream: 'journey-and-client',
      expected: 'none',
      events: [
        { id: randomUUID(), type: 'JourneyOpened', data: { ...journeys[2] }, metadata: {} },
        { id: randomUUID(), type: 'ClientErased', data: { clientId: amina }, metadata: {} },
      ],
    });
    await instance.waitFor('caseload', await office.store.head(), 20_000);
    expect((await office.shown('caseload')).map(({ client_id }) => client_id)).toEqual([null, null, null]);
  });

  it('equals the fold of the whole record, whatever happened', async () => {
    const instance = office.instance();
    instance.start();
    for (const seed of [1, 2]) {
      await record(office.store, history(600, seed));
      const events = await wholeRecord(office.store);
      for (const definition of [caseload, clients]) {
        await instance.waitFor(definition.name, await office.store.head(), 20_000);
        for (const [view, rows] of Object.entries(expectedAfter(definition, events)))
          expect(await office.shown(view)).toEqual(rows);
        expect(await instance.compareWithRebuild(definition.name)).toMatchObject({ differences: 0 });
      }
    }
  });
});

describe('A client’s name', () => {
  it('is readable with their key and lies nowhere in the database without it', async () => {
    const instance = office.instance();
    instance.start();
    const position = await record(office.store, [registered]);
    await instance.waitFor('clients', position, 20_000);
    expect(await office.shown('clients')).toEqual([{ client_id: amina, name: 'Amina Yılmaz' }]);

    const { rows: tables } = await office.reader.query<{ name: string }>(
      "SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'views'::regnamespace",
    );
    expect(tables.length).toBeGreaterThan(3);
    for (const { name } of tables) {
      const { rows } = await office.reader.query<{ all: string }>(
        `SELECT string_agg(t::text, ' ') AS all FROM ${name} t`,
      );
      expect(rows[0]?.all ?? '').not.toMatch(/amina|y[ıi]lmaz/i);
    }
  });

  it('keeps its ciphertext when something else in the row changes or nothing does', async () => {
    const instance = office.instance();
    instance.start();
    await instance.waitFor('clients', await record(office.store, [registered]), 20_000);
    const before = await office.reader.query('SELECT name FROM views.clients');
    await instance.waitFor('clients', await record(office.store, [registered]), 20_000);
    expect((await office.reader.query('SELECT name FROM views.clients')).rows).toEqual(before.rows);
  });

  it('is gone with their key, and a rebuild agrees', async () => {
    const instance = office.instance();
    instance.start();
    await instance.waitFor('clients', await record(office.store, [registered]), 20_000);
    destroyedKeys.add(amina);
    try {
      const position = await record(office.store, [{ type: 'ClientErased', clientId: amina }]);
      await instance.waitFor('clients', position, 20_000);
      expect(await office.shown('clients')).toEqual([{ client_id: amina, name: null }]);
      expect(await instance.compareWithRebuild('clients')).toMatchObject({ rows: 1, differences: 0 });
    } finally {
      destroyedKeys.delete(amina);
    }
  });
});

describe('One who waits for a position', () => {
  it('is told by another instance that does the work', async () => {
    const worker = office.instance();
    worker.start();
    await worker.waitFor('caseload', undefined, 20_000);
    const other = office.instance();
    other.start();
    const position = await record(office.store, [opened]);
    expect(await other.waitFor('caseload', position, 20_000)).toBe(true);
    expect(office.incidents.filter(({ what }) => what === 'leading')).toHaveLength(1);
  });

  it('is not misled by notices that are none of ours', async () => {
    const instance = office.instance();
    instance.start();
    await instance.waitFor('caseload', undefined, 20_000);
    for (const payload of ['', 'null', '[1]', '{"projection":"caseload"}'])
      await office.reader.query("SELECT pg_notify('views_projections', $1)", [payload]);
    expect(await instance.waitFor('caseload', await record(office.store, [opened]), 20_000)).toBe(true);
    expect(office.incidents.map(({ what }) => what)).not.toContain('retrying');
  });

  it('is told when it takes too long', async () => {
    const position = await record(office.store, [opened]);
    const notStarted = office.instance();
    expect(await notStarted.waitFor('caseload', position, 20)).toBe(false);
  });

  it('is refused for a projection that does not exist', async () => {
    const instance = office.instance();
    await expect(instance.waitFor('caselaod', undefined, 1_000)).rejects.toThrow(UnknownProjection);
  });
});

describe('The status', () => {
  it('tells of each projection how far it is and how it does', async () => {
    const instance = office.instance();
    expect((await instance.status()).map(({ state }) => state)).toEqual(['unattended', 'unattended']);

    instance.start();
    const position = await record(office.store, history(200, 5));
    await instance.waitFor('clients', position, 20_000);
    await instance.waitFor('caseload', position, 20_000);
    expect((await instance.status())[0]).toMatchObject({
      name: 'caseload',
      version: 1,
      activeVersion: 1,
      state: 'running',
      checkpoint: position,
      lag: 0,
      failure: undefined,
      rebuild: undefined,
    });

    await instance.stop();
    const behind = office.instance();
    await record(office.store, history(10, 6));
    expect(await behind.status()).toMatchObject([
      { name: 'caseload', state: 'unattended', lag: 10 },
      { name: 'clients', state: 'unattended', lag: 10 },
    ]);
  });
});
