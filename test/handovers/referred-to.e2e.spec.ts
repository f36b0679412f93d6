import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApplication } from '../support/application.js';
import type { Reply, RunningApplication } from '../support/application.js';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';
import { olena, opening } from '../support/people.js';

const manager = 'bergkamen-cm';
const advice = 'mbe-cm';
const adviceId = 'mbe-kreis-unna';
const asReceiver = { headers: { 'kim-purpose': 'handover' } };

describe('Who is referred to', () => {
  let installation: TestInstallation;
  let application: RunningApplication;
  let clientId: string;
  let journey: string;
  let referralId: string;

  beforeAll(async () => {
    installation = await testInstallation();
    application = await startApplication(installation.settings);
    clientId = (await application.post(manager, '/v1/clients', olena)).body.clientId;
    const opened = await application.post(manager, '/v1/journeys', opening(clientId));
    journey = `/v1/journeys/${opened.body.journeyId}`;
    const need = { fieldOfAction: 'housing', urgency: 'high' };
    const { needId } = (await application.post(manager, `${journey}/needs`, need)).body;
    const referral = { organisationId: adviceId, needId, mode: 'live' };
    referralId = (await application.post(manager, `${journey}/referrals`, referral)).body.referralId;
  });

  afterAll(async () => {
    await application.stop();
    await installation.remove();
  });

  const answer = (step: string, body: object, user = advice): Promise<Reply> =>
    application.post(user, `${journey}/referrals/${referralId}/${step}`, body);

  it('without a consent opens no journey for somebody whose name nobody told them', async () => {
    expect(
      (await application.get(advice, `/v1/clients/${clientId}`, asReceiver)).body.familyName,
    ).toBeUndefined();
    expect(await application.post(advice, '/v1/journeys', opening(clientId))).toMatchObject({
      status: 403,
      body: { code: 'identity-not-disclosed' },
    });
  });

  it('and has answered is told that another answer comes too late, and nothing else', async () => {
    expect((await answer('decline', { reason: 'no-capacity' })).status).toBe(200);
    for (const [step, body, code] of [
      ['acceptance', {}, 'referral-declined'],
      ['decline', { reason: 'other' }, 'referral-declined'],
      ['decline', { reason: 'no-capacity' }, 'referral-ended'],
    ] as const)
      expect(await answer(step, body)).toMatchObject({ status: 409, body: { code } });
    expect((await application.get(advice, journey, asReceiver)).status).toBe(404);
    expect((await answer('acceptance', {}, 'abh-cm')).status).toBe(404);
    await application.post(manager, `${journey}/closure`, { outcome: 'moved-away' });
    expect(await answer('acceptance', {})).toMatchObject({
      status: 409,
      body: { code: 'referral-declined' },
    });
    expect((await answer('acceptance', {}, 'abh-cm')).status).toBe(404);
  });
});
