import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApplication } from '../support/application.js';
import type { RunningApplication } from '../support/application.js';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';
import { olena, opening } from '../support/people.js';

const manager = 'bergkamen-cm';
const colleague = 'bergkamen-cm2';
const lead = 'bergkamen-lead';
const path = '/v1/assignments';

describe('Many journeys are given to somebody else', () => {
  let installation: TestInstallation;
  let application: RunningApplication;
  let journeyIds: readonly string[];

  beforeAll(async () => {
    installation = await testInstallation();
    application = await startApplication(installation.settings);
  });

  afterAll(async () => {
    await application.stop();
    await installation.remove();
  });

  beforeEach(async () => {
    journeyIds = await Promise.all([1, 2, 3].map(() => openJourney()));
  });

  const openJourney = async (wishes: object = {}): Promise<string> => {
    const person = { ...olena, createDespiteMatches: true };
    const { body: registered } = await application.post(manager, '/v1/clients', person);
    const { counsellorPreference: _, ...plain } = opening(registered.clientId);
    const { body: opened } = await application.post(manager, '/v1/journeys', { ...plain, ...wishes });
    return opened.journeyId;
  };

  const assign = (
    given: readonly string[],
    { key = randomUUID(), to = colleague, from = manager, headers = {} } = {},
  ) => application.post(lead, path, { fromUserId: from, toUserId: to, journeyIds: given }, { key, headers });

  const ownerOf = async (journeyId: string): Promise<string> =>
    (await application.get(lead, `/v1/journeys/${journeyId}`)).body.owner.userId;

  it('each on its own', async () => {
    const wished = await openJourney({ counsellorPreference: 'woman' });
    const unknown = randomUUID();
    const { status, body } = await assign([journeyIds[0]!, wished, unknown]);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        items: [
          { journeyId: journeyIds[0], status: 'accepted' },
          { journeyId: wished, status: 'refused', code: 'wish-not-met' },
          { journeyId: unknown, status: 'refused', code: 'not-found' },
        ],
      },
    });
    expect(await ownerOf(journeyIds[0]!)).toBe(colleague);
    expect(await ownerOf(wished)).toBe(manager);
  });

  it('but not by a revision, which many journeys have none of', async () => {
    const { status, body } = await assign(journeyIds, { headers: { 'if-match': '"0"' } });
    expect({ status, body }).toMatchObject({ status: 412, body: { code: 'stale-revision' } });
    expect(await ownerOf(journeyIds[0]!)).toBe(manager);
  });

  it('and whoever waits for the answer’s position finds them in the lists', async () => {
    const { headers } = await assign(journeyIds);
    const list = await application.get(lead, `/v1/journeys?owner=${colleague}&limit=200`, {
      headers: { 'kim-min-position': headers.get('kim-position') ?? '' },
    });
    const listed = (list.body.items as readonly { journeyId: string }[]).map(({ journeyId }) => journeyId);
    expect(listed).toEqual(expect.arrayContaining([...journeyIds]));
  });

  it('once, and answered the same again, also when what was refused could be done by now', async () => {
    const key = randomUUID();
    await assign(journeyIds.slice(0, 1), { to: 'bergkamen-lead2' });
    const first = await assign(journeyIds, { key });
    expect(first.body.items[0]).toMatchObject({ status: 'refused', code: 'owned-by-another' });
    await assign(journeyIds.slice(0, 1), { from: 'bergkamen-lead2', to: manager });
    const again = await assign(journeyIds, { key });
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(again.headers.get('kim-position')).toBe(first.headers.get('kim-position'));
    expect(await ownerOf(journeyIds[0]!)).toBe(manager);
  });

  it('a key is known again whichever journeys it is sent with', async () => {
    const key = randomUUID();
    await assign(journeyIds.slice(0, 1), { key });
    for (const others of [journeyIds, journeyIds.slice(1), [randomUUID()]])
      expect(await assign(others, { key })).toMatchObject({
        status: 422,
        body: { type: 'urn:kim:problem:idempotency-key-reused' },
      });
    expect(await ownerOf(journeyIds[1]!)).toBe(manager);
  });

  it('also when all of them are refused', async () => {
    const key = randomUUID();
    const refused = await assign(journeyIds, { key, from: 'bergkamen-lead2' });
    expect(refused.status).toBe(200);
    expect(refused.headers.get('kim-position')).toMatch(/\S/);
    expect((await assign(journeyIds.slice(1), { key })).status).toBe(422);
  });

  it('sent many times at once, it happens once', async () => {
    const key = randomUUID();
    const replies = await Promise.all(Array.from({ length: 20 }, () => assign(journeyIds, { key })));
    const done = replies.filter(({ status }) => status === 200);
    expect(done.length + replies.filter(({ status }) => status === 409).length).toBe(20);
    for (const { body } of done) expect(body).toEqual(done[0]!.body);
    for (const journeyId of journeyIds) {
      const { body } = await application.get(lead, `/v1/journeys/${journeyId}/timeline`);
      const types = (body.items as readonly { type: string }[]).map(({ type }) => type);
      expect(types.filter((type) => type === 'JourneyAssigned')).toHaveLength(1);
    }
  });

  it.each(['nobody', 'kamen-cm', 'berater-unbekannt'])('to nobody outside the office: %s', async (to) => {
    const answer = await assign(journeyIds, { to });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/toUserId' }] } });
    expect(await ownerOf(journeyIds[0]!)).toBe(manager);
  });
});
