import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApplication } from '../support/application.js';
import type { RunningApplication } from '../support/application.js';
import { startEventStoreDBStandIn } from '../support/eventstoredb-stand-in/index.js';
import type { EventStoreDBStandIn, Fault } from '../support/eventstoredb-stand-in/index.js';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';
import { need, olena, opening } from '../support/people.js';

const manager = 'bergkamen-cm';

describe('A command whose append EventStoreDB takes without answering', () => {
  let standIn: EventStoreDBStandIn;
  let installation: TestInstallation;
  let application: RunningApplication;
  let journey: string;

  beforeAll(async () => {
    standIn = await startEventStoreDBStandIn();
    installation = await testInstallation({
      eventStore: async () => ({
        settings: { KIM_EVENT_STORE: standIn.connectionString },
        remove: () => standIn.stop(),
      }),
    });
    application = await startApplication(installation.settings);
    const { body: registered } = await application.post(manager, '/v1/clients', olena);
    const { body: opened } = await application.post(manager, '/v1/journeys', opening(registered.clientId));
    journey = `/v1/journeys/${opened.journeyId}`;
  });
  afterAll(async () => {
    await application.stop();
    await installation.remove();
  });

  const needs = async (): Promise<number> => (await application.get(manager, journey)).body.needs.length;

  it('happens once, and is answered', async () => {
    const before = await needs();
    standIn.faults.next('append', 'lose the answer');
    expect((await application.post(manager, `${journey}/needs`, need)).status).toBe(201);
    expect(await needs()).toBe(before + 1);
  });

  it('is put off in time when no answer comes at all, and answered from the record when it is sent again', async () => {
    const before = await needs();
    const key = randomUUID();
    const begun = performance.now();
    standIn.faults.next('append', ...Array<Fault>(10).fill('lose the answer'));
    const putOff = await application.post(manager, `${journey}/needs`, need, { key });
    expect([putOff.status, putOff.headers.has('retry-after')]).toEqual([503, true]);
    expect(performance.now() - begun).toBeLessThan(5_000);

    const appends = standIn.faults.count('append');
    const again = await application.post(manager, `${journey}/needs`, need, { key });
    expect(again.status).toBe(201);
    // The record holds it, so nothing is appended for it any more.
    expect(standIn.faults.count('append')).toBe(appends);
    expect(await needs()).toBe(before + 1);

    const other = await application.post(manager, `${journey}/needs`, { ...need, urgency: 'low' }, { key });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
  });
});
