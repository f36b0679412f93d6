import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApplication } from '../support/application.js';
import type { RunningApplication } from '../support/application.js';
import { need, olena, opening } from '../support/people.js';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';

const manager = 'bergkamen-cm';

describe('A command that is sent again', () => {
  let installation: TestInstallation;
  let application: RunningApplication;
  let journey: string;

  beforeAll(async () => {
    installation = await testInstallation();
    application = await startApplication(installation.settings);
    const { body: registered } = await application.post(manager, '/v1/clients', olena);
    const { body: opened } = await application.post(manager, '/v1/journeys', opening(registered.clientId));
    journey = `/v1/journeys/${opened.journeyId}`;
  });

  afterAll(async () => {
    await application.stop();
    await installation.remove();
  });

  const needs = async (): Promise<readonly { needId: string }[]> =>
    (await application.get(manager, journey)).body.needs;

  it('happens once, however many send it at the same time', async () => {
    const before = await needs();
    const key = randomUUID();
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => application.post(manager, `${journey}/needs`, need, { key })),
    );
    const made = replies.filter(({ status }) => status === 201);
    const running = replies.filter(({ status }) => status === 409);
    expect(made.length).toBeGreaterThan(0);
    expect(made.length + running.length).toBe(50);
    expect(new Set(made.map(({ body }) => body.needId as string)).size).toBe(1);
    expect(new Set(made.map(({ headers }) => headers.get('etag'))).size).toBe(1);
    for (const { body } of running) expect(body.type).toBe('urn:kim:problem:idempotency-key-running');
    expect(await needs()).toHaveLength(before.length + 1);
  });

  it('is answered as it was the first time, also when the journey has moved on', async () => {
    const key = randomUUID();
    const first = await application.post(manager, `${journey}/needs`, need, { key });
    await application.post(manager, `${journey}/needs`, need);
    const again = await application.post(manager, `${journey}/needs`, need, {
      key,
      headers: { 'if-match': '"0"' },
    });
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    for (const header of ['etag', 'kim-position'])
      expect(again.headers.get(header)).toBe(first.headers.get(header));
  });

  it('is refused with another body, and free for another caller or another address', async () => {
    const key = randomUUID();
    await application.post(manager, `${journey}/needs`, need, { key });
    const changed = await application.post(manager, `${journey}/needs`, { ...need, urgency: 'low' }, { key });
    expect(changed).toMatchObject({ status: 422, body: { type: 'urn:kim:problem:idempotency-key-reused' } });
    const colleague = await application.post('bergkamen-cm2', `${journey}/needs`, need, { key });
    expect(colleague.status).toBe(201);
    const elsewhere = await application.post(manager, `${journey}/life-story`, { text: 'Mein Weg' }, { key });
    expect(elsewhere.status).toBe(200);
  });

  it('is decided anew after a refusal', async () => {
    const key = randomUUID();
    const wrong = await application.post(manager, `${journey}/needs`, { ...need, urgency: 'now' }, { key });
    expect(wrong.status).toBe(400);
    const right = await application.post(manager, `${journey}/needs`, need, { key });
    expect(right.status).toBe(201);
  });

  it('makes no second client and no second journey', async () => {
    const key = randomUUID();
    const somebody = { givenName: 'Amina', familyName: 'Yılmaz', birthDate: '1984-11-30' };
    const [one, two] = [
      await application.post(manager, '/v1/clients', somebody, { key }),
      await application.post(manager, '/v1/clients', somebody, { key }),
    ];
    expect(two).toMatchObject({ status: 201, body: one.body });
    const body = opening(one.body.clientId);
    const [first, second] = [
      await application.post(manager, '/v1/journeys', body, { key }),
      await application.post(manager, '/v1/journeys', body, { key }),
    ];
    expect(second).toMatchObject({ status: 201, body: first.body });
    const reused = await application.post(manager, '/v1/journeys', { ...body, concern: 'anders' }, { key });
    expect(reused.status).toBe(422);
  });

  it('opens no journey on a revision that there cannot be, and writes nothing', async () => {
    const somebody = { givenName: 'Nour', familyName: 'Haddad', birthDate: '1991-01-02' };
    const { clientId } = (await application.post(manager, '/v1/clients', somebody)).body;
    const key = randomUUID();
    const stale = await application.post(manager, '/v1/journeys', opening(clientId), {
      key,
      headers: { 'if-match': '"0"' },
    });
    expect(stale.status).toBe(412);
    expect((await application.get(manager, `/v1/clients/${clientId}`)).headers.get('etag')).toBe('"0"');
    const changed = { ...opening(clientId), concern: 'anders' };
    expect((await application.post(manager, '/v1/journeys', changed, { key })).status).toBe(201);
  });

  it('is decided on the newest state, so that many different ones all happen', async () => {
    const before = await needs();
    const replies = await Promise.all(
      Array.from({ length: 40 }, () => application.post(manager, `${journey}/needs`, need)),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 201));
    expect(await needs()).toHaveLength(before.length + 40);
  });
});
