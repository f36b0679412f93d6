import { describe, expect, it } from '@jest/globals';
import {
  accepted,
  approved,
  consent,
  consentId,
  proposed,
  requested,
} from '../../../test/support/handover-story.js';
import { event, exchangeConsent, handoverId, journeyOpened } from '../../../test/support/journey-story.js';
import { caseManager, headOfTeam, jobCentre, jobCentreWorker } from '../../../test/support/office.js';
import { recorded } from '../../../test/support/recorded.js';
import type { DataCategory } from './codes.js';
import type { JourneyEvent, JourneyEventType } from './events.js';
import { grants } from './grants.js';
import type { Grant } from './grants.js';
import { redact } from './redact.js';

const byReceiver = new Set<JourneyEventType>([
  'HandoverInformationRequested',
  'HandoverAccepted',
  'HandoverDeclined',
]);
const authorOf = (type: JourneyEventType) => {
  if (byReceiver.has(type)) return jobCentreWorker;
  return type === 'HandoverApproved' ? headOfTeam : caseManager;
};
const asParty: Grant = { reason: 'package', from: '2026-03-03', categories: [] };

/** What the receiver sees of the answer; the package holds `identity` and `employment`, the consent `health`, too. */
const answerShown = (
  after: readonly JourneyEvent[],
  category: DataCategory = 'health',
  today = '2026-03-10',
): object | undefined => {
  const answer = event('HandoverInformationProvided', { handoverId, answer: 'Seit Mai', category });
  const story = [journeyOpened, consent, proposed, approved, requested, answer, ...after];
  const events = recorded(story).map((one) => ({ ...one, recordedBy: authorOf(one.type) }));
  const granted = grants(events, jobCentreWorker, { now: `${today}T09:00:00.000Z`, today });
  const visible = redact(events, granted.length > 0 ? granted : [asParty], jobCentre);
  return visible.find(({ type }) => type === 'HandoverInformationProvided')?.data;
};

const withdrawn = event('ConsentWithdrawn', { consentId, withdrawnOn: '2026-03-10', channel: 'phone' });

describe('the answer to a question for information', () => {
  it('is read whole by the office that is to decide, also when it asks again', () => {
    expect(answerShown([])).toMatchObject({ answer: 'Seit Mai' });
    expect(answerShown([requested])).toMatchObject({ answer: 'Seit Mai' });
  });

  it.each<[string, readonly JourneyEvent[], string]>([
    ['was declined', [event('HandoverDeclined', { handoverId, reason: 'no-capacity' })], '2026-03-10'],
    ['was withdrawn', [event('HandoverWithdrawn', { handoverId, reason: 'other' })], '2026-03-10'],
    [
      'lapsed with its consent',
      [withdrawn, event('HandoverLapsed', { handoverId, cause: 'consent-withdrawn' })],
      '2026-03-10',
    ],
    ['rests on a consent that has ended, recorded or not', [], '2026-03-21'],
  ])('is nothing to it any more when the handover %s', (_how, after, today) => {
    expect(answerShown(after, 'health', today)).not.toHaveProperty('answer');
    expect(answerShown(after, 'employment', today)).not.toHaveProperty('answer');
  });

  it('goes with the package when it has accepted, as far as the package holds its category', () => {
    expect(answerShown([accepted], 'employment')).toMatchObject({ answer: 'Seit Mai' });
    expect(answerShown([accepted], 'health')).not.toHaveProperty('answer');
  });

  it('stays where another consent opens its category', () => {
    const declined = event('HandoverDeclined', { handoverId, reason: 'no-capacity' });
    const exchange = event('ConsentGiven', { ...exchangeConsent, recipients: [jobCentre] });
    expect(answerShown([declined, exchange], 'employment')).toMatchObject({ answer: 'Seit Mai' });
    expect(answerShown([declined, exchange], 'health')).not.toHaveProperty('answer');
  });
});
