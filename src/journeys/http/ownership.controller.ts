import { Controller } from '@nestjs/common';
import { BodyOf, CommandRequestOf, CommandRoute, PathOf, Uuid } from '../../http/index.js';
import type { CommandRequest } from '../../record/index.js';
import { AssignmentBody, ClosureBody, ReopeningBody } from './plan.dto.js';
import { JourneyChanged, JourneyCommands } from './journey-routes.js';

@Controller('v1/journeys/:journeyId')
export class OwnershipController {
  constructor(private readonly journeys: JourneyCommands) {}

  @CommandRoute('assignJourney', {
    path: 'assignment',
    summary: 'Give the journey to another person of the organisation',
    answer: JourneyChanged,
    refusals: ['journey-closed', 'wish-not-met'],
  })
  assignJourney(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @BodyOf() body: AssignmentBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'AssignJourney', ...body }, request);
  }

  @CommandRoute('closeJourney', {
    path: 'closure',
    summary: 'Close the journey',
    answer: JourneyChanged,
    refusals: ['journey-closed', 'handover-open'],
  })
  closeJourney(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @BodyOf() body: ClosureBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'CloseJourney', ...body }, request);
  }

  @CommandRoute('reopenJourney', {
    path: 'reopening',
    summary: 'Open the journey again',
    answer: JourneyChanged,
  })
  reopenJourney(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @BodyOf() body: ReopeningBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'ReopenJourney', ...body }, request);
  }
}
