import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApplication } from '../support/application.js';
import type { Reply, RunningApplication } from '../support/application.js';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';
import { consent, need, olena, opening } from '../support/people.js';

const manager = 'bergkamen-cm';

interface Item {
  readonly journeyId: string;
  readonly openedOn: string;
}

describe('The views of a case manager in Bergkamen', () => {
  let installation: TestInstallation;
  let application: RunningApplication;

  beforeAll(async () => {
    installation = await testInstallation();
    application = await startApplication(installation.settings);
  });

  afterAll(async () => {
    await application.stop();
    await installation.remove();
  });

  const open = async (openedOn: string, user = manager, givenName = 'Олена'): Promise<Reply> => {
    const client = await application.post(user, '/v1/clients', {
      ...olena,
      givenName,
      createDespiteMatches: true,
    });
    const journey = await application.post(user, '/v1/journeys', {
      ...opening(client.body.clientId),
      openedOn,
    });
    expect(journey.status).toBe(201);
    return journey;
  };

  const list = (user: string, path: string, after?: Reply) =>
    application.get(user, path, {
      headers: {
        'accept-language': 'en',
        ...(after && { 'kim-min-position': after.headers.get('kim-position') ?? '' }),
      },
    });

  it('show a journey as soon as the command that opened it has been answered', async () => {
    const opened = await open('2026-01-05');
    const { body } = await list(manager, '/v1/journeys?owner=me', opened);
    expect(body.items).toEqual([
      {
        journeyId: opened.body.journeyId,
        client: {
          clientId: expect.any(String),
          givenName: 'Олена',
          familyName: 'Мельник',
          birthDate: '1990-02-03',
        },
        phase: 'intake',
        municipality: '05978004',
        owner: { organisationId: 'kim-bergkamen', userId: manager },
        openedOn: '2026-01-05',
        dueOn: '2026-01-19',
        why: 'First contact due since 19 January 2026',
        revision: 0,
      },
    ]);
    const met = await application.post(manager, `/v1/journeys/${opened.body.journeyId}/contacts`, {
      kind: 'phone',
      occurredAt: '2026-01-07T10:00:00Z',
      minutes: 20,
    });
    const after = await list(manager, '/v1/journeys?due=overdue', met);
    expect(after.body.items).toEqual([]);
    const all = await list(manager, '/v1/journeys', met);
    expect(all.body.items[0]).toMatchObject({
      lastContactOn: '2026-01-07',
      why: 'Nothing is due at the moment',
    });
  });

  it('show nobody what is not theirs', async () => {
    const opened = await open('2026-02-02');
    for (const stranger of ['kamen-cm', 'jobcenter-cm', 'mbe-cm']) {
      for (const path of ['/v1/journeys', '/v1/tasks', '/v1/journeys?organisation=kim-bergkamen'])
        expect((await list(stranger, path, opened)).body).toEqual({ items: [], nextCursor: null });
    }
    for (const outsider of ['analyst', 'coordinator', 'operator', 'dpo'])
      expect((await list(outsider, '/v1/journeys')).status).toBe(403);
  });

  it('walk through every row once while rows are added', async () => {
    const there = await Promise.all(
      Array.from({ length: 23 }, (_, day) => open(`2025-03-${String(day + 1).padStart(2, '0')}`)),
    );
    const last = there.at(-1);
    if (!last) throw new Error('Nothing was opened');
    const seen: Item[] = [];
    let page = await list(manager, '/v1/journeys?limit=5', await open('2025-03-24'));
    for (;;) {
      seen.push(...(page.body.items as Item[]));
      if (page.body.nextCursor === null) break;
      await open('2025-03-10', manager, `Neu ${seen.length}`);
      page = await list(manager, `/v1/journeys?limit=5&cursor=${page.body.nextCursor}`);
    }
    const ids = seen.map(({ journeyId }) => journeyId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(there.map(({ body }) => body.journeyId as string)));
    expect(seen.map(({ openedOn }) => openedOn)).toEqual(seen.map(({ openedOn }) => openedOn).toSorted());
  });

  it('take a cursor back whatever order the filters stand in', async () => {
    const first = await list(manager, '/v1/journeys?owner=me&municipality=05978004&limit=1');
    const cursor = String(first.body.nextCursor);
    const next = await list(manager, `/v1/journeys?municipality=05978004&cursor=${cursor}&owner=me&limit=1`);
    expect(next.status).toBe(200);
    expect(next.body.items[0].journeyId).not.toBe(first.body.items[0].journeyId);
  });

  it('turn a cursor away that is of another query or was changed', async () => {
    const { body } = await list(manager, '/v1/journeys?limit=1');
    const cursor = String(body.nextCursor);
    const flipped = `${cursor.slice(0, 20)}${cursor[20] === 'A' ? 'B' : 'A'}${cursor.slice(21)}`;
    for (const [user, query] of [
      [manager, `limit=1&sort=dueOn&cursor=${cursor}`],
      [manager, `limit=1&cursor=${flipped}`],
      ['bergkamen-cm2', `limit=1&cursor=${cursor}`],
    ] as const)
      expect(await list(user, `/v1/journeys?${query}`)).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/cursor' }] },
      });
  });

  it.each([
    ['/v1/journeys?sort=name', '/sort'],
    ['/v1/journeys?due=soon', '/due'],
    ['/v1/journeys?phase=middle', '/phase'],
    ['/v1/journeys?municipality=05978999', '/municipality'],
    ['/v1/journeys?organisation=nowhere', '/organisation'],
    ['/v1/journeys?owner=kamen-cm', '/owner'],
    ['/v1/journeys?limit=201', '/limit'],
    ['/v1/journeys?limit=0', '/limit'],
    ['/v1/journeys?colour=red', '/colour'],
    ['/v1/journeys?limit=1&limit=2', '/limit'],
    ['/v1/tasks?due=later', '/due'],
    ['/v1/referrals?queue=mine', '/queue'],
    ['/v1/journeys?organisation=kim-kamen&cursor=none', '/cursor'],
  ])('name the parameter that is wrong: %s', async (path, pointer) => {
    expect(await list(manager, path)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer, in: 'query' }] },
    });
  });

  it.each([
    [{ organisation: 'nowhere' }, '/organisation'],
    [{ municipality: '05978999' }, '/municipality'],
    [{ owner: 'kamen-cm' }, '/owner'],
    [{ cursor: 'none' }, '/cursor'],
    [{ organisation: 'kim-kamen', cursor: 'none' }, '/cursor'],
  ])('name the field of a search that is wrong: %j', async (filter, pointer) => {
    const { status, body } = await application.post(manager, '/v1/journeys/search', { q: 'Ol', ...filter });
    expect({ status, errors: body.errors }).toEqual({
      status: 400,
      errors: [{ pointer, message: expect.any(String) }],
    });
  });

  it('know their own positions', async () => {
    for (const path of ['/v1/journeys', '/v1/journeys?organisation=kim-kamen'])
      expect(
        await application.get(manager, path, { headers: { 'kim-min-position': 'p00000000-1' } }),
      ).toMatchObject({ status: 400, body: { errors: [{ pointer: '/KIM-Min-Position' }] } });
  });

  it('are shown without a purpose, but for none that does not exist', async () => {
    const gossip = { headers: { 'kim-purpose': 'gossip' } };
    const { givenName, familyName } = olena;
    for (const refused of [
      await application.get(manager, '/v1/journeys', gossip),
      await application.get(manager, '/v1/tasks', gossip),
      await application.get(manager, '/v1/referrals?queue=inbox', gossip),
      await application.get(manager, '/v1/handovers?queue=inbox', gossip),
      await application.post(manager, '/v1/journeys/search', { q: 'Ol' }, gossip),
      await application.post(manager, '/v1/clients/matches', { givenName, familyName }, gossip),
    ])
      expect(refused).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/KIM-Purpose', in: 'header' }] },
      });
    const stated = await application.get(manager, '/v1/journeys', {
      headers: { 'kim-purpose': 'counselling' },
    });
    expect(stated.status).toBe(200);
  });

  it('bring a live referral to the office that is to answer it, with what the client consented to', async () => {
    const opened = await open('2026-03-02');
    const journey = `/v1/journeys/${opened.body.journeyId}`;
    const { body: needed } = await application.post(manager, `${journey}/needs`, need);
    const { body: given } = await application.post(
      manager,
      `${journey}/consents`,
      consent(['mbe-kreis-unna'], 'referral'),
    );
    const referral = { organisationId: 'mbe-kreis-unna', needId: needed.needId, mode: 'live' };
    const withConsent = await application.post(manager, `${journey}/referrals`, {
      ...referral,
      consentId: given.consentId,
    });
    expect(withConsent.status).toBe(201);
    const inbox = await list('mbe-cm', '/v1/referrals?queue=inbox', withConsent);
    expect(inbox.body.items).toMatchObject([
      {
        referralId: withConsent.body.referralId,
        status: 'made',
        client: { givenName: 'Олена', familyName: 'Мельник' },
        fromOrganisationId: 'kim-bergkamen',
      },
    ]);
    expect(inbox.body.items[0].client).not.toHaveProperty('phone');
    expect((await list('kamen-cm', '/v1/referrals?queue=inbox', withConsent)).body.items).toEqual([]);

    const closed = await application.post(manager, `${journey}/closure`, { outcome: 'moved-away' });
    expect((await list('mbe-cm', '/v1/referrals?queue=inbox', closed)).body.items).toEqual([]);
    expect((await list(manager, '/v1/journeys?phase=closed', closed)).body.items).toMatchObject([
      { journeyId: opened.body.journeyId, phase: 'closed' },
    ]);
  });
});
