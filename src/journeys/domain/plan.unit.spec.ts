import { describe, it } from '@jest/globals';
import { given } from '../../../test/support/given-when-then.js';
import {
  event,
  goalAgreed,
  goalId,
  housingNeeded,
  housingNeedId,
  healthNeedId,
  journeyClosed,
  journeyOpened,
  journeyReopened,
  measureId,
  measurePlanned,
} from '../../../test/support/journey-story.js';
import { caseManager, newId } from '../../../test/support/office.js';
import type { GoalResult } from './codes.js';

describe('a goal', () => {
  const agree = {
    type: 'AgreeGoal',
    needIds: [housingNeedId],
    wording: 'Umzug',
    dueOn: '2026-09-01',
    agreedByClient: true,
  } as const;
  const { type: _, ...agreement } = agree;

  it('is agreed for needs that were identified', () => {
    given(journeyOpened, housingNeeded)
      .when(agree)
      .by(caseManager)
      .then(event('GoalAgreed', { ...agreement, goalId: newId }));
  });

  it('is refused for a need that nobody identified', () => {
    given(journeyOpened, housingNeeded)
      .when({ ...agree, needIds: [housingNeedId, healthNeedId] })
      .by(caseManager)
      .thenRefused('unknown-need', { kind: 'state' });
  });

  const reviewed = (result: GoalResult, note?: string) =>
    event('GoalReviewed', { goalId, result, ...(note !== undefined && { note }) });
  const review = (result: GoalResult, note?: string) =>
    ({ type: 'ReviewGoal', goalId, result, ...(note !== undefined && { note }) }) as const;

  it.each(['attained', 'partly', 'missed', 'dropped'] as const)('is reviewed as %s', (result) => {
    given(journeyOpened, housingNeeded, goalAgreed)
      .when(review(result, 'Im Gespräch'))
      .by(caseManager)
      .then(reviewed(result, 'Im Gespräch'));
  });

  it.each(['partly', 'missed'] as const)('that was reviewed as %s is reviewed again', (result) => {
    given(journeyOpened, housingNeeded, goalAgreed, reviewed(result))
      .when(review('attained'))
      .by(caseManager)
      .then(reviewed('attained'));
    given(journeyOpened, housingNeeded, goalAgreed, reviewed(result, 'Im Mai'))
      .when(review(result, 'Im Juni'))
      .by(caseManager)
      .then(reviewed(result, 'Im Juni'));
  });

  it('is not reviewed again where the review says nothing new', () => {
    given(journeyOpened, housingNeeded, goalAgreed, reviewed('partly', 'Im Mai'))
      .when(review('partly', 'Im Mai'))
      .by(caseManager)
      .thenNothing();
    given(journeyOpened, housingNeeded, goalAgreed, reviewed('partly', 'Im Mai'))
      .when(review('partly'))
      .by(caseManager)
      .thenNothing();
  });

  it('has the words of its last review, not of the one before', () => {
    given(journeyOpened, housingNeeded, goalAgreed, reviewed('missed', 'Im Mai'), reviewed('partly'))
      .when(review('partly', 'Im Mai'))
      .by(caseManager)
      .then(reviewed('partly', 'Im Mai'));
  });

  it.each(['attained', 'dropped'] as const)('that was %s is settled', (result) => {
    const settled = [journeyOpened, housingNeeded, goalAgreed, reviewed(result, 'Im Mai')];
    given(...settled)
      .when(review(result, 'Im Mai'))
      .by(caseManager)
      .thenNothing();
    given(...settled)
      .when(review('missed'))
      .by(caseManager)
      .thenRefused('goal-settled');
    given(...settled)
      .when(review(result, 'Im Juni'))
      .by(caseManager)
      .thenRefused('goal-settled');
  });

  it('that ended with the journey is settled, also after it was reopened', () => {
    given(journeyOpened, housingNeeded, goalAgreed, journeyClosed, journeyReopened)
      .when(review('attained'))
      .by(caseManager)
      .thenRefused('goal-settled');
  });

  it('that nobody agreed is not found', () => {
    given(journeyOpened, housingNeeded)
      .when(review('attained'))
      .by(caseManager)
      .thenRefused('not-found', { kind: 'unknown' });
  });
});

describe('a measure', () => {
  const history = [journeyOpened, housingNeeded, goalAgreed];
  const plan = {
    type: 'PlanMeasure',
    goalId,
    title: 'Schein beantragen',
    responsible: 'case_manager',
    dueOn: '2026-04-01',
  } as const;
  const { type: _, ...planned } = plan;

  it('is planned towards a goal', () => {
    given(...history)
      .when(plan)
      .by(caseManager)
      .then(event('MeasurePlanned', { ...planned, measureId: newId }));
  });

  it('is refused towards a goal that nobody agreed', () => {
    given(journeyOpened, housingNeeded)
      .when(plan)
      .by(caseManager)
      .thenRefused('unknown-goal', { kind: 'state' });
  });

  const complete = { type: 'CompleteMeasure', measureId, note: 'Liegt vor' } as const;
  const completed = event('MeasureCompleted', { measureId, note: 'Liegt vor' });

  it('is completed', () => {
    given(...history, measurePlanned)
      .when(complete)
      .by(caseManager)
      .then(completed);
  });

  it('is completed once', () => {
    given(...history, measurePlanned, completed)
      .when(complete)
      .by(caseManager)
      .thenNothing();
    given(...history, measurePlanned, completed)
      .when({ ...complete, note: 'Zweiter Antrag' })
      .by(caseManager)
      .thenRefused('measure-completed');
  });

  it('that ended with the journey is not completed any more', () => {
    given(...history, measurePlanned, journeyClosed, journeyReopened)
      .when(complete)
      .by(caseManager)
      .thenRefused('measure-ended', { kind: 'state' });
  });

  it('that nobody planned is not found', () => {
    given(...history)
      .when(complete)
      .by(caseManager)
      .thenRefused('not-found', { kind: 'unknown' });
  });
});
