import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestPostgres, type TestPostgres } from '../../test/support/postgres.js';
import { history } from './testing/history.js';
import {
  caseload,
  clients,
  differences,
  openOffice,
  record,
  wholeRecord,
  type Office,
} from './testing/office.js';

let postgres: TestPostgres;
let office: Office;
const started: ChildProcess[] = [];
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  office = await openOffice(await postgres.freshDatabase());
});
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await office.close();
});

/** A process that has become the leader. */
const leadingProcess = async (): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [new URL('./testing/runner.js', import.meta.url).pathname], {
    env: { ...process.env, DATABASE: office.connectionString, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  for await (const line of createInterface({ input: child.stdout })) if (line === 'leading') break;
  return child;
};

const expectTruth = async (): Promise<void> => {
  const events = await wholeRecord(office.store);
  expect(await differences(office, caseload, events)).toEqual([]);
  expect(await differences(office, clients, events)).toEqual([]);
};

describe('Another process takes over within five seconds', () => {
  it.each(['SIGKILL', 'SIGSTOP'] as const)('when the one that leads gets %s', async (signal) => {
    const leader = await leadingProcess();
    const standby = office.instance();
    standby.start();
    expect(await standby.waitFor('caseload', await record(office.store, history(300, 1)), 20_000)).toBe(true);
    expect(office.incidents).not.toContainEqual({ what: 'leading' });

    const killed = performance.now();
    leader.kill(signal);
    await office.told('leading');
    expect(performance.now() - killed).toBeLessThan(5_000);
    const position = await record(office.store, history(10, 2));
    expect(await standby.waitFor('caseload', position, 20_000)).toBe(true);

    // The one that hung wakes up and believes that it leads.
    leader.kill('SIGCONT');
    const later = await record(office.store, history(300, 3));
    expect(await standby.waitFor('caseload', later, 20_000)).toBe(true);
    await standby.waitFor('clients', later, 20_000);
    await expectTruth();
  });

  it('when the one that leads stops of its own accord', async () => {
    const leader = office.instance({ report: () => undefined });
    leader.start();
    await leader.waitFor('caseload', undefined, 20_000);
    const standby = office.instance();
    standby.start();
    const stopped = performance.now();
    await leader.stop();
    await office.told('leading');
    expect(performance.now() - stopped).toBeLessThan(5_000);
    expect(await standby.waitFor('caseload', await record(office.store, history(10, 2)), 20_000)).toBe(true);
  });
});

describe('A process that is killed at any moment', () => {
  it('leaves no gap and nothing double', async () => {
    let seed = 0;
    for (let kill = 0; kill < 6; kill++) {
      const victim = await leadingProcess();
      for (let round = 0; round < kill; round++) await record(office.store, history(100, ++seed));
      const recording = record(office.store, history(200, ++seed));
      victim.kill('SIGKILL');
      await Promise.all([recording, once(victim, 'exit')]);
    }
    const heir = office.instance();
    heir.start();
    const head = await office.store.head();
    expect(await heir.waitFor('caseload', head, 30_000)).toBe(true);
    expect(await heir.waitFor('clients', head, 30_000)).toBe(true);
    await expectTruth();
    expect(await heir.compareWithRebuild('caseload')).toMatchObject({ differences: 0 });
  });
});
