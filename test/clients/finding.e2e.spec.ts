import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApplication } from '../support/application.js';
import type { Reply, RunningApplication } from '../support/application.js';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';
import { consent, olena, opening } from '../support/people.js';

const manager = 'bergkamen-cm';
const lead = 'bergkamen-lead';

const inLatin = { givenName: 'Olena', familyName: 'Melnyk' };
const asked = { ...inLatin, birthDate: olena.birthDate };

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

const register = async (person: object, user = manager): Promise<string> => {
  const { status, body } = await application.post(user, '/v1/clients', person);
  expect({ status, body }).toMatchObject({ status: 201 });
  return String(body.clientId);
};

const open = async (clientId: string, user = manager): Promise<string> => {
  const { status, body } = await application.post(user, '/v1/journeys', opening(clientId));
  expect({ status, body }).toMatchObject({ status: 201 });
  return String(body.journeyId);
};

/** Opens a journey for each, and answers whom a search of the worklist finds from then on. */
const searchAfter = async (...clientIds: readonly string[]) => {
  let position = '';
  for (const clientId of clientIds) {
    const { headers } = await application.post(manager, '/v1/journeys', opening(clientId));
    position = headers.get('kim-position') ?? '';
  }
  return async (q: string): Promise<readonly string[]> => {
    const after = { headers: { 'kim-min-position': position } };
    const { body } = await application.post(manager, '/v1/journeys/search', { q }, after);
    return (body.items as { client: { clientId: string } }[]).map(({ client }) => client.clientId);
  };
};

const matches = (user: string, person: object, language = 'de'): Promise<Reply> =>
  application.post(user, '/v1/clients/matches', person, { headers: { 'accept-language': language } });

const idsOf = ({ body }: Reply): readonly string[] =>
  (body.matches as { clientId: string }[]).map(({ clientId }) => clientId);

