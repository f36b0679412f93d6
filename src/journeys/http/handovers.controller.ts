import { Controller } from '@nestjs/common';
import { BodyOf, CommandRequestOf, CommandRoute, PathOf, Uuid } from '../../http/index.js';
import type { CommandRequest } from '../../record/index.js';
import { HandoverMade } from './answers.js';
import {
  basisFrom,
  HandoverAcceptanceBody,
  HandoverApprovalBody,
  HandoverBody,
  HandoverReasonBody,
  InformationBody,
  InformationRequestBody,
} from './handovers.dto.js';
import { JourneyChanged, JourneyCommands } from './journey-routes.js';

const movedOn = [
  'journey-closed',
  'handover-proposed',
  'handover-returned',
  'handover-approved',
  'handover-information-requested',
  'handover-accepted',
  'handover-completed',
  'handover-declined',
  'handover-withdrawn',
  'handover-lapsed',
];
const receiver = ['self-handover', 'receiver-not-competent'];
const basis = [
  'unknown-consent',
  'consent-not-in-force',
  'consent-for-another-purpose',
  'consent-for-another-recipient',
  'rule-for-another-pair',
];
const categories = ['category-never-transferred', 'category-outside-basis'];

@Controller('v1/journeys/:journeyId/handovers')
export class HandoversController {
  constructor(private readonly journeys: JourneyCommands) {}

  @CommandRoute('proposeHandover', {
    summary: 'Propose to hand the client over',
    description: 'One handover at a time is open; one that was returned is ended by proposing anew.',
    status: 201,
    answer: HandoverMade,
    refusals: ['journey-closed', 'handover-open', ...receiver, ...basis, ...categories],
  })
  proposeHandover(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @BodyOf() { basis: restsOn, ...proposal }: HandoverBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.make(
      'handoverId',
      journeyId,
      { type: 'ProposeHandover', ...proposal, basis: basisFrom(restsOn) },
      request,
    );
  }

  @CommandRoute('approveHandover', {
    path: ':handoverId/approval',
    summary: 'Approve a handover, which offers it to the receiver',
    description: 'By a supervisor of the proposing organisation who did not propose it (403 `self-review`).',
    answer: JourneyChanged,
    refusals: [...movedOn, ...receiver, ...basis, ...categories],
  })
  approveHandover(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('handoverId', Uuid()) handoverId: string,
    @BodyOf() body: HandoverApprovalBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'ApproveHandover', handoverId, ...body }, request);
  }

  @CommandRoute('returnHandover', {
    path: ':handoverId/return',
    summary: 'Return a handover to whoever proposed it',
    answer: JourneyChanged,
    refusals: movedOn,
  })
  returnHandover(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('handoverId', Uuid()) handoverId: string,
    @BodyOf() body: HandoverReasonBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'ReturnHandover', handoverId, ...body }, request);
  }

  @CommandRoute('requestInformation', {
    path: ':handoverId/information-requests',
    summary: 'Ask the proposing organisation before deciding',
    answer: JourneyChanged,
    refusals: movedOn,
  })
  requestInformation(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('handoverId', Uuid()) handoverId: string,
    @BodyOf() body: InformationRequestBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'RequestInformation', handoverId, ...body }, request);
  }

  @CommandRoute('provideInformation', {
    path: ':handoverId/information',
    summary: 'Answer the receiver, within what the basis covers',
    answer: JourneyChanged,
    refusals: [...movedOn, ...basis, ...categories],
  })
  provideInformation(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('handoverId', Uuid()) handoverId: string,
    @BodyOf() body: InformationBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'ProvideInformation', handoverId, ...body }, request);
  }

  @CommandRoute('acceptHandover', {
    path: ':handoverId/acceptance',
    summary: 'Take the client over, having seen this very package',
    answer: JourneyChanged,
    refusals: [...movedOn, ...receiver, ...basis, 'wish-not-met', 'package-changed'],
  })
  acceptHandover(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('handoverId', Uuid()) handoverId: string,
    @BodyOf() body: HandoverAcceptanceBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'AcceptHandover', handoverId, ...body }, request);
  }

  @CommandRoute('declineHandover', {
    path: ':handoverId/decline',
    summary: 'Decline to take the client over',
    answer: JourneyChanged,
    refusals: movedOn,
  })
  declineHandover(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('handoverId', Uuid()) handoverId: string,
    @BodyOf() body: HandoverReasonBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'DeclineHandover', handoverId, ...body }, request);
  }

  @CommandRoute('withdrawHandover', {
    path: ':handoverId/withdrawal',
    summary: 'Take a handover back, until it is accepted',
    answer: JourneyChanged,
    refusals: movedOn,
  })
  withdrawHandover(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('handoverId', Uuid()) handoverId: string,
    @BodyOf() body: HandoverReasonBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'WithdrawHandover', handoverId, ...body }, request);
  }
}
