import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compareViews } from '../faults/compare-views.js';
import { startApplication } from '../support/application.js';
import type { RunningApplication } from '../support/application.js';
import { inTheDatabase } from '../support/event-store.js';
import { startEventStoreDBStandIn } from '../support/eventstoredb-stand-in/index.js';
import type { EventStoreDBStandIn } from '../support/eventstoredb-stand-in/index.js';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';
import { olena, opening } from '../support/people.js';

const operator = fileURLToPath(new URL('../../src/cli.js', import.meta.url));
const manager = 'bergkamen-cm';

/** What an office looks at in the course of a day. */
const answersOf = async (application: RunningApplication): Promise<unknown> => {
  const list = await application.get(manager, '/v1/journeys?owner=me&limit=50');
  expect(list.status).toBe(200);
  const tasks = await application.get(manager, '/v1/tasks');
  const journeys = (list.body.items as { journeyId: string }[]).map(({ journeyId }) => journeyId);
  expect(journeys.length).toBeGreaterThan(0);
  const views = [];
  for (const journey of journeys)
    for (const path of ['', '/timeline'])
      views.push((await application.get(manager, `/v1/journeys/${journey}${path}`)).body);
  return { list: list.body, tasks: tasks.body, views };
};

describe('A pilot that moves from PostgreSQL to EventStoreDB', () => {
  let pilot: TestInstallation;
  let standIn: EventStoreDBStandIn;
  let running: RunningApplication | undefined;

  beforeAll(async () => {
    pilot = await testInstallation({ eventStore: inTheDatabase });
    standIn = await startEventStoreDBStandIn();
  });
  afterAll(async () => {
    await running?.kill();
    await standIn.stop();
    await pilot.remove();
  });

  const start = async (settings: Readonly<Record<string, string>>): Promise<RunningApplication> =>
    (running = await startApplication(settings));
  const copy = (from: string, to: string, interrupted?: AbortSignal) =>
    promisify(execFile)(process.execPath, [operator, 'copy-events', '--from', from, '--to', to], {
      env: { PATH: process.env.PATH, ...pilot.settings },
      ...(interrupted && { signal: interrupted, killSignal: 'SIGKILL' as const }),
    });
  /** A new journey of the manager's, shown in the worklist as soon as it is written. */
  const openOne = async (application: RunningApplication): Promise<void> => {
    const client = await application.post(manager, '/v1/clients', { ...olena, createDespiteMatches: true });
    const written = await application.post(manager, '/v1/journeys', opening(client.body.clientId));
    expect(written.status).toBe(201);
    const headers = { 'kim-min-position': written.headers.get('kim-position')! };
    for (const list of ['/v1/journeys', '/v1/tasks'])
      expect((await application.get(manager, list, { headers })).status).toBe(200);
  };

  it('takes all its journeys along, and back', async () => {
    const postgres = pilot.settings['KIM_EVENT_STORE']!;
    const onPostgres = await start({ ...pilot.settings, KIM_DEMO_JOURNEYS: '12' });
    await openOne(onPostgres);
    const before = await answersOf(onPostgres);
    await onPostgres.stop();

    const interrupted = new AbortController();
    void standIn.faults.reached(30, 'append').then(() => interrupted.abort());
    await expect(copy(postgres, standIn.connectionString, interrupted.signal)).rejects.toThrow();
    const { stdout } = await copy(postgres, standIn.connectionString);
    const [, events, found] = /^(\d+) events are the same .*; (\d+) of them/.exec(stdout)!.map(Number);
    expect(found).toBeGreaterThan(0);
    expect(events).toBeGreaterThan(found!);

    const moved = { ...pilot.settings, KIM_EVENT_STORE: standIn.connectionString };
    const onEventStoreDB = await start(moved);
    expect(await answersOf(onEventStoreDB)).toEqual(before);
    // A position of the new log is waited for, although the rows that are read at first are those of the old one.
    await openOne(onEventStoreDB);
    const after = await answersOf(onEventStoreDB);
    expect((await compareViews(moved)).stdout).toMatch(/worklist +\d+ rows, 0 differ/);
    await onEventStoreDB.stop();

    const elsewhere = await pilot.postgres.freshDatabase();
    const [, all] = /^(\d+) events are/
      .exec((await copy(standIn.connectionString, elsewhere)).stdout)!
      .map(Number);
    expect(all).toBeGreaterThan(events!);
    const back = await start({ ...pilot.settings, KIM_EVENT_STORE: elsewhere });
    expect(await answersOf(back)).toEqual(after);
    await openOne(back);
    await back.stop();
  }, 180_000);

  it.each([
    [[], /--from takes an esdb:\/\/ or postgres:\/\/ address, embedded .*, or KIM_EVENT_STORE/],
    [['--from', 'esdb://127.0.0.1:1?tls=false'], /--to takes an esdb/],
    [
      ['--from', 'esdb://127.0.0.1:1?tls=false', '--to', 'embedded'],
      /EventStoreDB at 127\.0\.0\.1:1 is unavailable/,
    ],
    [['--everything'], /This command takes --from, --to\./],
  ])('is told what is wrong when it says %j', async (args, sentence) => {
    const answer = promisify(execFile)(process.execPath, [operator, 'copy-events', ...args], {
      env: { PATH: process.env.PATH, ...pilot.settings },
    });
    await expect(answer).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(sentence) });
  });
});
