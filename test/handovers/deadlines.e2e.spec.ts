import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startClockedApplication } from '../support/clocked-application.js';
import type { ClockedApplication } from '../support/clocked-application.js';
import { consent, olena, opening } from '../support/people.js';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';

const manager = 'bergkamen-cm';
const lead = 'bergkamen-lead';
const jobCentre = 'jobcenter-cm';
const jobCentreLead = 'jobcenter-lead';
const asReceiver = { headers: { 'kim-purpose': 'handover' } };
/** A Tuesday: the review is due on Thursday, the decision the Tuesday after. */
const tuesday = '2026-03-03T09:00:00.000Z';
const friday = '2026-03-06T09:00:00.000Z';
const nextWednesday = '2026-03-11T09:00:00.000Z';

describe('When a day passes', () => {
  let installation: TestInstallation;
  let applications: readonly [ClockedApplication, ClockedApplication];
  let one: ClockedApplication;

  beforeAll(async () => {
    installation = await testInstallation();
    const start = () => startClockedApplication(installation.settings, tuesday);
    one = await start();
    applications = [one, await start()];
  });

  afterAll(async () => {
    await Promise.all(applications.map((application) => application.stop()));
    await installation.remove();
  });

  const at = (instant: string): void => {
    for (const application of applications) application.setClock(instant);
  };

  const proposed = async (validUntil?: string) => {
    at(tuesday);
    const { body: registered } = await one.post(manager, '/v1/clients', {
      ...olena,
      createDespiteMatches: true,
    });
    const { body: opened } = await one.post(manager, '/v1/journeys', {
      ...opening(registered.clientId),
      counsellorPreference: 'none',
    });
    const journey = `/v1/journeys/${opened.journeyId}`;
    const { body: given } = await one.post(manager, `${journey}/consents`, {
      ...consent(['jobcenter-kreis-unna'], 'handover'),
      ...(validUntil !== undefined && { validUntil }),
    });
    const { body, status } = await one.post(manager, `${journey}/handovers`, {
      toOrganisationId: 'jobcenter-kreis-unna',
      function: 'job-seekers-benefits',
      purpose: 'Arbeit',
      packageCategories: ['identity'],
      basis: { kind: 'consent', consentId: given.consentId },
    });
    expect(status).toBe(201);
    return {
      journey,
      handoverId: body.handoverId as string,
      path: `${journey}/handovers/${body.handoverId}`,
    };
  };
  const overdue = async (user: string): Promise<readonly string[]> => {
    const { body } = await one.get(user, '/v1/handovers?queue=overdue');
    return body.items.map((item: { handoverId: string }) => item.handoverId);
  };
  const escalations = async (journey: string): Promise<readonly string[]> => {
    const { body } = await one.get(lead, `${journey}/timeline?limit=200`, {
      headers: { 'accept-language': 'en' },
    });
    return body.items
      .filter(({ type }: { type: string }) => type === 'HandoverEscalated')
      .map(({ text }: { text: string }) => text);
  };

  it('an overdue review is escalated once, to the sender alone, also when several instances run', async () => {
    const { journey, handoverId } = await proposed();
    await one.runDeadlines();
    expect(await escalations(journey)).toEqual([]);
    at(friday);
    await Promise.all([...applications, ...applications].map((application) => application.runDeadlines()));
    await one.runDeadlines();
    expect(await escalations(journey)).toEqual(['The review of the handover is overdue since 5 March 2026.']);
    expect(await overdue(lead)).toContain(handoverId);
    expect(await overdue(jobCentreLead)).not.toContain(handoverId);
  });

  it('an overdue decision and an overdue first contact appear to both supervisors', async () => {
    const { journey, handoverId, path } = await proposed();
    expect((await one.post(lead, `${path}/approval`, {})).status).toBe(200);
    at(nextWednesday);
    await Promise.all(applications.map((application) => application.runDeadlines()));
    expect(await escalations(journey)).toEqual([
      'The decision on the handover is overdue since 10 March 2026.',
    ]);
    for (const user of [lead, jobCentreLead]) expect(await overdue(user)).toContain(handoverId);
    const { body } = await one.get(jobCentre, `/v1/handovers/${handoverId}`, asReceiver);
    expect(body).toMatchObject({ dueOn: '2026-03-10', overdue: true, escalated: ['decision'] });
    const accepted = await one.post(jobCentre, `${path}/acceptance`, { packageHash: body.packageHash });
    expect(accepted.status).toBe(200);
    at('2026-03-30T09:00:00.000Z');
    await one.runDeadlines();
    for (const user of [lead, jobCentreLead]) expect(await overdue(user)).toContain(handoverId);
    expect((await one.get(lead, `/v1/handovers/${handoverId}`)).body).toMatchObject({
      step: 'accepted',
      dueOn: '2026-03-25',
      escalated: ['decision', 'first-contact'],
    });
  });

  it('nobody waits for a first contact on a journey that was closed, until it is reopened', async () => {
    const { journey, handoverId, path } = await proposed();
    expect((await one.post(lead, `${path}/approval`, {})).status).toBe(200);
    const { packageHash } = (await one.get(jobCentre, `/v1/handovers/${handoverId}`, asReceiver)).body;
    await one.post(jobCentre, `${path}/acceptance`, { packageHash });
    expect((await one.post(jobCentre, `${journey}/closure`, { outcome: 'contact-lost' })).status).toBe(200);
    at('2026-03-30T09:00:00.000Z');
    await one.runDeadlines();
    for (const user of [lead, jobCentreLead]) expect(await overdue(user)).not.toContain(handoverId);
    const { body } = await one.get(jobCentre, `/v1/handovers/${handoverId}`);
    expect(body).toMatchObject({ step: 'accepted', escalated: [] });
    expect(body).not.toHaveProperty('dueOn');
    await one.post(jobCentreLead, `${journey}/reopening`, { reason: 'Wieder da' });
    await one.runDeadlines();
    for (const user of [lead, jobCentreLead]) expect(await overdue(user)).toContain(handoverId);
  });

  it('a handover whose consent has ended has lapsed for everybody before anybody records it', async () => {
    const { journey, handoverId, path } = await proposed('2026-03-09');
    const approved = await one.post(lead, `${path}/approval`, {});
    const included = { headers: { 'kim-min-position': approved.headers.get('kim-position') ?? '' } };
    const decisions = async (): Promise<readonly string[]> => {
      const { body } = await one.get(jobCentre, '/v1/tasks?limit=200', included);
      return body.items.map(({ journeyId }: { journeyId: string }) => `/v1/journeys/${journeyId}`);
    };
    const { packageHash } = (await one.get(jobCentre, `/v1/handovers/${handoverId}`, asReceiver)).body;
    const { body: before } = await one.get(manager, journey);
    expect(await decisions()).toContain(journey);
    at(nextWednesday);
    expect(await decisions()).not.toContain(journey);
    expect((await one.get(jobCentre, journey, asReceiver)).status).toBe(404);
    expect((await one.get(manager, journey)).body.handovers[0]).toMatchObject({ step: 'lapsed' });
    const inbox = await one.get(jobCentre, '/v1/handovers?queue=inbox');
    expect(JSON.stringify(inbox.body)).not.toContain(handoverId);
    expect(await one.post(jobCentre, `${path}/acceptance`, { packageHash })).toMatchObject({
      status: 409,
      body: { code: 'handover-lapsed' },
    });
    expect((await one.get(manager, journey)).body.revision).toBe(before.revision);
    await Promise.all(applications.map((application) => application.runDeadlines()));
    const { body: after } = await one.get(manager, journey);
    expect(after.revision).toBe(Number(before.revision) + 1);
    expect(after.handovers[0]).toMatchObject({ step: 'lapsed', cause: 'consent-ended' });
  });

  it('the lapse is recorded by the next command, if that comes first', async () => {
    const { journey } = await proposed('2026-03-09');
    at(nextWednesday);
    const story = await one.post(manager, `${journey}/life-story`, { text: 'Aus Charkiw' });
    expect(story.status).toBe(200);
    const { body } = await one.get(manager, `${journey}/timeline?limit=200`);
    expect(body.items.slice(-2).map(({ type }: { type: string }) => type)).toEqual([
      'HandoverLapsed',
      'LifeStoryRecorded',
    ]);
    await one.runDeadlines();
    expect((await one.get(manager, journey)).body.revision).toBe(story.body.revision);
  });

  it('a consent that is withdrawn takes the offer and the view with it, in one append', async () => {
    const { journey, handoverId, path } = await proposed();
    await one.post(lead, `${path}/approval`, {});
    expect((await one.get(jobCentre, journey, asReceiver)).status).toBe(200);
    await one.post(jobCentre, `${path}/information-requests`, { question: 'Wie heißt sie?' });
    await one.post(manager, `${path}/information`, { answer: 'Olena Melnyk', category: 'identity' });
    const asked = await one.get(jobCentre, `/v1/handovers/${handoverId}`, asReceiver);
    expect(asked.body.informationRequests).toMatchObject([{ answer: 'Olena Melnyk' }]);
    const { body } = await one.get(manager, journey);
    const consentId = body.consents[0].consentId as string;
    const withdrawn = await one.post(manager, `${journey}/consents/${consentId}/withdrawal`, {
      channel: 'phone',
    });
    expect(withdrawn.body.revision).toBe(Number(body.revision) + 2);
    expect((await one.get(jobCentre, journey, asReceiver)).status).toBe(404);
    const seen = await one.get(jobCentre, `/v1/handovers/${handoverId}`, asReceiver);
    expect(seen.body).toMatchObject({ step: 'lapsed', cause: 'consent-withdrawn' });
    expect(seen.body).not.toHaveProperty('package');
    expect(seen.body).not.toHaveProperty('client');
    expect(seen.body.informationRequests).toMatchObject([{ question: 'Wie heißt sie?' }]);
    expect(JSON.stringify(seen.body)).not.toContain('Melnyk');
  });
});
