import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApplication } from '../support/application.js';
import type { RunningApplication } from '../support/application.js';
import { consent, need, olena, opening } from '../support/people.js';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';

const manager = 'bergkamen-cm';
const lead = 'bergkamen-lead';
const advice = 'mbe-cm';

describe('Olena comes to the town hall of Bergkamen', () => {
  let installation: TestInstallation;
  let application: RunningApplication;
  let client: string;
  let journey: string;

  beforeAll(async () => {
    installation = await testInstallation();
    application = await startApplication(installation.settings);
    const registered = await application.post(manager, '/v1/clients', olena);
    expect(registered.status).toBe(201);
    client = registered.body.clientId;
    const opened = await application.post(manager, '/v1/journeys', opening(client));
    expect(opened.status).toBe(201);
    expect(opened.body).toEqual({ journeyId: expect.any(String), revision: 0 });
    expect(opened.headers.get('location')).toBe(`/v1/journeys/${opened.body.journeyId}`);
    expect(opened.headers.get('etag')).toBe('"0"');
    expect(opened.headers.get('kim-position')).toMatch(/\S/);
    journey = `/v1/journeys/${opened.body.journeyId}`;
  });

  afterAll(async () => {
    await application.stop();
    await installation.remove();
  });

  const made = async (path: string, body: object, user = manager): Promise<string> => {
    const { status, body: answer } = await application.post(user, journey + path, body);
    expect({ path, status, answer }).toMatchObject({ status: 201 });
    return String(Object.values(answer as object)[0]);
  };

  const done = async (path: string, body: object, user = manager): Promise<void> => {
    const { status, body: answer } = await application.post(user, journey + path, body);
    expect({ path, status, answer }).toMatchObject({ status: 200 });
  };

  const read = async (user = manager, query = '') =>
    application.get(user, journey + query, { headers: { 'kim-purpose': 'counselling' } });

  it('shows what is contested where it is shown, and keeps moments in one spelling', async () => {
    const { clientId } = (
      await application.post(manager, '/v1/clients', { ...olena, createDespiteMatches: true })
    ).body;
    const other = `/v1/journeys/${(await application.post(manager, '/v1/journeys', opening(clientId))).body.journeyId}`;
    const post = (path: string, body: object) => application.post(manager, other + path, body);
    const { needId } = (await post('/needs', need)).body;
    await post(`/needs/${needId}/resolution`, { note: 'Erledigt' });
    const contact = { kind: 'office', minutes: 30, present: ['Kind', 'Kind'] };
    const held = await post('/contacts', { ...contact, occurredAt: '2026-01-20T09:00:00+00:00' });
    expect(held.status).toBe(201);
    const timeline = (await application.get(manager, `${other}/timeline`)).body.items;
    const eventOf = (wanted: string): string =>
      timeline.find(({ type }: { type: string }) => type === wanted).eventId;
    for (const type of ['JourneyOpened', 'NeedResolved'])
      await post('/disputes', { eventId: eventOf(type), statement: 'So war es nicht' });
    const replacement = { occurredAt: '2026-01-21T09:00:00.5-00:00' };
    const corrected = await post('/corrections', { eventId: eventOf('ContactRecorded'), replacement });
    expect(corrected.status).toBe(201);
    const same = { eventId: eventOf('NeedIdentified'), replacement: { description: need.description } };
    expect(await post('/corrections', same)).toMatchObject({
      status: 201,
      body: { revision: corrected.body.revision },
    });
    expect((await application.get(manager, other)).body).toMatchObject({
      disputed: true,
      needs: [{ needId, disputed: true }],
      contacts: [{ present: ['Kind', 'Kind'], occurredAt: '2026-01-21T09:00:00.5Z', corrected: true }],
    });
    const then = await application.get(manager, `${other}?asOf=2026-01-01T00:00:00%2B00:00`);
    expect(then.status).toBe(404);
    const blank = { ...opening(clientId), socialArea: '' };
    expect(await application.post(manager, '/v1/journeys', blank)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/socialArea' }] },
    });
  });

  it('marks the end in a legal domain and the closure, too, when they are contested or were corrected', async () => {
    const person = { ...olena, createDespiteMatches: true };
    const { clientId } = (await application.post(manager, '/v1/clients', person)).body;
    const { journeyId } = (await application.post(manager, '/v1/journeys', opening(clientId))).body;
    const other = `/v1/journeys/${journeyId}`;
    const post = (path: string, body: object) => application.post(manager, other + path, body);
    await post('/legal-domains', { legalDomain: 'SGB_II', effectiveOn: '2026-01-01' });
    await post('/legal-domains/SGB_II/end', { effectiveOn: '2026-02-28' });
    await post('/closure', { outcome: 'moved-away' });
    const { items } = (await application.get(manager, `${other}/timeline`)).body;
    const [ended, closed] = items.slice(-2).map(({ eventId }: { eventId: string }) => eventId);
    const marked = async () => {
      const { legalDomains, closure } = (await application.get(manager, other)).body;
      return [...legalDomains, closure].map(({ disputed, corrected }) => ({ disputed, corrected }));
    };
    expect(await marked()).toEqual([{}, {}]);
    await post('/corrections', { eventId: ended, replacement: { effectiveOn: '2026-02-27' } });
    await post('/disputes', { eventId: closed, statement: 'So war es nicht' });
    expect(await marked()).toEqual([{ corrected: true }, { disputed: true }]);
    await post('/corrections', { eventId: closed, replacement: { outcome: 'contact-lost' } });
    await post('/disputes', { eventId: ended, statement: 'So war es nicht' });
    const both = { corrected: true, disputed: true };
    expect(await marked()).toEqual([both, both]);
  });

  it('is first met, then understood, then accompanied, until the journey is closed', async () => {
    expect((await read()).body).toMatchObject({
      phase: 'intake',
      owner: { organisationId: 'kim-bergkamen', userId: manager },
      client: { clientId: client, givenName: 'Олена', address: { town: 'Bergkamen' } },
      due: [{ what: 'first-contact', overdue: false }],
    });

    await made('/contacts', {
      kind: 'office',
      occurredAt: '2026-11-20T09:00:00Z',
      minutes: 45,
      language: 'uk',
    });
    const needId = await made('/needs', need);
    await made('/potentials', { kind: 'language', language: 'de', cefrLevel: 'A1' });
    await done('/life-story', { text: 'Ich bin Lehrerin aus Charkiw.' });
    expect((await read()).body).toMatchObject({ phase: 'assessment', due: [] });

    const goalId = await made('/goals', { needIds: [needId], wording: 'B1 im Sommer', dueOn: '2099-06-30' });
    const measureId = await made('/measures', {
      goalId,
      title: 'Kurs anmelden',
      responsible: 'client',
      dueOn: '2026-01-15',
    });
    expect((await read()).body).toMatchObject({
      phase: 'plan',
      due: [
        { what: 'measure', on: '2026-01-15', overdue: true, of: measureId },
        { what: 'goal-review', on: '2099-06-30', overdue: false, of: goalId },
      ],
    });

    const consentId = await made('/consents', consent(['mbe-kreis-unna'], 'referral'));
    const referralId = await made('/referrals', {
      organisationId: 'mbe-kreis-unna',
      needId,
      mode: 'live',
      consentId,
    });
    await done(`/referrals/${referralId}/acceptance`, {}, advice);
    await done(`/referrals/${referralId}/start`, { occurredOn: '2026-11-21' }, advice);
    await done(`/referrals/${referralId}/completion`, { outcome: 'attained', note: 'Kurs läuft' }, advice);
    await done(`/measures/${measureId}/completion`, {});
    await done(`/needs/${needId}/resolution`, {});
    await done(`/goals/${goalId}/reviews`, { result: 'attained' });

    const before = await read();
    expect(before.body).toMatchObject({
      phase: 'linking',
      needs: [{ needId, ...need, status: 'resolved' }],
      goals: [{ goalId, needIds: [needId], status: 'attained' }],
      measures: [{ measureId, status: 'completed' }],
      referrals: [{ referralId, status: 'completed', outcome: 'attained' }],
    });

    await done('/closure', { outcome: 'goals-attained' });
    expect((await read()).body).toMatchObject({
      phase: 'closed',
      closure: { outcome: 'goals-attained' },
      due: [{ what: 'follow-up' }],
    });
    const refused = await application.post(manager, `${journey}/needs`, need);
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:kim:problem:journey-closed' } });

    expect((await application.post(manager, `${journey}/reopening`, { reason: 'x' })).status).toBe(403);
    await done('/reopening', { reason: 'Neue Fragen' }, lead);
    expect((await read()).body).toMatchObject({ phase: 'linking' });
  });

  it('tells what happened in words, German unless English is asked for', async () => {
    const german = await application.get(manager, `${journey}/timeline?limit=200`);
    expect(german.body.nextCursor).toBeNull();
    expect(german.body.items[0]).toMatchObject({
      type: 'JourneyOpened',
      revision: 0,
      recordedBy: { organisationId: 'kim-bergkamen', userId: manager },
      text: expect.stringContaining('Bergkamen'),
    });
    const english = await application.get(manager, `${journey}/timeline?limit=3`, {
      headers: { 'accept-language': 'en' },
    });
    expect(english.body.items).toHaveLength(3);
    expect(english.body.items[0].text).not.toBe(german.body.items[0].text);
    const rest = await application.get(
      manager,
      `${journey}/timeline?limit=200&cursor=${english.body.nextCursor}`,
    );
    expect(rest.body.items.map(({ eventId }: { eventId: string }) => eventId)).toEqual(
      german.body.items.slice(3).map(({ eventId }: { eventId: string }) => eventId),
    );
  });

  it('shows an earlier state as it had been recorded by then', async () => {
    const { body } = await application.get(manager, `${journey}/timeline`);
    const third = body.items[2];
    const { body: then } = await read(manager, `?asOf=${third.recordedAt}`);
    expect(then.revision).toBe(2);
    expect(then.phase).toBe('assessment');
    expect((await read(manager, '?asOf=2026-01-01')).status).toBe(404);
    expect((await read(manager, '?asOf=yesterday')).status).toBe(400);
  });

  it('is nobody else’s business', async () => {
    for (const stranger of ['kamen-cm', 'jobcenter-lead', 'analyst', 'dpo', 'operator', 'coordinator']) {
      const unknown = '/v1/journeys/00000000-0000-4000-8000-000000000000';
      const [seen, missing] = [await read(stranger), await application.get(stranger, unknown)];
      expect(seen.status).toBe(404);
      expect({ ...seen.body, instance: '' }).toEqual({ ...missing.body, instance: '' });
      expect((await application.get(stranger, `/v1/clients/${client}`)).status).toBe(404);
      expect((await application.post(stranger, `${journey}/needs`, need)).status).toBe(404);
    }
  });

  it('opens to others what the client consents to, until the consent is withdrawn', async () => {
    const consentId = await made('/consents', consent(['kim-kamen']));
    expect((await application.get('kamen-cm', journey)).status).toBe(400);
    const seen = await read('kamen-cm');
    expect(seen.body.client).toEqual({
      clientId: client,
      givenName: 'Олена',
      familyName: 'Мельник',
      birthDate: '1990-02-03',
      sex: 'f',
      nationality: 'UKR',
    });
    expect(seen.body).toMatchObject({ goals: [], contacts: [], referrals: [], disputes: [] });
    expect(JSON.stringify(seen.body)).not.toMatch(/Deutsch lernen|Lehrerin|Sprachkurs|mbe-kreis-unna/);
    expect((await application.post('kamen-cm', `${journey}/needs`, need)).status).toBe(403);

    await done(`/consents/${consentId}/withdrawal`, { channel: 'phone' });
    expect((await read('kamen-cm')).status).toBe(404);
  });

  it('is told page by page without a gap, also when earlier entries come into view in between', async () => {
    const told = async (query: string) => {
      const purpose = { headers: { 'kim-purpose': 'counselling' } };
      const { body } = await application.get('kamen-cm', `${journey}/timeline?${query}`, purpose);
      const items = body.items as { eventId: string }[];
      return { ids: items.map(({ eventId }) => eventId), nextCursor: String(body.nextCursor) };
    };
    const narrow = await made('/consents', consent(['kim-kamen']));
    const before = (await told('limit=200')).ids;
    const { ids, nextCursor } = await told(`limit=${before.length - 1}`);
    const wide = await made('/consents', {
      ...consent(['kim-kamen']),
      dataCategories: ['plan', 'potentials'],
    });
    const rest = (await told(`limit=200&cursor=${nextCursor}`)).ids;
    expect((await told('limit=200')).ids.length).toBeGreaterThan(before.length + 1);
    expect([...ids, ...rest.slice(0, 1)]).toEqual(before);
    for (const consentId of [narrow, wide])
      await done(`/consents/${consentId}/withdrawal`, { channel: 'phone' });
  });

  it('keeps its state and its revision over a restart', async () => {
    const before = await read();
    expect(await application.stop()).toBe(0);
    application = await startApplication(installation.settings);
    const after = await read();
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'));
    expect(after.body).toEqual(before.body);
  });
});
