import { describe, expect, it } from '@jest/globals';
import {
  clientId,
  event,
  exchangeConsentGiven,
  goalAgreed,
  goalId,
  healthCareNeeded,
  housingNeeded,
  journeyId,
  journeyOpened,
  referralMade,
} from '../../test/support/journey-story.js';
import { adviser, caseManager, jobCentreWorker } from '../../test/support/office.js';
import { entry, recorded } from '../../test/support/recorded.js';
import type { ClientEvent } from '../clients/index.js';
import { NotVisible, Refused } from '../record/index.js';
import type { Recorded } from '../record/recorded.js';
import type { Recorder } from '../record/index.js';
import type { JourneyEvent } from './domain/events.js';
import { readJourney } from './journey-reading.js';
import type { JourneyRequest } from './journey-reading.js';

const now = { now: '2026-03-10T09:00:00.000Z', today: '2026-03-10' };

const registered: Recorded<ClientEvent> = {
  type: 'ClientRegistered',
  data: { clientId, givenName: 'Amina', familyName: 'Yılmaz', birthYear: 1990 },
  eventId: entry(99),
  revision: 0,
  recordedAt: '2026-03-03T07:00:00.000Z',
  recordedBy: { organisationId: 'kim-bergkamen', userId: 'bergkamen-cm' },
};

/** A record that holds this journey and its client, and nothing else. */
const recordOf = (events: readonly JourneyEvent[]): Recorder => {
  const streams: Readonly<Record<string, readonly Recorded<object>[]>> = {
    [`journey-${journeyId}`]: recorded(events),
    [`client-${clientId}`]: [registered],
  };
  const load = async (stream: string) => {
    const found = streams[stream] ?? [];
    return { events: found, revision: found.length - 1, position: undefined, erased: false };
  };
  return { load } as unknown as Recorder;
};

const reading = (events: readonly JourneyEvent[], request: Omit<JourneyRequest, 'journeyId'>) =>
  readJourney(recordOf(events), { journeyId, ...request }, now);

const types = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

const story = [
  journeyOpened,
  exchangeConsentGiven,
  housingNeeded,
  healthCareNeeded,
  goalAgreed,
  referralMade('live'),
];

describe('reading a journey', () => {
  it('shows the owner everything, without asking what for', async () => {
    const { events, client, phase, revision } = await reading(story, { viewer: caseManager });
    expect(events).toEqual(recorded(story));
    expect(client).toMatchObject({ clientId, givenName: 'Amina' });
    expect([phase, revision]).toEqual(['linking', 5]);
  });

  it('shows others what was consented, and the phase that the journey is really in', async () => {
    const { events, client, phase, revision } = await reading(story, {
      viewer: jobCentreWorker,
      purpose: 'counselling',
    });
    expect(types(events)).toEqual(['JourneyOpened', 'ConsentGiven', 'NeedIdentified']);
    expect(client).toEqual({ clientId });
    expect([phase, revision]).toEqual(['linking', 5]);
  });

  it('asks others what for', async () => {
    await expect(reading(story, { viewer: jobCentreWorker })).rejects.toEqual(
      new Refused('input', 'purpose-required', '/KIM-Purpose'),
    );
  });

  it('is refused as if there were no journey to those who may not know of it, before anything else', async () => {
    for (const asking of [
      reading([journeyOpened], { viewer: adviser }),
      reading([], { viewer: caseManager }),
    ])
      await expect(asking).rejects.toThrow(NotVisible);
  });
});

describe('reading a journey as it was', () => {
  const asOf = '2026-03-03T08:02:30.000Z';

  it('is the record up to then', async () => {
    const { events, phase, revision } = await reading(story, { viewer: caseManager, asOf });
    expect(types(events)).toEqual(['JourneyOpened', 'ConsentGiven', 'NeedIdentified']);
    expect([phase, revision]).toEqual(['assessment', 2]);
  });

  it('is nothing before it was opened', async () => {
    await expect(reading(story, { viewer: caseManager, asOf: '2026-03-03T07:59:59.999Z' })).rejects.toThrow(
      NotVisible,
    );
  });

  it('shows a statement as it stood then, before its correction', async () => {
    const corrected = event('DataCorrected', { eventId: entry(2), replacement: { urgency: 'low' } });
    const { events } = await reading([...story, corrected], { viewer: caseManager, asOf });
    expect(events[2]).toMatchObject({ data: { urgency: 'high' } });
    expect(events[2]).not.toHaveProperty('corrected');
  });

  it('does not show others what turned out later to be more confidential', async () => {
    const corrected = event('DataCorrected', {
      eventId: entry(2),
      replacement: { fieldOfAction: 'health-care' },
    });
    const { events } = await reading([...story, corrected], {
      viewer: jobCentreWorker,
      purpose: 'counselling',
      asOf,
    });
    expect(types(events)).toEqual(['JourneyOpened', 'ConsentGiven']);
  });

  it('is seen with the rights of today, not of then', async () => {
    const withdrawn = event('ConsentWithdrawn', {
      consentId: '77777777-7777-5777-8777-777777777772',
      withdrawnOn: '2026-03-04',
      channel: 'phone',
    });
    const resolved = event('GoalReviewed', { goalId, result: 'attained' });
    await expect(
      reading([...story, resolved, withdrawn], { viewer: jobCentreWorker, purpose: 'counselling', asOf }),
    ).rejects.toThrow(NotVisible);
  });
});
