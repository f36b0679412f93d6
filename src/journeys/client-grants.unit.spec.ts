import { expect, it } from '@jest/globals';
import { caseManager, jobCentreWorker } from '../../test/support/office.js';
import { exchangeConsent, event, journeyOpened, opening } from '../../test/support/journey-story.js';
import { recorded } from '../../test/support/recorded.js';
import type { Client } from '../clients/index.js';
import type { Recorder } from '../record/index.js';
import { clientGrants } from './client-grants.js';
import type { VisibleEvent } from './domain/journey.js';

const moment = { now: '2026-03-10T09:00:00.000Z', today: '2026-03-10' };

const client = (clientId: string): Client => ({
  stage: 'known',
  clientId,
  registeredBy: caseManager.organisationId,
  registeredAt: '2026-03-01T09:00:00.000Z',
  details: { givenName: 'Олена', familyName: 'Мельник', birthYear: 1990 },
  recorded: {},
  journeyIds: [opening.journeyId],
  mergedClientIds: [],
});

const recorderOf = (events: readonly VisibleEvent[]): Recorder =>
  ({
    load: () => Promise.resolve({ events, revision: events.length - 1, position: undefined, erased: false }),
  }) as unknown as Recorder;

const consent = event('ConsentGiven', {
  ...exchangeConsent,
  recipients: [jobCentreWorker.organisationId],
  validFrom: '2026-03-01',
});
const stored = recorded([journeyOpened, consent]);

it('Who may read a journey sees its client', async () => {
  const granted = await clientGrants(recorderOf(stored), client(opening.clientId), jobCentreWorker, moment);
  expect(granted).toMatchObject([{ reason: 'consent' }]);
});

it('A journey that was opened for somebody else after all opens nobody’s view of this client', async () => {
  const stranger = client('6f1c2b0e-9f0a-5d53-8e0a-0d6f6c1f2a34');
  expect(await clientGrants(recorderOf(stored), stranger, jobCentreWorker, moment)).toEqual([]);
  expect(await clientGrants(recorderOf(stored), stranger, caseManager, moment)).toMatchObject([
    { reason: 'registration' },
  ]);
});
