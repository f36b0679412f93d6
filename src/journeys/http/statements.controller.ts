import { Controller } from '@nestjs/common';
import { BodyOf, CommandRequestOf, CommandRoute, PathOf, Uuid } from '../../http/index.js';
import type { CommandRequest } from '../../record/index.js';
import { CorrectionBody, DisputeBody, DisputeResolutionBody } from './plan.dto.js';
import { DisputeMade } from './answers.js';
import { JourneyChanged, JourneyCommands } from './journey-routes.js';

@Controller('v1/journeys/:journeyId')
export class StatementsController {
  constructor(private readonly journeys: JourneyCommands) {}

  @CommandRoute('disputeStatement', {
    path: 'disputes',
    summary: 'Record that the client contests a statement',
    status: 201,
    answer: DisputeMade,
    refusals: ['unknown-event'],
  })
  disputeStatement(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @BodyOf() body: DisputeBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.make('disputeId', journeyId, { type: 'DisputeStatement', ...body }, request);
  }

  @CommandRoute('resolveDispute', {
    path: 'disputes/:disputeId/resolution',
    summary: 'Settle a dispute',
    answer: JourneyChanged,
    refusals: ['dispute-resolved'],
  })
  resolveDispute(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('disputeId', Uuid()) disputeId: string,
    @BodyOf() body: DisputeResolutionBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'ResolveDispute', disputeId, ...body }, request);
  }

  @CommandRoute('correctStatement', {
    path: 'corrections',
    summary: 'Correct a statement',
    status: 201,
    answer: JourneyChanged,
    refusals: ['unknown-event', 'event-not-correctable', 'left-before-entered', 'already-in-legal-domain'],
  })
  correctStatement(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @BodyOf() body: CorrectionBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'CorrectStatement', ...body }, request);
  }
}