describe('Somebody who has been to the town hall before', () => {
  let client: string;

  beforeAll(async () => {
    client = await register(olena);
  });

  it('is found as soon as they are registered, in whatever script, without their name being told', async () => {
    const german = await matches(manager, asked);
    expect(german).toMatchObject({
      status: 200,
      body: {
        matches: [{ clientId: client, hint: 'О… М…, 1990', reason: 'Andere Schrift, gleiches Geburtsdatum' }],
      },
    });
    expect(german.body.matches[0].score).toBeGreaterThan(0.9);
    const english = await matches(manager, { ...inLatin, birthYear: 1990 }, 'en');
    expect(english.body.matches).toMatchObject([
      { clientId: client, reason: 'Another script, same birth year' },
    ]);
    expect(english.body.matches[0].score).toBeLessThan(german.body.matches[0].score);
    expect((await matches(manager, { givenName: 'Melnyk', familyName: 'Olena' })).body.matches).toMatchObject(
      [{ clientId: client, reason: expect.stringContaining('vertauscht') }],
    );
  });

  it('is not registered twice by mistake', async () => {
    const key = randomUUID();
    const person = { ...asked, sex: 'f' };
    const refused = await application.post(manager, '/v1/clients', person, { key });
    expect(refused).toMatchObject({
      status: 409,
      body: {
        type: 'urn:kim:problem:possible-duplicate',
        matches: [{ clientId: client, hint: 'О… М…, 1990' }],
      },
    });
    expect(JSON.stringify(refused.body)).not.toMatch(/Олена|Мельник|Olena|Melnyk|1990-02-03/);

    const despite = { ...person, createDespiteMatches: true };
    const made = await application.post(manager, '/v1/clients', despite, { key });
    expect(made.status).toBe(201);
    expect(idsOf(await matches(manager, asked))).toHaveLength(2);
  });

  it('is answered for as the first time when the registration is sent again', async () => {
    const key = randomUUID();
    const somebody = { givenName: 'Amina', familyName: 'Yılmaz', birthDate: '1984-11-30' };
    const first = await application.post(manager, '/v1/clients', somebody, { key });
    const again = await application.post(manager, '/v1/clients', somebody, { key });
    expect(again).toMatchObject({ status: 201, body: first.body });
    const anew = await application.post(manager, '/v1/clients', somebody);
    expect(anew).toMatchObject({ status: 409, body: { matches: [first.body] } });
  });

  it('is no other office’s business', async () => {
    for (const stranger of ['kamen-cm', 'jobcenter-lead', 'mbe-cm'])
      expect(await matches(stranger, asked)).toMatchObject({ status: 200, body: { matches: [] } });
    for (const outsider of ['analyst', 'coordinator', 'dpo', 'operator'])
      expect((await matches(outsider, asked)).status).toBe(403);
    const elsewhere = await register(asked, 'kamen-cm');
    expect(idsOf(await matches('kamen-cm', asked))).toEqual([elsewhere]);
    expect(idsOf(await matches(manager, asked))).not.toContain(elsewhere);
  });

  it('is found by those who may know who they are, as long as they may', async () => {
    const person = { givenName: 'Çiğdem', familyName: 'Öztürk', birthDate: '1971-08-09' };
    const cigdem = await register(person);
    const journey = `/v1/journeys/${await open(cigdem)}`;
    const give = async (recipient: string, dataCategories: readonly string[]): Promise<string> => {
      const { body } = await application.post(manager, `${journey}/consents`, {
        ...consent([recipient]),
        dataCategories,
      });
      return String(body.consentId);
    };
    await give('jobcenter-kreis-unna', ['needs']);
    const consentId = await give('mbe-kreis-unna', ['identity']);
    const spelt = { givenName: 'Cigdem', familyName: 'Oeztuerk', birthDate: '1971-08-09' };
    expect(idsOf(await matches('mbe-cm', spelt))).toEqual([cigdem]);
    expect(idsOf(await matches('jobcenter-cm', spelt))).toEqual([]);

    await application.post(manager, `${journey}/consents/${consentId}/withdrawal`, { channel: 'phone' });
    expect(idsOf(await matches('mbe-cm', spelt))).toEqual([]);
  });

  it('is recognised and found in Latin letters where the name was Greek', async () => {
    const eleni = { givenName: 'Ελένη', familyName: 'Παπαδοπούλου', birthDate: '1986-04-19' };
    const spelt = { ...eleni, givenName: 'Eleni', familyName: 'Papadopoulou' };
    const clientId = await register(eleni);
    expect(idsOf(await matches(manager, spelt))).toEqual([clientId]);
    expect(await application.post(manager, '/v1/clients', spelt)).toMatchObject({ status: 409 });
    const search = await searchAfter(clientId);
    for (const q of ['Papadopoulou', 'Eleni Papadopulu', 'Παπαδ'])
      expect(await search(q)).toEqual([clientId]);
  });

  it('is found by either part of a name with an elided prefix', async () => {
    const clientId = await register({
      givenName: "D'Angelo",
      familyName: 'O’Shaughnessy',
      birthDate: '1988-02-01',
    });
    const search = await searchAfter(clientId);
    for (const q of ["O'Shaughnessy", 'OShaughnessy', 'O Shaughnessy', 'Shaughnessy', 'D Angelo', 'angelo'])
      expect(await search(q)).toEqual([clientId]);
  });

  it('is found by one letter where that is a name, and by no first letter', async () => {
    const na = await register({ givenName: '娜', familyName: '李', birthDate: '1999-09-09' });
    const x = await register({ givenName: 'X', familyName: 'Æ', birthDate: '2001-03-03' });
    const search = await searchAfter(na, x);
    expect(await search('李')).toEqual([na]);
    expect(await search('x')).toEqual([x]);
    expect(await search('Æ')).toEqual([x]);
    expect(await search('L')).toEqual([]);
    expect(await search('O')).toEqual([]);
    const nothing = await application.post(manager, '/v1/journeys/search', { q: '–' });
    expect(nothing).toMatchObject({ status: 400, body: { errors: [{ pointer: '/q' }] } });
  });

  it.each([
    [{ familyName: 'Melnyk' }, '/givenName'],
    [{ ...inLatin, familyName: 'ü'.repeat(10_000) }, '/familyName'],
    [{ ...asked, birthYear: 1990 }, '/birthYear'],
    [{ ...inLatin, birthDate: '2090-02-03' }, '/birthDate'],
    [{ ...inLatin, phone: '02307 9650' }, '/phone'],
  ])('is not looked for by what cannot be: %#', async (person, pointer) => {
    expect(await matches(manager, person)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });
});

describe('Two clients who turn out to be one person', () => {
  const yusuf = { givenName: 'يوسف', familyName: 'حداد', birthDate: '1979-04-12', phone: '+49 151 1111111' };
  const youssef = { givenName: 'Youssef', familyName: 'Haddad', birthYear: 1979 };
  let survivor: string;
  let duplicate: string;
  let housing: string;
  let course: string;

  const merge = (user: string, into: string, duplicateClientId: string, key = randomUUID()): Promise<Reply> =>
    application.post(user, `/v1/clients/${into}/merges`, { duplicateClientId }, { key });

  beforeAll(async () => {
    survivor = await register(yusuf);
    duplicate = await register({ ...youssef, createDespiteMatches: true });
    housing = await open(survivor);
    course = await open(duplicate);
  });

  it('are merged by a supervisor of an office that keeps both', async () => {
    expect(await merge(lead, survivor, survivor)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/duplicateClientId' }] },
    });
    expect(await merge(manager, survivor, duplicate)).toMatchObject({
      status: 403,
      body: { type: 'urn:kim:problem:supervisors-only' },
    });
    expect((await merge('kamen-lead', survivor, duplicate)).status).toBe(404);
    expect((await merge(lead, survivor, randomUUID())).status).toBe(404);
    expect((await merge(lead, randomUUID(), duplicate)).status).toBe(404);
    expect((await merge('analyst', survivor, duplicate)).status).toBe(404);

    const theirs = await register(youssef, 'kamen-cm');
    await application.post(manager, `/v1/journeys/${housing}/consents`, consent(['kim-kamen']));
    expect(await merge('kamen-lead', theirs, survivor)).toMatchObject({
      status: 403,
      body: { type: 'urn:kim:problem:not-the-owner' },
    });
    expect((await application.get(manager, `/v1/clients/${duplicate}`)).body.clientId).toBe(duplicate);
  });

  it('are merged once, however often it is asked for', async () => {
    const key = randomUUID();
    const merged = await merge(lead, survivor, duplicate, key);
    expect(merged).toMatchObject({ status: 200, body: { clientId: survivor, revision: 2 } });
    expect(merged.headers.get('etag')).toBe('"2"');
    expect(await merge(lead, survivor, duplicate, key)).toMatchObject({ status: 200, body: merged.body });
    expect(await merge(lead, survivor, duplicate)).toMatchObject({ status: 200, body: merged.body });
    expect(await merge(lead, duplicate, survivor)).toMatchObject({
      status: 409,
      body: { type: 'urn:kim:problem:client-merged', survivorClientId: survivor },
    });
    const third = await register({ givenName: 'Josef', familyName: 'Hadad', birthYear: 1990 });
    expect(await merge(lead, third, duplicate)).toMatchObject({
      status: 409,
      body: { survivorClientId: survivor },
    });
  });

  it('are shown as the survivor, whoever is asked for', async () => {
    for (const clientId of [survivor, duplicate])
      expect((await application.get(manager, `/v1/clients/${clientId}`)).body).toEqual({
        clientId: survivor,
        mergedClientIds: [duplicate],
        ...yusuf,
      });
    for (const journeyId of [housing, course])
      expect((await application.get(manager, `/v1/journeys/${journeyId}`)).body.client).toMatchObject({
        clientId: survivor,
        givenName: 'يوسف',
      });
  });

  it('keep both journeys, in every list and for every name that they were registered by', async () => {
    const correction = { reason: 'Ausweis vorgelegt', familyName: 'Al-Haddad' };
    const corrected = await application.post(manager, `/v1/clients/${survivor}/corrections`, correction);
    expect(corrected.status).toBe(200);
    const after = { headers: { 'kim-min-position': corrected.headers.get('kim-position') ?? '' } };
    for (const q of ['يوسف', 'youss', 'Haddad Youssef']) {
      const { body } = await application.post(manager, '/v1/journeys/search', { q }, after);
      const found = body.items as { journeyId: string; client: { givenName: string } }[];
      expect(found.map(({ journeyId }) => journeyId).toSorted()).toEqual([housing, course].toSorted());
      for (const { client } of found) expect(client).toMatchObject({ familyName: 'Al-Haddad' });
    }
    const { body } = await application.get(manager, '/v1/journeys?limit=200', after);
    const listed = (body.items as { journeyId: string }[]).map(({ journeyId }) => journeyId);
    expect(listed).toEqual(expect.arrayContaining([housing, course]));
    expect(idsOf(await matches(manager, youssef))).toEqual([survivor]);
  });

  it('are worked with as the survivor from then on', async () => {
    const correction = { reason: 'Tippfehler', givenName: 'Yousef' };
    const onDuplicate = await application.post(manager, `/v1/clients/${duplicate}/corrections`, correction);
    const newJourney = await application.post(manager, '/v1/journeys', opening(duplicate));
    for (const refused of [onDuplicate, newJourney])
      expect(refused).toMatchObject({
        status: 409,
        body: { type: 'urn:kim:problem:client-merged', survivorClientId: survivor },
      });
    const contact = { kind: 'phone', occurredAt: '2026-01-07T10:00:00Z', minutes: 20 };
    expect((await application.post(manager, `/v1/journeys/${course}/contacts`, contact)).status).toBe(201);
    await open(survivor);
  });

  it('are seen by whoever may read a journey of either', async () => {
    await application.post(manager, `/v1/journeys/${course}/consents`, consent(['mbe-kreis-unna']));
    const purpose = { headers: { 'kim-purpose': 'counselling' } };
    for (const clientId of [survivor, duplicate]) {
      const { status, body } = await application.get('mbe-cm', `/v1/clients/${clientId}`, purpose);
      expect({ status, body }).toMatchObject({
        status: 200,
        body: { clientId: survivor, givenName: 'يوسف' },
      });
      expect(body).not.toHaveProperty('phone');
    }
    expect(idsOf(await matches('mbe-cm', { ...yusuf, phone: undefined }))).toEqual([survivor]);
  });
});
