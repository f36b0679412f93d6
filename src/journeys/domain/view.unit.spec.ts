import { describe, expect, it } from '@jest/globals';
import { journeyAfter } from '../../../test/support/given-when-then.js';
import {
  event,
  exchangeConsentGiven,
  goalAgreed,
  goalId,
  housingNeeded,
  housingNeedId,
  journeyClosed,
  journeyOpened,
  journeyReopened,
  referralMade,
} from '../../../test/support/journey-story.js';
import type { JourneyEvent } from './events.js';
import { phaseOf } from './view.js';

const phaseAfter = (...events: readonly JourneyEvent[]) => {
  const journey = journeyAfter([journeyOpened, ...events]);
  if (journey.stage === 'none') throw new Error('the story opens a journey');
  return phaseOf(journey);
};

const potential = event('PotentialIdentified', { potentialId: goalId, kind: 'strength' });
const contact = event('ContactRecorded', {
  contactId: goalId,
  occurredAt: '2026-03-03T07:00:00Z',
  kind: 'office',
  minutes: 30,
});
const lifeStory = event('LifeStoryRecorded', { text: 'Aus Homs' });

describe('the phase of a journey', () => {
  it('is intake until a need or a potential is known', () => {
    expect(phaseAfter()).toBe('intake');
    expect(phaseAfter(exchangeConsentGiven, contact, lifeStory)).toBe('intake');
  });

  it('is assessment from the first need or potential', () => {
    expect(phaseAfter(housingNeeded)).toBe('assessment');
    expect(phaseAfter(potential)).toBe('assessment');
  });

  it('is plan from the first goal', () => {
    expect(phaseAfter(housingNeeded, goalAgreed)).toBe('plan');
  });

  it.each(['live', 'logged'] as const)(
    'is linking from the first %s referral, also without a goal',
    (mode) => {
      expect(phaseAfter(housingNeeded, referralMade(mode))).toBe('linking');
      expect(phaseAfter(housingNeeded, goalAgreed, referralMade(mode))).toBe('linking');
    },
  );

  it('does not go back: what was reached stays reached', () => {
    const dropped = event('GoalReviewed', { goalId, result: 'dropped' });
    const resolved = event('NeedResolved', { needId: housingNeedId });
    expect(phaseAfter(housingNeeded, resolved)).toBe('assessment');
    expect(phaseAfter(housingNeeded, goalAgreed, dropped)).toBe('plan');
    expect(phaseAfter(housingNeeded, referralMade('live'), goalAgreed)).toBe('linking');
  });

  it('is closed while it is closed, and then again what it was', () => {
    expect(phaseAfter(housingNeeded, goalAgreed, journeyClosed)).toBe('closed');
    expect(phaseAfter(housingNeeded, goalAgreed, journeyClosed, journeyReopened)).toBe('plan');
    expect(phaseAfter(journeyClosed, journeyReopened)).toBe('intake');
  });
});
