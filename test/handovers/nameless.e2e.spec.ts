import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApplication } from '../support/application.js';
import type { RunningApplication } from '../support/application.js';
import { consent, olena, opening } from '../support/people.js';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';

const manager = 'bergkamen-cm';
const jobCentre = 'jobcenter-cm';

describe('A client who is handed over without their name', () => {
  let installation: TestInstallation;
  let application: RunningApplication;
  let journeyId: string;
  let clientId: string;
  const lists = { headers: { 'kim-min-position': '' } };

  const post = async (user: string, path: string, body: object) => {
    const reply = await application.post(user, path, body);
    expect({ path, status: reply.status, body: reply.body }).toMatchObject({ status: expect.any(Number) });
    expect([path, reply.status < 300]).toEqual([path, true]);
    lists.headers['kim-min-position'] = reply.headers.get('kim-position') ?? '';
    return reply.body;
  };

  beforeAll(async () => {
    installation = await testInstallation();
    application = await startApplication(installation.settings);
    clientId = (await post(manager, '/v1/clients', olena)).clientId;
    journeyId = (await post(manager, '/v1/journeys', { ...opening(clientId), counsellorPreference: 'none' }))
      .journeyId;
    const journey = `/v1/journeys/${journeyId}`;
    const agreed = { ...consent(['jobcenter-kreis-unna'], 'handover'), dataCategories: ['needs'] };
    const { consentId } = await post(manager, `${journey}/consents`, agreed);
    const { handoverId } = await post(manager, `${journey}/handovers`, {
      toOrganisationId: 'jobcenter-kreis-unna',
      function: 'job-seekers-benefits',
      purpose: 'Arbeit',
      packageCategories: ['needs'],
      basis: { kind: 'consent', consentId },
    });
    await post('bergkamen-lead', `${journey}/handovers/${handoverId}/approval`, {});
    const { body } = await application.get(jobCentre, `/v1/handovers/${handoverId}`, {
      headers: { 'kim-purpose': 'handover' },
    });
    await post(jobCentre, `${journey}/handovers/${handoverId}/acceptance`, { packageHash: body.packageHash });
  });

  afterAll(async () => {
    await application.stop();
    await installation.remove();
  });

  it('has none in any list of the new owner, and is not found by it', async () => {
    for (const list of ['/v1/journeys', '/v1/tasks']) {
      const { body } = await application.get(jobCentre, list, lists);
      expect(body.items).toMatchObject([{ journeyId }]);
      expect(JSON.stringify(body)).not.toContain(olena.familyName);
    }
    const found = await application.post(jobCentre, '/v1/journeys/search', { q: 'Melnyk' }, lists);
    expect(found.body.items).toEqual([]);
    const { familyName, givenName } = olena;
    const matches = await application.post(jobCentre, '/v1/clients/matches', { familyName, givenName });
    expect(matches.body.matches).toEqual([]);
    expect((await application.get(jobCentre, `/v1/clients/${clientId}`)).body).toEqual({ clientId });
  });

  it('is not guessed by what a search leaves out', async () => {
    const own = { givenName: 'Ольга', familyName: olena.familyName, birthDate: '1970-01-02' };
    const { clientId: other } = await post(jobCentre, '/v1/clients', own);
    await post(jobCentre, '/v1/journeys', { ...opening(other), counsellorPreference: 'none' });
    for (const sort of ['openedOn', '-openedOn', 'dueOn', '-dueOn']) {
      const search = { q: 'Melnyk', limit: 1, sort };
      const { body } = await application.post(jobCentre, '/v1/journeys/search', search, lists);
      expect(body).toMatchObject({ items: [{ client: { givenName: 'Ольга' } }], nextCursor: null });
    }
  });

  it('has one again as soon as the new owner has learnt it from the client', async () => {
    const { familyName, givenName } = olena;
    await post(jobCentre, `/v1/clients/${clientId}/corrections`, { familyName: 'Melnyk', reason: 'Ausweis' });
    const { body } = await application.get(jobCentre, '/v1/journeys', lists);
    const items = body.items as readonly { journeyId: string }[];
    const item = items.find((one) => one.journeyId === journeyId);
    expect(item).toMatchObject({ client: { familyName: 'Melnyk' } });
    expect(JSON.stringify(item)).not.toContain(givenName);
    const found = await application.post(jobCentre, '/v1/journeys/search', { q: 'Melnyk' }, lists);
    expect(found.body.items).toContainEqual(expect.objectContaining({ journeyId }));
    expect((await application.get(manager, `/v1/clients/${clientId}`)).body).toMatchObject({
      familyName,
      givenName,
    });
  });
});
