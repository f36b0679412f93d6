import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApplication } from '../support/application.js';
import type { Reply, RunningApplication } from '../support/application.js';
import { consent, olena, opening } from '../support/people.js';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';

const manager = 'bergkamen-cm';
const lead = 'bergkamen-lead';
const deputyLead = 'bergkamen-lead2';
const jobCentre = 'jobcenter-cm';
const jobCentreLead = 'jobcenter-lead';
const immigration = 'abh-cm';
const advice = 'mbe-cm';
const officer = 'dpo';
const asReceiver = { headers: { 'kim-purpose': 'handover' } };

describe('Olena is handed over to the job centre', () => {
  let installation: TestInstallation;
  let application: RunningApplication;
  let clientId: string;
  let journeyId: string;
  let journey: string;
  let consentId: string;
  let housing: string;
  let position: string;

  const post = async (user: string, path: string, body: object): Promise<Reply> => {
    const reply = await application.post(user, journey + path, body);
    position = reply.headers.get('kim-position') ?? position;
    return reply;
  };
  const made = async (path: string, body: object, user = manager): Promise<string> => {
    const { status, body: answer } = await post(user, path, body);
    expect({ path, status, answer }).toMatchObject({ status: 201 });
    return String(Object.values(answer as object)[0]);
  };
  const done = async (path: string, body: object, user = manager): Promise<void> => {
    const { status, body: answer } = await post(user, path, body);
    expect({ path, status, answer }).toMatchObject({ status: 200 });
  };
  const desk = async (user: string, queue: string) =>
    (
      await application.get(user, `/v1/handovers?queue=${queue}`, {
        headers: { 'kim-min-position': position, 'accept-language': 'en' },
      })
    ).body.items;
  const proposal = () => ({
    toOrganisationId: 'jobcenter-kreis-unna',
    function: 'job-seekers-benefits',
    purpose: 'Arbeit in der Pflege',
    packageCategories: ['identity', 'contact', 'needs'],
    basis: { kind: 'consent', consentId },
  });

  beforeAll(async () => {
    installation = await testInstallation();
    application = await startApplication(installation.settings);
    clientId = (await application.post(manager, '/v1/clients', olena)).body.clientId;
    const opened = await application.post(manager, '/v1/journeys', {
      ...opening(clientId),
      counsellorPreference: 'none',
    });
    journeyId = opened.body.journeyId;
    journey = `/v1/journeys/${journeyId}`;
    housing = await made('/needs', { fieldOfAction: 'housing', urgency: 'high', description: 'Schimmel' });
    await made('/needs', { fieldOfAction: 'health-care', urgency: 'medium' });
    await made('/referrals', { organisationId: 'mbe-kreis-unna', needId: housing, mode: 'live' });
    consentId = await made('/consents', {
      ...consent(['jobcenter-kreis-unna'], 'handover'),
      dataCategories: ['identity', 'contact', 'needs', 'language'],
    });
  });

  afterAll(async () => {
    await application.stop();
    await installation.remove();
  });

  const refused = async (body: object, status: number): Promise<Record<string, unknown>> => {
    const reply = await application.post(manager, `${journey}/handovers`, body);
    expect({ status: reply.status, body: reply.body }).toMatchObject({ status });
    return reply.body as Record<string, unknown>;
  };

  it('is refused by the rule that it breaks, and writes nothing', async () => {
    const before = (await application.get(manager, journey)).headers.get('etag');
    expect(await refused({ ...proposal(), packageCategories: ['identity', 'plan'] }, 409)).toMatchObject({
      type: 'urn:kim:problem:category-outside-basis',
      code: 'category-outside-basis',
      detail: expect.stringContaining('plan'),
      categories: ['plan'],
      needed: [{ category: 'plan', bases: ['consent'] }],
    });
    expect(await refused({ ...proposal(), toOrganisationId: 'kim-kamen' }, 409)).toMatchObject({
      code: 'receiver-not-competent',
      competentOrganisationIds: ['jobcenter-kreis-unna'],
    });
    const statute = { kind: 'statute', rule: 'sgbx-69' };
    expect(await refused({ ...proposal(), basis: statute }, 409)).toMatchObject({
      code: 'rule-for-another-pair',
    });
    expect(await refused({ ...proposal(), toOrganisationId: 'kim-bergkamen' }, 409)).toMatchObject({
      code: 'self-handover',
    });
    for (const [wrong, pointer] of [
      [{ ...proposal(), packageCategories: ['identity', 'identity'] }, '/packageCategories'],
      [{ ...proposal(), packageCategories: [] }, '/packageCategories'],
      [{ ...proposal(), toOrganisationId: 'nobody' }, '/toOrganisationId'],
      [{ ...proposal(), basis: { kind: 'statute', rule: 'made-up' } }, '/basis/rule'],
      [{ ...proposal(), basis: { kind: 'consent' } }, '/basis/consentId'],
      [{ ...proposal(), basis: { kind: 'statute', rule: 'sgbx-69', consentId } }, '/basis/consentId'],
      [{ ...proposal(), transition: { from: 'SGB_II', to: 'SGB_II' } }, '/transition/to'],
    ] as const)
      expect(await refused(wrong, 400)).toMatchObject({ errors: [{ pointer }] });
    expect((await application.get(manager, journey)).headers.get('etag')).toBe(before);
  });

  it('is unknown to the receiver until another supervisor has approved it', async () => {
    const proposed = await application.post(deputyLead, `${journey}/handovers`, proposal());
    expect(proposed.status).toBe(201);
    const { handoverId } = proposed.body;
    position = proposed.headers.get('kim-position') ?? '';
    const handover = `/handovers/${handoverId}`;
    expect(await desk(deputyLead, 'review')).toEqual([]);
    expect(await desk(lead, 'review')).toMatchObject([
      { handoverId, journeyId, step: 'proposed', client: { familyName: 'Мельник' }, overdue: false },
    ]);
    expect(await desk(jobCentre, 'inbox')).toEqual([]);
    expect(await desk(jobCentreLead, 'overdue')).toEqual([]);
    expect((await application.get(jobCentre, `/v1${handover}`, asReceiver)).status).toBe(404);
    expect((await application.get(jobCentre, journey, asReceiver)).status).toBe(404);
    expect((await post(jobCentre, `${handover}/decline`, { reason: 'other' })).status).toBe(404);

    expect(await post(deputyLead, `${handover}/approval`, {})).toMatchObject({
      status: 403,
      body: { code: 'self-review' },
    });
    expect((await post(manager, `${handover}/approval`, {})).status).toBe(403);
    await done(`${handover}/return`, { reason: 'missing-information', note: 'Kontakt fehlt' }, lead);
    expect((await application.get(manager, `/v1${handover}`)).body).toMatchObject({
      step: 'returned',
      reason: 'missing-information',
      note: 'Kontakt fehlt',
    });
  });

  let handoverId: string;
  let handover: string;

  it('is shown to the receiver as exactly the proposed categories, under a hash', async () => {
    handoverId = await made('/handovers', proposal());
    handover = `/handovers/${handoverId}`;
    expect((await application.get(manager, journey)).body.handovers).toMatchObject([
      { step: 'withdrawn', cause: 'proposed-anew' },
      { step: 'proposed', handoverId },
    ]);
    await done(`${handover}/approval`, { acknowledged: ['Einwilligung'] }, lead);
    expect((await application.get(manager, `/v1${handover}`)).body).toMatchObject({
      acknowledged: ['Einwilligung'],
    });
    expect(await desk(jobCentre, 'inbox')).toMatchObject([
      {
        handoverId,
        step: 'approved',
        client: { givenName: 'Олена' },
        why: expect.stringContaining('Decision'),
      },
    ]);
    expect((await application.get(jobCentre, `/v1${handover}`)).body).toMatchObject({
      status: 400,
      errors: [{ pointer: '/KIM-Purpose' }],
    });
    const { body } = await application.get(jobCentre, `/v1${handover}`, asReceiver);
    expect(body).toMatchObject({ step: 'approved', packageHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(body).not.toHaveProperty('purpose');
    expect(body.package).toEqual({
      identity: {
        givenName: 'Олена',
        familyName: 'Мельник',
        birthDate: '1990-02-03',
        sex: 'f',
        nationality: 'UKR',
      },
      contact: { phone: olena.phone, address: olena.address },
      needs: {
        accessRoute: 'volunteers',
        counsellorPreference: 'none',
        needs: [{ needId: housing, fieldOfAction: 'housing', urgency: 'high', status: 'open' }],
      },
    });
    expect(JSON.stringify(body)).not.toContain('nonce');
    const own = await application.get(manager, `/v1${handover}`);
    expect(own.body).toMatchObject({
      package: body.package,
      packageHash: body.packageHash,
      purpose: 'Arbeit in der Pflege',
    });
    expect(
      (await application.get(jobCentre, '/v1/tasks', { headers: { 'kim-min-position': position } })).body
        .items,
    ).toMatchObject([{ what: 'handover-decision', of: handoverId, client: { familyName: 'Мельник' } }]);
    expect((await application.get(immigration, `/v1${handover}`, asReceiver)).status).toBe(404);
  });

  it('answers a question within the basis', async () => {
    await done(`${handover}/information-requests`, { question: 'Welche Sprachen?' }, jobCentre);
    const reply = { answer: 'Ukrainisch und Russisch' };
    expect(
      (await post(manager, `${handover}/information`, { ...reply, category: 'plan' })).body,
    ).toMatchObject({
      code: 'category-outside-basis',
    });
    await done(`${handover}/information`, { ...reply, category: 'language' });
    expect(
      (await application.get(jobCentre, `/v1${handover}`, asReceiver)).body.informationRequests,
    ).toMatchObject([
      { question: 'Welche Sprachen?', answer: 'Ukrainisch und Russisch', category: 'language' },
    ]);
  });

  it('is not accepted on a package that has changed since it was looked at', async () => {
    const looked = (await application.get(jobCentre, `/v1${handover}`, asReceiver)).body;
    const corrected = await application.post(manager, `/v1/clients/${clientId}/corrections`, {
      phone: '+49 151 7654321',
      reason: 'Neue Nummer',
    });
    expect(corrected.status).toBe(200);
    const accept = (packageHash: string) => post(jobCentre, `${handover}/acceptance`, { packageHash });
    expect(await accept(looked.packageHash)).toMatchObject({
      status: 409,
      body: { code: 'package-changed' },
    });
    expect((await accept('abc')).status).toBe(400);
    const anew = (await application.get(jobCentre, `/v1${handover}`, asReceiver)).body;
    expect(anew.package.contact.phone).toBe('+49 151 7654321');
    expect((await accept(anew.packageHash)).status).toBe(200);
    expect(await accept(anew.packageHash)).toMatchObject({
      status: 409,
      body: { code: 'handover-accepted' },
    });
  });

  it('makes the job centre the one office that is responsible, with what came along and nothing else', async () => {
    const { body } = await application.get(jobCentre, journey);
    expect(body).toMatchObject({
      owner: { organisationId: 'jobcenter-kreis-unna', userId: jobCentre },
      client: { familyName: 'Мельник', phone: '+49 151 7654321' },
      needs: [{ needId: housing, fieldOfAction: 'housing' }],
      referrals: [],
      due: [{ what: 'first-contact', of: handoverId }],
    });
    expect(body.client).not.toHaveProperty('languages');
    expect(body.needs[0]).not.toHaveProperty('description');
    const { body: timeline } = await application.get(jobCentre, `${journey}/timeline?limit=200`);
    expect(timeline.items.map(({ type }: { type: string }) => type)).toEqual([
      'JourneyOpened',
      'NeedIdentified',
      'ConsentGiven',
      'HandoverProposed',
      'HandoverApproved',
      'HandoverInformationRequested',
      'HandoverInformationProvided',
      'HandoverAccepted',
    ]);
    const lists = { headers: { 'kim-min-position': position } };
    expect((await application.get(jobCentre, '/v1/journeys', lists)).body.items).toMatchObject([
      { journeyId, client: { familyName: 'Мельник' } },
    ]);
    expect((await application.get(manager, '/v1/journeys', lists)).body.items).toEqual([]);
    expect((await application.get(manager, '/v1/referrals?queue=outgoing', lists)).body.items).toEqual([]);
  });

  it('leaves the former owner what its own people recorded, and nothing newer', async () => {
    await made('/needs', { fieldOfAction: 'money-debt', urgency: 'low' }, jobCentre);
    const { status, body, headers } = await application.get(manager, journey);
    expect(status).toBe(200);
    expect(body.owner.organisationId).toBe('jobcenter-kreis-unna');
    expect(body.needs).toHaveLength(2);
    expect(headers.get('etag')).not.toBe((await application.get(jobCentre, journey)).headers.get('etag'));
    expect(await post(manager, '/needs', { fieldOfAction: 'housing', urgency: 'low' })).toMatchObject({
      status: 403,
      body: { code: 'not-the-owner' },
    });
    expect(
      (await application.post(manager, `/v1/clients/${clientId}/corrections`, { phone: '1', reason: 'x' }))
        .status,
    ).toBe(403);
    await application.post(jobCentre, `/v1/clients/${clientId}/corrections`, {
      phone: '+49 2307 1',
      reason: 'Neu',
    });
    expect((await application.get(manager, `/v1/clients/${clientId}`)).body.phone).toBe('+49 151 7654321');
    expect((await application.get(jobCentre, `/v1/clients/${clientId}`)).body.phone).toBe('+49 2307 1');
  });

  it('is complete when the new owner has met the client', async () => {
    await made('/contacts', { kind: 'office', occurredAt: '2026-11-20T09:00:00Z', minutes: 30 }, jobCentre);
    for (const user of [manager, jobCentre])
      expect((await application.get(user, `/v1${handover}`)).body).toMatchObject({ step: 'completed' });
    expect(await desk(manager, 'outgoing')).toEqual([]);
  });

  it('can be told by the officer and the responsible supervisor: who could see what today, and why', async () => {
    const { status, body } = await application.get(officer, `${journey}/visibility`);
    expect(status).toBe(200);
    const why = (organisationId: string) =>
      body.items
        .filter((item: { organisationId: string }) => item.organisationId === organisationId)
        .map(({ reason }: { reason: string }) => reason);
    expect(why('kim-bergkamen')).toEqual(['owner', 'former-owner']);
    expect(new Set(why('jobcenter-kreis-unna'))).toEqual(new Set(['package', 'owner', 'own-records']));
    expect(why('mbe-kreis-unna')).toEqual(['referral']);
    const first = (await application.get(officer, `${journey}/visibility?limit=2`)).body;
    const rest = await application.get(officer, `${journey}/visibility?cursor=${first.nextCursor}`);
    expect(first.items).toHaveLength(2);
    expect({ ...rest.body, items: [...first.items, ...rest.body.items] }).toEqual({
      ...body,
      nextCursor: null,
    });
    // To whom Bergkamen had referred the client, nobody but the officer learns afterwards.
    expect((await application.get(jobCentreLead, `${journey}/visibility`)).body).toEqual({
      ...body,
      items: body.items.filter(({ reason }: { reason: string }) => reason !== 'referral'),
    });
    for (const [user, answer] of [
      [jobCentre, 403],
      [lead, 403],
      [immigration, 404],
      [advice, 403],
      ['analyst', 404],
    ] as const)
      expect([user, (await application.get(user, `${journey}/visibility`)).status]).toEqual([user, answer]);
    expect((await application.get(officer, `${journey}/visibility?on=2019-01-01`)).body.items).toEqual([]);
    expect((await application.get(officer, `${journey}/visibility?on=2999-01-01`)).status).toBe(400);
    expect((await application.get(officer, journey)).status).toBe(404);
  });

  it('is decided once, whoever decides how often at the same moment', async () => {
    const offered = await made(
      '/handovers',
      {
        toOrganisationId: 'auslaenderbehoerde-kreis-unna',
        function: 'residence',
        purpose: 'Aufenthaltstitel',
        packageCategories: ['identity', 'language'],
        basis: { kind: 'statute', rule: 'aufenthg-44a-abweichung' },
      },
      jobCentre,
    );
    const path = `/handovers/${offered}`;
    await done(`${path}/approval`, {}, jobCentreLead);
    const { packageHash } = (await application.get(immigration, `/v1${path}`, asReceiver)).body;
    const { body: before } = await application.get(jobCentre, journey);
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, turn) => {
        switch (turn % 3) {
          case 0:
            return post(immigration, `${path}/acceptance`, { packageHash });
          case 1:
            return post(immigration, `${path}/decline`, { reason: 'no-capacity' });
          default:
            return post(jobCentre, `${path}/withdrawal`, { reason: 'other' });
        }
      }),
    );
    const statuses = replies.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(99);
    const winner = replies.find(({ status }) => status === 200);
    expect(winner?.body.revision).toBe(Number(before.revision) + 1);
    const after = (await application.get(jobCentre, `/v1${path}`)).body;
    expect(['accepted', 'declined', 'withdrawn']).toContain(after.step);
    expect((await application.get(immigration, `/v1${path}`, asReceiver)).body.step).toBe(after.step);
    expect((await application.get(immigration, journey, asReceiver)).status).toBe(
      after.step === 'accepted' ? 200 : 404,
    );
  });
});
