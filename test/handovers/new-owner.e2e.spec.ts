import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApplication } from '../support/application.js';
import type { Reply, RunningApplication } from '../support/application.js';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';
import { consent, olena, opening } from '../support/people.js';

const manager = 'bergkamen-cm';
const lead = 'bergkamen-lead';
const jobCentre = 'jobcenter-cm';
const jobCentreLead = 'jobcenter-lead';
const advice = 'mbe-cm';
const officer = 'dpo';
const jobCentreId = 'jobcenter-kreis-unna';
const adviceId = 'mbe-kreis-unna';
const asReceiver = { headers: { 'kim-purpose': 'handover' } };

describe('The job centre has taken a client over', () => {
  let installation: TestInstallation;
  let application: RunningApplication;
  let clientId: string;
  let journey: string;
  let needId: string;

  beforeAll(async () => {
    installation = await testInstallation();
    application = await startApplication(installation.settings);
  });

  afterAll(async () => {
    await application.stop();
    await installation.remove();
  });

  beforeEach(async () => {
    const person = { ...olena, createDespiteMatches: true };
    clientId = (await application.post(manager, '/v1/clients', person)).body.clientId;
    const body = { ...opening(clientId), counsellorPreference: 'none' };
    journey = `/v1/journeys/${(await application.post(manager, '/v1/journeys', body)).body.journeyId}`;
    needId = await made('/needs', { fieldOfAction: 'housing', urgency: 'high' });
  });

  const post = (path: string, body: object, user = manager): Promise<Reply> =>
    application.post(user, journey + path, body);
  const made = async (path: string, body: object, user = manager): Promise<string> => {
    const { status, body: answer } = await post(path, body, user);
    expect({ path, status, answer }).toMatchObject({ status: 201 });
    return String(Object.values(answer as object)[0]);
  };
  const read = async (user: string) => (await application.get(user, journey, asReceiver)).body;

  const propose = async (packageCategories: readonly string[] = ['identity']): Promise<string> => {
    const consentId = await made('/consents', {
      ...consent([jobCentreId], 'handover'),
      dataCategories: packageCategories,
    });
    return made('/handovers', {
      toOrganisationId: jobCentreId,
      function: 'job-seekers-benefits',
      purpose: 'Arbeit in der Pflege',
      reason: 'Umzug',
      packageCategories,
      basis: { kind: 'consent', consentId },
    });
  };
  const handOver = async (packageCategories?: readonly string[]): Promise<string> => {
    const handoverId = await propose(packageCategories);
    await post(`/handovers/${handoverId}/approval`, {}, lead);
    const { packageHash } = (await application.get(jobCentre, `/v1/handovers/${handoverId}`, asReceiver))
      .body;
    const accepted = await post(`/handovers/${handoverId}/acceptance`, { packageHash }, jobCentre);
    expect(accepted.status).toBe(200);
    return handoverId;
  };
  const refer = (organisationId: string, consentId?: string): Promise<string> =>
    made('/referrals', { organisationId, needId, mode: 'live', ...(consentId && { consentId }) });

  it('and answers a referral that was made to it before', async () => {
    const referralId = await refer(jobCentreId);
    await handOver();
    expect((await read(jobCentre)).referrals).toMatchObject([{ referralId, status: 'made' }]);
    expect((await post(`/referrals/${referralId}/acceptance`, {}, jobCentre)).status).toBe(200);
  });

  it('and works with what a consent shows it', async () => {
    await made('/consents', {
      ...consent([jobCentreId]),
      dataCategories: ['needs', 'health', 'protection'],
      includesArticle9: true,
    });
    await handOver();
    expect((await read(jobCentre)).needs).toMatchObject([{ needId }]);
    const goal = {
      needIds: [needId],
      wording: 'Eine Wohnung',
      measuredBy: 'Mietvertrag',
      dueOn: '2099-01-01',
    };
    expect((await post('/goals', goal, jobCentre)).status).toBe(201);
  });

  it('and by withdrawing a consent stops what rested on it, though it knows nothing of that', async () => {
    const consentId = await made('/consents', consent([jobCentreId, adviceId], 'referral'));
    const referralId = await refer(adviceId, consentId);
    await handOver();
    expect((await read(jobCentre)).referrals).toEqual([]);
    const withdrawn = await post(`/consents/${consentId}/withdrawal`, { channel: 'phone' }, jobCentre);
    expect(withdrawn.status).toBe(200);
    expect((await application.get(advice, journey, asReceiver)).status).toBe(404);
    expect(await post(`/referrals/${referralId}/acceptance`, {}, advice)).toMatchObject({
      status: 409,
      body: { code: 'referral-cancelled' },
    });
  });

  it('and does not learn to whom the client had been referred; the officer does', async () => {
    const referralId = await refer(adviceId);
    await handOver();
    const sights = async (user: string): Promise<readonly { basis?: string }[]> =>
      (await application.get(user, `${journey}/visibility`)).body.items;
    const all = await sights(officer);
    const others = all.filter(({ basis }) => basis !== referralId);
    expect(others).toHaveLength(all.length - 1);
    expect(await sights(jobCentreLead)).toEqual(others);
  });

  it('and learns from the client what it was not told, without learning whether that was known', async () => {
    await handOver(['identity']);
    const client = `/v1/clients/${clientId}`;
    const tagOf = async () => (await application.get(jobCentre, client)).headers.get('etag');
    const before = await tagOf();
    for (const [field, value] of [
      ['phone', olena.phone],
      ['email', 'olena@example.org'],
    ] as const) {
      expect((await application.get(jobCentre, client)).body).not.toHaveProperty(field);
      for (const reason of ['Gespräch', 'Nochmals gefragt']) {
        const correction = { [field]: value, reason };
        expect((await application.post(jobCentre, `${client}/corrections`, correction)).status).toBe(200);
      }
      expect((await application.get(jobCentre, client)).body).toMatchObject({ [field]: value });
    }
    expect([before, await tagOf()]).toEqual(['"1"', '"3"']);
  });

  it('and what it learns, the former owner is not told, neither by a tag nor by finding the client with it', async () => {
    await handOver();
    const tag = async () => (await application.get(manager, `/v1/clients/${clientId}`)).headers.get('etag');
    const found = async (person: object): Promise<unknown> => {
      const { body } = await application.post(manager, '/v1/clients/matches', person);
      return (body.matches as { clientId: string }[]).find((match) => match.clientId === clientId);
    };
    const { givenName, familyName } = olena;
    const learnt = { otherNames: ['Zubairova'], birthDate: '1988-05-06' };
    const asked = [
      { givenName, familyName },
      { givenName, familyName, birthDate: learnt.birthDate },
      { givenName, familyName: 'Zubairova' },
    ];
    const known = async () => [await tag(), ...(await Promise.all(asked.map(found)))];
    const before = await known();
    const corrected = await application.post(jobCentre, `/v1/clients/${clientId}/corrections`, {
      ...learnt,
      reason: 'Ausweis',
    });
    expect(corrected.status).toBe(200);
    expect(before).toEqual(['"1"', expect.anything(), undefined, undefined]);
    expect(await known()).toEqual(before);
  });

  it('and reads in the handover what it accepted, also after that was corrected', async () => {
    const handoverId = await handOver(['identity', 'needs']);
    const accepted = (await application.get(jobCentre, `/v1/handovers/${handoverId}`)).body;
    expect(accepted.package.needs.needs).toMatchObject([{ needId, urgency: 'high' }]);
    const [{ eventId }] = (await read(jobCentre)).needs;
    await made('/corrections', { eventId, replacement: { urgency: 'low' } }, jobCentre);
    const after = (await application.get(jobCentre, `/v1/handovers/${handoverId}`)).body;
    expect(after.package).toEqual(accepted.package);
    expect(after.packageHash).toBe(accepted.packageHash);
  });

  it('and sees in the package what is contested, before and after it accepts; the hash stays what it was', async () => {
    const consentId = await made('/consents', {
      ...consent([jobCentreId], 'handover'),
      dataCategories: ['needs', 'residence', 'benefits'],
    });
    await made('/legal-domains', { legalDomain: 'SGB_II', effectiveOn: '2026-01-01' });
    await post('/legal-domains/SGB_II/end', { effectiveOn: '2026-02-28' });
    const handoverId = await made('/handovers', {
      toOrganisationId: jobCentreId,
      function: 'job-seekers-benefits',
      purpose: 'Arbeit',
      packageCategories: ['residence', 'benefits', 'needs'],
      basis: { kind: 'consent', consentId },
    });
    await post(`/handovers/${handoverId}/approval`, {}, lead);
    const offer = async () =>
      (await application.get(jobCentre, `/v1/handovers/${handoverId}`, asReceiver)).body;
    const before = await offer();
    expect(before).not.toHaveProperty('disputedInPackage');
    const { items } = (await application.get(manager, `${journey}/timeline`)).body;
    const dispute = (wanted: string, user = manager) => {
      const { eventId } = items.find(({ type }: { type: string }) => type === wanted);
      return made('/disputes', { eventId, statement: 'So war es nicht' }, user);
    };
    const disputeId = await dispute('NeedIdentified');
    const contested = await offer();
    expect(contested).toMatchObject({
      package: before.package,
      packageHash: before.packageHash,
      disputedInPackage: ['/needs/needs/0'],
    });
    const { packageHash } = before;
    await post(`/handovers/${handoverId}/acceptance`, { packageHash }, jobCentre);
    await dispute('LegalDomainLeft', jobCentre);
    await dispute('JourneyOpened', jobCentre);
    expect(await offer()).toMatchObject({
      package: before.package,
      packageHash,
      disputedInPackage: [
        '/residence/residenceGroup',
        '/benefits/legalDomains/0',
        '/needs/accessRoute',
        '/needs/counsellorPreference',
        '/needs/needs/0',
      ],
    });
    await post(`/disputes/${disputeId}/resolution`, { outcome: 'rejected' }, jobCentre);
    expect((await offer()).disputedInPackage).not.toContain('/needs/needs/0');
  });

  it('and learns by no correction what a field holds that it does not see', async () => {
    const description = 'Schimmel in der Küche';
    await made('/needs', { fieldOfAction: 'housing', urgency: 'high', description });
    await handOver(['identity', 'needs']);
    const { needs, revision } = await read(jobCentre);
    const { eventId } = needs.at(-1);
    const revisionAfter = async (replacement: object): Promise<number> =>
      (await post('/corrections', { eventId, replacement }, jobCentre)).body.revision;
    const corrected = Number(revision) + 1;
    expect(await revisionAfter({ urgency: 'high' })).toBe(revision);
    expect(await revisionAfter({ description })).toBe(corrected);
    expect(await revisionAfter({ description })).toBe(corrected);
  });

  it('and the former owner withdraws by what it reads itself, and reads that it did', async () => {
    const consentIds = [
      await made('/consents', consent([adviceId], 'referral')),
      await made('/consents', consent([adviceId])),
    ];
    const referralId = await refer(adviceId, consentIds[0]);
    await handOver();
    await post('/life-story', { text: 'Neu' }, jobCentre);
    for (const consentId of consentIds) {
      const etag = String((await application.get(manager, journey)).headers.get('etag'));
      const withdraw = (ifMatch: string) =>
        application.post(
          manager,
          `${journey}/consents/${consentId}/withdrawal`,
          { channel: 'phone', withdrawnOn: '2026-01-02' },
          { headers: { 'if-match': ifMatch } },
        );
      expect((await withdraw('"0"')).status).toBe(412);
      const withdrawn = await withdraw(etag);
      expect(withdrawn.status).toBe(200);
      const { body, headers } = await application.get(manager, journey);
      expect(headers.get('etag')).toBe(withdrawn.headers.get('etag'));
      expect(body.consents.find((one: { consentId: string }) => one.consentId === consentId)).toMatchObject({
        status: 'withdrawn',
        withdrawnOn: '2026-01-02',
        channel: 'phone',
      });
      expect(body.referrals).toMatchObject([{ referralId, status: 'cancelled' }]);
      expect(body).not.toHaveProperty('lifeStory');
    }
  });

  it('and neither office is told how the other recorded a withdrawal, nor kept from recording its own', async () => {
    const consentId = await made('/consents', consent([jobCentreId]));
    await handOver();
    const withdraw = (channel: string, user: string) =>
      post(`/consents/${consentId}/withdrawal`, { channel }, user);
    const consentSeenBy = async (user: string) =>
      (await read(user)).consents.find((one: { consentId: string }) => one.consentId === consentId);
    expect((await withdraw('letter', jobCentre)).status).toBe(200);
    expect(await consentSeenBy(manager)).toMatchObject({ status: 'in-force' });
    expect((await withdraw('phone', manager)).status).toBe(200);
    for (const [user, own, other] of [
      [manager, 'phone', 'letter'],
      [jobCentre, 'letter', 'phone'],
    ] as const) {
      expect(await consentSeenBy(user)).toMatchObject({ status: 'withdrawn', channel: own });
      expect((await withdraw(own, user)).status).toBe(200);
      expect(await withdraw(other, user)).toMatchObject({
        status: 409,
        body: { code: 'consent-withdrawn' },
      });
    }
  });

  it('and the former owner is told by no answer how far the record has gone', async () => {
    const consentId = await made('/consents', consent([adviceId]));
    const path = `${journey}/consents/${consentId}/withdrawal`;
    const withdrawal = { channel: 'phone' };
    expect((await application.post(manager, path, withdrawal)).status).toBe(200);
    await handOver();
    const before = await application.post(manager, path, withdrawal);
    await post('/life-story', { text: 'Neu' }, jobCentre);
    const after = await application.post(manager, path, withdrawal);
    const told = ({ status, body, headers }: Reply) => [
      status,
      body.revision,
      headers.get('etag'),
      headers.get('kim-position'),
    ];
    expect(told(after)).toEqual(told(before));
    const etag = String((await application.get(manager, journey)).headers.get('etag'));
    expect(after.headers.get('etag')).toBe(etag);
    const again = await application.post(manager, path, withdrawal, { headers: { 'if-match': etag } });
    expect(again.status).toBe(200);
  });

  it('and who decides on the handover again comes too late for it, whatever has become of the journey', async () => {
    const handoverId = await handOver();
    await post('/closure', { outcome: 'moved-away' }, jobCentre);
    for (const [path, body, user] of [
      ['withdrawal', { reason: 'other' }, manager],
      ['decline', { reason: 'other' }, jobCentre],
      ['approval', {}, lead],
    ] as const)
      expect(await post(`/handovers/${handoverId}/${path}`, body, user)).toMatchObject({
        status: 409,
        body: { code: 'handover-accepted' },
      });
    expect(
      (await post('/handovers/6f1c2b0e-9f0a-5d53-8e0a-0d6f6c1f2a34/withdrawal', { reason: 'other' })).status,
    ).toBe(404);
  });

  it('unless it declined: then both reasons are there to be read', async () => {
    const handoverId = await propose();
    await post(`/handovers/${handoverId}/approval`, {}, lead);
    await post(`/handovers/${handoverId}/decline`, { reason: 'no-capacity' }, jobCentre);
    const asSeen = async (user: string) =>
      (await application.get(user, `/v1/handovers/${handoverId}`, asReceiver)).body;
    expect(await asSeen(manager)).toMatchObject({
      status: 'declined',
      reason: 'no-capacity',
      proposalReason: 'Umzug',
    });
    expect(await asSeen(manager)).not.toHaveProperty('disputed');
    const { items } = (await application.get(manager, `${journey}/timeline`)).body;
    const { eventId } = items.find(({ type }: { type: string }) => type === 'HandoverDeclined');
    await made('/disputes', { eventId, statement: 'So war es nicht' });
    for (const user of [manager, jobCentre]) expect(await asSeen(user)).toMatchObject({ disputed: true });
  });

  it('unless it declined: then it decides by what it reads of the handover, and learns of nothing after it', async () => {
    const handoverId = await propose();
    await post(`/handovers/${handoverId}/approval`, {}, lead);
    await post(`/handovers/${handoverId}/decline`, { reason: 'no-capacity' }, jobCentre);
    await post('/life-story', { text: 'Neu' });
    const { headers } = await application.get(jobCentre, `/v1/handovers/${handoverId}`, asReceiver);
    const etag = Number(String(headers.get('etag')).replaceAll('"', ''));
    const decline = async (revision: number) =>
      application.post(
        jobCentre,
        `${journey}/handovers/${handoverId}/decline`,
        { reason: 'other' },
        { headers: { 'if-match': `"${revision}"` } },
      );
    expect(await decline(etag)).toMatchObject({ status: 409, body: { code: 'handover-declined' } });
    for (const other of [etag - 1, etag + 1]) expect((await decline(other)).status).toBe(412);
  });
});
