import { Controller } from '@nestjs/common';
import { BodyOf, CommandRequestOf, CommandRoute, PathOf, Uuid } from '../../http/index.js';
import type { CommandRequest } from '../../record/index.js';
import { NoteBody } from './assessment.dto.js';
import { GoalBody, GoalReviewBody, MeasureBody } from './plan.dto.js';
import { GoalMade, MeasureMade } from './answers.js';
import { JourneyChanged, JourneyCommands } from './journey-routes.js';

@Controller('v1/journeys/:journeyId')
export class PlanController {
  constructor(private readonly journeys: JourneyCommands) {}

  @CommandRoute('agreeGoal', {
    path: 'goals',
    summary: 'Record an agreed goal',
    status: 201,
    answer: GoalMade,
    refusals: ['journey-closed', 'unknown-need'],
  })
  agreeGoal(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @BodyOf() body: GoalBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.make('goalId', journeyId, { type: 'AgreeGoal', ...body }, request);
  }

  @CommandRoute('reviewGoal', {
    path: 'goals/:goalId/reviews',
    summary: 'Review a goal',
    answer: JourneyChanged,
    refusals: ['journey-closed', 'goal-settled'],
  })
  reviewGoal(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('goalId', Uuid()) goalId: string,
    @BodyOf() body: GoalReviewBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'ReviewGoal', goalId, ...body }, request);
  }

  @CommandRoute('planMeasure', {
    path: 'measures',
    summary: 'Plan a measure: who does what by when',
    status: 201,
    answer: MeasureMade,
    refusals: ['journey-closed', 'unknown-goal'],
  })
  planMeasure(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @BodyOf() body: MeasureBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.make('measureId', journeyId, { type: 'PlanMeasure', ...body }, request);
  }

  @CommandRoute('completeMeasure', {
    path: 'measures/:measureId/completion',
    summary: 'Record that a measure is done',
    answer: JourneyChanged,
    refusals: ['journey-closed', 'measure-completed', 'measure-ended'],
  })
  completeMeasure(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('measureId', Uuid()) measureId: string,
    @BodyOf() body: NoteBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'CompleteMeasure', measureId, ...body }, request);
  }
}
