import { describe, expect, it } from '@jest/globals';
import { given, journeyAfter } from '../../../test/support/given-when-then.js';
import {
  event,
  goalAgreed,
  goalId,
  housingNeeded,
  journeyClosed,
  journeyOpened,
  journeyReopened,
  measurePlanned,
  referralMade,
} from '../../../test/support/journey-story.js';
import { caseManager, headOfTeam, kamenCaseManager } from '../../../test/support/office.js';

const close = { type: 'CloseJourney', outcome: 'moved-away', reason: 'Zieht nach Hamm' } as const;
const closed = event('JourneyClosed', { outcome: 'moved-away', reason: 'Zieht nach Hamm' });

describe('closing a journey', () => {
  it('says how it ended', () => {
    given(journeyOpened).when(close).by(caseManager).then(closed);
  });

  it('ends what is open, and leaves what was settled', () => {
    const settled = event('GoalReviewed', { goalId, result: 'attained' });
    const open = journeyAfter([
      journeyOpened,
      housingNeeded,
      goalAgreed,
      measurePlanned,
      referralMade('live'),
      closed,
    ]);
    expect(open).toMatchObject({
      stage: 'closed',
      goals: [{ status: 'ended' }],
      measures: [{ status: 'ended' }],
      referrals: [{ status: 'ended' }],
    });
    expect(journeyAfter([journeyOpened, housingNeeded, goalAgreed, settled, closed])).toMatchObject({
      goals: [{ status: 'attained' }],
    });
  });

  it('happens once', () => {
    given(journeyOpened, closed).when(close).by(caseManager).thenNothing();
    given(journeyOpened, closed)
      .when({ type: 'CloseJourney', outcome: 'moved-away' })
      .by(caseManager)
      .thenNothing();
    given(journeyOpened, closed)
      .when({ ...close, outcome: 'contact-lost' })
      .by(caseManager)
      .thenRefused('journey-closed', { kind: 'state' });
    given(journeyOpened, closed)
      .when({ ...close, reason: 'Zieht nach Unna' })
      .by(caseManager)
      .thenRefused('journey-closed');
  });

  it('is the owner’s', () => {
    given(journeyOpened)
      .when(close)
      .by(kamenCaseManager)
      .thenRefused('not-the-owner', { kind: 'not-allowed' });
  });
});

describe('reopening a journey', () => {
  const reopen = { type: 'ReopenJourney', reason: 'Kommt wieder' } as const;

  it('is done by the head of the team', () => {
    given(journeyOpened, journeyClosed).when(reopen).by(headOfTeam).then(journeyReopened);
  });

  it('is not done by a case manager', () => {
    given(journeyOpened, journeyClosed)
      .when(reopen)
      .by(caseManager)
      .thenRefused('supervisors-only', { kind: 'not-allowed' });
  });

  it('of one that is open changes nothing', () => {
    given(journeyOpened).when(reopen).by(headOfTeam).thenNothing();
    given(journeyOpened, journeyClosed, journeyReopened).when(reopen).by(headOfTeam).thenNothing();
  });

  it('makes everything possible again, and brings nothing back that had ended', () => {
    given(journeyOpened, housingNeeded, journeyClosed, journeyReopened)
      .when({ type: 'RecordLifeStory', text: 'Zurück aus Hamm' })
      .by(caseManager)
      .then(event('LifeStoryRecorded', { text: 'Zurück aus Hamm' }));
    expect(journeyAfter([journeyOpened, goalAgreed, closed, journeyReopened])).toMatchObject({
      stage: 'active',
      goals: [{ status: 'ended' }],
    });
    expect(journeyAfter([journeyOpened, closed, journeyReopened])).not.toHaveProperty('closure');
  });

  it('may be followed by another closure', () => {
    given(journeyOpened, journeyClosed, journeyReopened).when(close).by(caseManager).then(closed);
  });
});
