import type { AgreeGoal, CompleteMeasure, PlanMeasure, ReviewGoal } from './commands.js';
import { happened, nothingToDo, notFound, refuse, repeats } from './decision.js';
import type { Context, Decision } from './decision.js';
import type { ActiveJourney } from './journey.js';

export const agreeGoal = (
  { type: _, ...goal }: AgreeGoal,
  journey: ActiveJourney,
  { id }: Context,
): Decision =>
  goal.needIds.every((needId) => journey.needs.some((need) => need.needId === needId))
    ? happened('GoalAgreed', { ...goal, goalId: id })
    : refuse('unknown-need');

/** A goal may be reviewed again as long as it was not attained or dropped. */
export const reviewGoal = ({ type: _, ...review }: ReviewGoal, journey: ActiveJourney): Decision => {
  const goal = journey.goals.find(({ goalId }) => goalId === review.goalId);
  if (!goal) return notFound;
  const { result, ...rest } = review;
  if (goal.status === result && repeats(rest, goal)) return nothingToDo;
  if (goal.status === 'attained' || goal.status === 'dropped' || goal.status === 'ended')
    return refuse('goal-settled');
  return happened('GoalReviewed', review);
};

export const planMeasure = (
  { type: _, ...measure }: PlanMeasure,
  journey: ActiveJourney,
  { id }: Context,
): Decision =>
  journey.goals.some(({ goalId }) => goalId === measure.goalId)
    ? happened('MeasurePlanned', { ...measure, measureId: id })
    : refuse('unknown-goal');

export const completeMeasure = (
  { type: _, ...completion }: CompleteMeasure,
  journey: ActiveJourney,
): Decision => {
  const measure = journey.measures.find(({ measureId }) => measureId === completion.measureId);
  if (!measure) return notFound;
  switch (measure.status) {
    case 'planned':
      return happened('MeasureCompleted', completion);
    case 'completed':
      return repeats(completion, measure) ? nothingToDo : refuse('measure-completed');
    case 'ended':
      return refuse('measure-ended');
  }
};
