import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestPostgres, type TestPostgres } from '../../test/support/postgres.js';
import { NotComparable, type Projection } from './index.js';
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

const journeyId = '0d4f4e51-58ae-4f62-8ae5-7a0a2f8f2a01';
const opened = {
  type: 'JourneyOpened',
  journeyId,
  clientId: '6f1c9a52-0f1e-5b53-9a07-0c5a3f1f7e11',
  owner: 'aylin',
  openedOn: '2026-03-02',
} as const;
const poison = { type: 'GoalAgreed', journeyId, goal: 'poison', dueOn: '2026-05-01' } as const;

/** The caseload as somebody wrote it who did not think of everything. */
const careless = (evolve: Projection<OfficeEvent>['evolve']): Projection<OfficeEvent> => ({
  ...caseload,
  evolve,
});

const throwing = careless((journey, event, key) => {
  if (event.type === 'GoalAgreed' && event.goal === 'poison') throw new TypeError('Amina has no such goal');
  return caseload.evolve(journey, event, key);
});

const overflowing = careless((journey, event, key) => {
  const after = caseload.evolve(journey, event, key);
  return after && event.type === 'GoalAgreed' && event.goal === 'poison'
    ? { ...after, contacts: 2 ** 40 }
    : after;
});

const undecodable = (events: Parameters<typeof decode>[0]): ReturnType<typeof decode> => {
  if (events.some(({ data }) => data['goal'] === 'poison')) throw new RangeError('unknown schema version');
  return decode(events);
};

const recordWithPoison = async (): Promise<{ before: number }> => {
  await record(office.store, history(400, 1));
  await record(office.store, [opened]);
  const before = (await wholeRecord(office.store)).length;
  await record(office.store, [poison]);
  await record(office.store, history(400, 2));
  return { before };
};

const mistakes = [
  { mistake: 'its code throws', unusual: { projections: [throwing, clients] }, error: 'TypeError' },
  {
    mistake: 'the row cannot be stored',
    unusual: { projections: [overflowing, clients] },
    error: 'error 22003',
  },
  { mistake: 'it cannot be decoded', unusual: { decode: undecodable }, error: 'RangeError' },
];

describe.each(['while it catches up', 'while it is live'])(
  'An event that cannot be applied, met %s,',
  (when) => {
    it.each(mistakes)(
      'stops its own projection right before it when $mistake',
      async ({ unusual, error }) => {
        const instance = office.instance(unusual);
        if (when === 'while it is live') {
          instance.start();
          await instance.waitFor('caseload', undefined, 20_000);
        }
        const { before } = await recordWithPoison();
        instance.start();

        const head = (await office.store.head())!;
        expect(await instance.waitFor('clients', head, 20_000)).toBe(true);
        const failure = await stoppedFailure();
        const events = await wholeRecord(office.store);
        expect(events[before]).toMatchObject({ goal: 'poison' });
        expect(failure).toMatchObject({
          position: head.replace(/\d+$/, String(before)),
          eventType: 'GoalAgreed',
          error: expect.stringContaining(error),
          attempts: 1,
        });
        expect(JSON.stringify(office.incidents)).not.toContain('Amina');
        if (when === 'while it is live')
          expect(await differences(office, caseload, events.slice(0, before))).toEqual([]);
        expect(await differences(office, clients, events)).toEqual([]);

        const [stopped, running] = await instance.status();
        expect(stopped).toMatchObject({ state: 'stopped', lag: 401, failure });
        expect(running).toMatchObject({ state: 'running', lag: 0 });
        await instance.stop();

        const mended = office.instance();
        mended.start();
        expect(await mended.waitFor('caseload', head, 20_000)).toBe(true);
        expect(await differences(office, caseload, events)).toEqual([]);
        expect(await mended.status()).toMatchObject([
          { state: 'running', failure: undefined },
          { state: 'running' },
        ]);
      },
    );
  },
);

const stoppedFailure = async (times = 1) =>
  (await office.told('projection-stopped', ({ projection }) => projection === 'caseload', times)).failure;

describe('A stopped projection', () => {
  it('goes on at once when it is resumed and the reason is gone', async () => {
    let poisonous = true;
    const instance = office.instance({
      projections: [
        careless((journey, event, key) =>
          poisonous ? throwing.evolve(journey, event, key) : caseload.evolve(journey, event, key),
        ),
        clients,
      ],
    });
    instance.start();
    await recordWithPoison();
    await stoppedFailure();

    const operator = office.instance();
    await operator.resume('caseload');
    expect(await stoppedFailure(2)).toMatchObject({ attempts: 2 });

    poisonous = false;
    await operator.resume('caseload');
    expect(await instance.waitFor('caseload', await office.store.head(), 20_000)).toBe(true);
    expect(await differences(office, caseload, await wholeRecord(office.store))).toEqual([]);
  });

  it.each(mistakes)('cannot be compared with a rebuild when $mistake', async ({ unusual }) => {
    await recordWithPoison();
    const careful = office.instance();
    careful.start();
    await careful.waitFor('caseload', await office.store.head(), 20_000);
    await expect(office.instance(unusual).compareWithRebuild('caseload')).rejects.toThrow(NotComparable);
    expect(await careful.compareWithRebuild('caseload')).toMatchObject({ differences: 0 });
  });

  it('says that no code of its own is to blame when its table is gone', async () => {
    const instance = office.instance();
    instance.start();
    await instance.waitFor('caseload', await record(office.store, [opened]), 20_000);
    await office.reader.query('DROP VIEW views.caseload');
    const { rows } = await office.reader.query<{ name: string }>(
      "SELECT oid::regclass::text AS name FROM pg_class WHERE relname LIKE 'caseload_v1_%' AND relkind = 'r'",
    );
    await office.reader.query(`DROP TABLE ${rows[0]?.name ?? ''}`);
    const position = await record(office.store, [{ type: 'JourneyAssigned', journeyId, owner: 'bilal' }]);

    expect(await stoppedFailure()).toMatchObject({ error: expect.stringContaining('42P01') });
    expect(await instance.waitFor('clients', position, 20_000)).toBe(true);
    await instance.rebuild('caseload');
    expect(await instance.waitFor('caseload', position, 20_000)).toBe(true);
    expect((await office.shown('caseload'))[0]).toMatchObject({ owner: 'bilal' });
  });
});
