import { describe, it } from '@jest/globals';
import { given } from '../../../test/support/given-when-then.js';
import { event, handoverId } from '../../../test/support/journey-story.js';
import { caseManager, immigrationWorker, jobCentreWorker, newId } from '../../../test/support/office.js';
import type { JourneyCommand } from './commands.js';
import type { Actor } from './decision.js';

import { packageHash, consentId, accepted, waiting, offered } from '../../../test/support/handover-story.js';

describe('the end of a consent', () => {
  it('by withdrawal stops what rests on it in the same append', () => {
    given(...offered)
      .when({ type: 'WithdrawConsent', consentId, channel: 'phone' })
      .by(caseManager)
      .then(
        event('ConsentWithdrawn', { consentId, channel: 'phone', withdrawnOn: '2026-03-10' }),
        event('HandoverLapsed', { handoverId, cause: 'consent-withdrawn' }),
      );
  });

  it('by its last day is recorded with whatever command comes next', () => {
    const afterwards = { at: '2026-03-21T09:00:00.000Z' };
    const lapsed = event('HandoverLapsed', { handoverId, cause: 'consent-ended' });
    given(...offered)
      .when({ type: 'RecordLifeStory', text: 'Aus Homs' })
      .by(caseManager, afterwards)
      .then(lapsed, event('LifeStoryRecorded', { text: 'Aus Homs' }));
    given(...offered)
      .when({ type: 'LapseHandover', handoverId })
      .by(deadlines, afterwards)
      .then(lapsed);
    given(...offered)
      .when({ type: 'LapseHandover', handoverId })
      .by(deadlines)
      .thenNothing();
  });

  it('is the end of the handover for every decision, recorded or not', () => {
    given(...offered)
      .when({ type: 'AcceptHandover', handoverId, packageHash })
      .by(jobCentreWorker, { at: '2026-03-21T09:00:00.000Z', packageHash: () => packageHash })
      .thenRefused('handover-lapsed');
  });

  it('may be told by whoever recorded the consent, though the client is with others now', () => {
    given(...offered, accepted)
      .when({ type: 'WithdrawConsent', consentId, channel: 'phone' })
      .by(caseManager)
      .then(event('ConsentWithdrawn', { consentId, channel: 'phone', withdrawnOn: '2026-03-10' }));
  });
});

describe('a deadline', () => {
  const escalate = (deadline: 'review' | 'decision' | 'first-contact'): JourneyCommand => ({
    type: 'EscalateHandover',
    handoverId,
    deadline,
  });
  // Proposed on Tuesday, 3 March 2026: the review is due on Thursday, the decision a week later.
  it('that passed is recorded once', () => {
    const overdue = { at: '2026-03-06T08:00:00.000Z' };
    const escalated = event('HandoverEscalated', { handoverId, deadline: 'review', dueOn: '2026-03-05' });
    given(...waiting)
      .when(escalate('review'))
      .by(deadlines, overdue)
      .then(escalated);
    given(...waiting, escalated)
      .when(escalate('review'))
      .by(deadlines, overdue)
      .thenNothing();
    given(...waiting)
      .when(escalate('review'))
      .by(deadlines, { at: '2026-03-05T22:00:00.000Z' })
      .thenNothing();
    given(...waiting)
      .when(escalate('decision'))
      .by(deadlines, overdue)
      .thenNothing();
  });

  it('is the decision’s after approval, and the first contact’s after acceptance', () => {
    const late = { at: '2026-03-18T08:00:00.000Z' };
    given(...offered)
      .when(escalate('decision'))
      .by(deadlines, late)
      .then(event('HandoverEscalated', { handoverId, deadline: 'decision', dueOn: '2026-03-10' }));
    given(...offered, accepted)
      .when(escalate('first-contact'))
      .by(deadlines, late)
      .then(event('HandoverEscalated', { handoverId, deadline: 'first-contact', dueOn: '2026-03-17' }));
    given(...offered, accepted)
      .when(escalate('decision'))
      .by(deadlines, late)
      .thenNothing();
  });
});

describe('the first contact by the new owner', () => {
  const contact = { kind: 'phone', occurredAt: '2026-03-10T08:00:00Z', minutes: 5 } as const;

  it('completes the handover, in the same append; the second does not', () => {
    const completed = event('HandoverCompleted', { handoverId, contactId: newId });
    given(...offered, accepted)
      .when({ type: 'RecordContact', ...contact })
      .by(jobCentreWorker)
      .then(event('ContactRecorded', { ...contact, contactId: newId }), completed);
    given(...offered, accepted, event('HandoverCompleted', { handoverId, contactId: 'the first' }))
      .when({ type: 'RecordContact', ...contact })
      .by(jobCentreWorker)
      .then(event('ContactRecorded', { ...contact, contactId: newId }));
  });

  it('is the new owner’s alone', () => {
    given(...offered, accepted)
      .when({ type: 'RecordContact', ...contact })
      .by(caseManager)
      .thenRefused('not-the-owner');
    given(...offered, accepted)
      .when({ type: 'RecordContact', ...contact })
      .by(immigrationWorker)
      .thenRefused('not-the-owner');
  });
});

const deadlines: Actor = { userId: 'deadlines', organisationId: 'kim-journeys', roles: [] };
