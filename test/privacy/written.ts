import type { RunningApplication } from '../support/application.js';
import { consent } from '../support/people.js';
import type { Canary } from './canary.js';

export interface Sent {
  readonly path: string;
  readonly body: object;
}

export interface Written {
  /** Every command that was carried out. */
  readonly sent: readonly Sent[];
  readonly clientId: string;
  /** Address of a journey that is closed. */
  readonly closedJourney: string;
}

/** A day on which nothing in the installation was made. */
export const birthDate = '1903-02-07';

const manager = 'bergkamen-cm';
const lead = 'bergkamen-lead';
const advice = 'mbe-cm';
const jobCentre = 'jobcenter-cm';
const jobCentreId = 'jobcenter-kreis-unna';
const adviceService = 'mbe-kreis-unna';

/** Sent like commands, so that no name is part of an address. */
const queries = ['/v1/clients/matches', '/v1/journeys/search'];

/** Carries out every command there is, with a canary for every name and every free text. */
export const writeEverything = async (application: RunningApplication, canary: Canary): Promise<Written> => {
  const sent: Sent[] = [];
  const post = async (path: string, body: object, user = manager, key?: string): Promise<string> => {
    const reply = await application.post(user, path, body, key === undefined ? {} : { key });
    if (reply.status >= 300)
      throw new Error(`${path} was answered with ${reply.status}: ${JSON.stringify(reply.body)}`);
    if (!queries.includes(path) && !reply.headers.get('kim-position'))
      throw new Error(`${path} was answered without KIM-Position`);
    sent.push({ path, body });
    return String(Object.values(reply.body as object)[0]);
  };
  const { latin, cyrillic, digits } = canary;

  const clientId = await post('/v1/clients', {
    ...personal(canary),
    givenName: cyrillic(),
    familyName: latin(),
    createDespiteMatches: true,
  });
  await post(`/v1/clients/${clientId}/corrections`, {
    ...personal(canary),
    givenName: latin(),
    familyName: cyrillic(),
    reason: latin(),
  });

  await post('/v1/clients/matches', { givenName: cyrillic(), familyName: latin() });

  const journeyId = await post('/v1/journeys', {
    clientId,
    municipality: '05978004',
    accessRoute: 'volunteers',
    residenceGroup: 'temporary-protection',
    preferredLanguage: 'uk',
    interpreterNeeded: true,
    counsellorPreference: 'woman',
    concern: cyrillic(),
    referredBy: latin(),
  });
  await post('/v1/journeys/search', { q: cyrillic() });
  const journey = `/v1/journeys/${journeyId}`;
  const on = (path: string, body: object, user?: string, key?: string): Promise<string> =>
    post(journey + path, body, user, key);

  await on('/contacts', {
    kind: 'office',
    occurredAt: '2026-01-20T09:00:00Z',
    minutes: 45,
    present: [latin(), cyrillic()],
    note: latin(),
  });
  const needId = await on(
    '/needs',
    { fieldOfAction: 'health-care', urgency: 'high', description: cyrillic(), clientWish: latin() },
    manager,
    `${digits}-${digits}`,
  );
  await on('/potentials', { kind: 'language', language: 'de', cefrLevel: 'A1', description: latin() });
  await on('/life-story', { text: `${cyrillic()}\n${latin()}` });
  const goalId = await on('/goals', {
    needIds: [needId],
    wording: latin(),
    measuredBy: cyrillic(),
    dueOn: '2099-06-30',
  });
  const measureId = await on('/measures', {
    goalId,
    title: latin(),
    responsible: 'client',
    dueOn: '2099-01-15',
  });
  await on('/legal-domains', { legalDomain: 'SGB_II', effectiveOn: '2026-01-21' });
  await on('/legal-domains/SGB_II/end', { effectiveOn: '2026-01-22' });

  const consentId = await on('/consents', consent([adviceService], 'referral'));
  const refer = (): Promise<string> =>
    on('/referrals', { organisationId: adviceService, needId, mode: 'live', consentId, note: latin() });
  const attended = await refer();
  await on(`/referrals/${attended}/acceptance`, { note: latin() }, advice);
  await on(`/referrals/${attended}/start`, { note: cyrillic() }, advice);
  await on(`/referrals/${attended}/completion`, { outcome: 'attained', note: latin() }, advice);
  await on(`/referrals/${await refer()}/decline`, { reason: 'no-capacity', note: latin() }, advice);
  await on(`/referrals/${await refer()}/cancellation`, { note: latin() });
  await on(`/consents/${consentId}/withdrawal`, { channel: 'phone' });

  await on(`/measures/${measureId}/completion`, { note: latin() });
  await on(`/goals/${goalId}/reviews`, { result: 'attained', note: cyrillic() });
  await on(`/needs/${needId}/resolution`, { note: latin() });

  const eventId = await eventOf(application, journey, 'NeedIdentified');
  const disputeId = await on('/disputes', { eventId, statement: latin() });
  await on(`/disputes/${disputeId}/resolution`, { outcome: 'upheld', note: latin() });
  await on('/corrections', { eventId, replacement: { description: latin(), clientWish: cyrillic() } });

  await on('/assignment', { ownerUserId: 'bergkamen-cm2', overrideReason: latin() }, lead);
  await post(
    '/v1/assignments',
    { fromUserId: 'bergkamen-cm2', toUserId: manager, journeyIds: [journeyId] },
    lead,
  );
  await on('/closure', { outcome: 'goals-attained', reason: latin() });
  await on('/reopening', { reason: latin() }, lead);
  await handOver(application, journey, canary, on);
  await on('/closure', { outcome: 'moved-away', reason: cyrillic() }, jobCentre);
  return { sent, clientId, closedJourney: journey };
};

