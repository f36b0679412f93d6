import { Controller } from '@nestjs/common';
import { BodyOf, CommandRequestOf, CommandRoute, PathOf, Uuid } from '../../http/index.js';
import type { CommandRequest } from '../../record/index.js';
import { LifeStoryBody, NeedBody, NoteBody, PotentialBody } from './assessment.dto.js';
import { NeedMade, PotentialMade } from './answers.js';
import { JourneyChanged, JourneyCommands } from './journey-routes.js';

@Controller('v1/journeys/:journeyId')
export class AssessmentController {
  constructor(private readonly journeys: JourneyCommands) {}

  @CommandRoute('identifyNeed', {
    path: 'needs',
    summary: 'Record a need',
    status: 201,
    answer: NeedMade,
    refusals: ['journey-closed'],
  })
  identifyNeed(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @BodyOf() body: NeedBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.make('needId', journeyId, { type: 'IdentifyNeed', ...body }, request);
  }

  @CommandRoute('resolveNeed', {
    path: 'needs/:needId/resolution',
    summary: 'Record that a need is met',
    answer: JourneyChanged,
    refusals: ['journey-closed', 'need-resolved'],
  })
  resolveNeed(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('needId', Uuid()) needId: string,
    @BodyOf() body: NoteBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'ResolveNeed', needId, ...body }, request);
  }

  @CommandRoute('identifyPotential', {
    path: 'potentials',
    summary: 'Record a potential',
    status: 201,
    answer: PotentialMade,
    refusals: ['journey-closed'],
  })
  identifyPotential(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @BodyOf() body: PotentialBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.make('potentialId', journeyId, { type: 'IdentifyPotential', ...body }, request);
  }

  @CommandRoute('recordLifeStory', {
    path: 'life-story',
    summary: 'Record the life story in the words of the client',
    answer: JourneyChanged,
    refusals: ['journey-closed'],
  })
  recordLifeStory(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @BodyOf() body: LifeStoryBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'RecordLifeStory', ...body }, request);
  }
}