/** To the job centre, by every step that a handover can take. */
const handOver = async (
  application: RunningApplication,
  journey: string,
  { latin, cyrillic }: Canary,
  on: (path: string, body: object, user?: string) => Promise<string>,
): Promise<void> => {
  const consentId = await on('/consents', consent([jobCentreId], 'handover'));
  const propose = (): Promise<string> =>
    on('/handovers', {
      toOrganisationId: jobCentreId,
      function: 'job-seekers-benefits',
      purpose: latin(),
      packageCategories: ['identity', 'needs'],
      basis: { kind: 'consent', consentId },
      reason: cyrillic(),
    });
  const approve = (id: string) => on(`/handovers/${id}/approval`, { acknowledged: [latin()] }, lead);
  await on(`/handovers/${await propose()}/return`, { reason: 'other', note: latin() }, lead);
  await on(`/handovers/${await propose()}/withdrawal`, { reason: 'other', note: cyrillic() });
  const declined = await propose();
  await approve(declined);
  await on(`/handovers/${declined}/information-requests`, { question: latin() }, jobCentre);
  await on(`/handovers/${declined}/information`, { answer: cyrillic(), category: 'needs' });
  await on(`/handovers/${declined}/decline`, { reason: 'other', note: latin() }, jobCentre);
  const accepted = await propose();
  await approve(accepted);
  const { body } = await application.get(jobCentre, `/v1/handovers/${accepted}`, {
    headers: { 'kim-purpose': 'handover' },
  });
  const { packageHash } = body as { packageHash: string };
  await on(`/handovers/${accepted}/acceptance`, { packageHash, overrideReason: latin() }, jobCentre);
};

interface Timeline {
  readonly items: readonly { readonly type: string; readonly eventId: string }[];
}

const personal = ({ latin, cyrillic, digits }: Canary): object => ({
  birthDate,
  sex: 'd',
  nationality: 'XXA',
  languages: ['chr'],
  otherNames: [latin(), cyrillic()],
  phone: `+49 ${digits}`,
  email: `${latin().slice(0, 16)}.${digits}@example.org`,
  address: { street: cyrillic(), postalCode: digits, town: latin() },
});

const eventOf = async (application: RunningApplication, journey: string, type: string): Promise<string> => {
  const timeline = (await application.get(manager, `${journey}/timeline?limit=200`)).body as Timeline;
  const found = timeline.items.find((item) => item.type === type);
  if (!found) throw new Error(`The timeline has no ${type}`);
  return found.eventId;
};
