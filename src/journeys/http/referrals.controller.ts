import { Controller } from '@nestjs/common';
import { BodyOf, CommandRequestOf, CommandRoute, PathOf, Uuid } from '../../http/index.js';
import type { CommandRequest } from '../../record/index.js';
import { ReferralBody, ReferralCompletionBody, ReferralDeclineBody, ReferralStepBody } from './plan.dto.js';
import { ReferralMadeAnswer } from './answers.js';
import { JourneyChanged, JourneyCommands } from './journey-routes.js';

@Controller('v1/journeys/:journeyId')
export class ReferralsController {
  constructor(private readonly journeys: JourneyCommands) {}

  @CommandRoute('makeReferral', {
    path: 'referrals',
    summary: 'Refer the client',
    status: 201,
    answer: ReferralMadeAnswer,
    refusals: [
      'journey-closed',
      'unknown-need',
      'unknown-consent',
      'consent-not-in-force',
      'consent-for-another-purpose',
      'consent-for-another-recipient',
    ],
  })
  makeReferral(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @BodyOf() body: ReferralBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.make('referralId', journeyId, { type: 'MakeReferral', ...body }, request);
  }

  @CommandRoute('acceptReferral', {
    path: 'referrals/:referralId/acceptance',
    summary: 'Accept a referral',
    answer: JourneyChanged,
    refusals: [
      'journey-closed',
      'referral-made',
      'referral-accepted',
      'referral-declined',
      'referral-started',
      'referral-completed',
      'referral-cancelled',
      'referral-ended',
      'consent-not-in-force',
    ],
  })
  acceptReferral(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('referralId', Uuid()) referralId: string,
    @BodyOf() body: ReferralStepBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'AcceptReferral', referralId, ...body }, request);
  }

  @CommandRoute('declineReferral', {
    path: 'referrals/:referralId/decline',
    summary: 'Decline a referral',
    answer: JourneyChanged,
    refusals: [
      'journey-closed',
      'referral-made',
      'referral-accepted',
      'referral-declined',
      'referral-started',
      'referral-completed',
      'referral-cancelled',
      'referral-ended',
    ],
  })
  declineReferral(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('referralId', Uuid()) referralId: string,
    @BodyOf() body: ReferralDeclineBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'DeclineReferral', referralId, ...body }, request);
  }

  @CommandRoute('startReferral', {
    path: 'referrals/:referralId/start',
    summary: 'Record that what was referred to has begun',
    answer: JourneyChanged,
    refusals: [
      'journey-closed',
      'referral-made',
      'referral-accepted',
      'referral-declined',
      'referral-started',
      'referral-completed',
      'referral-cancelled',
      'referral-ended',
      'consent-not-in-force',
    ],
  })
  startReferral(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('referralId', Uuid()) referralId: string,
    @BodyOf() body: ReferralStepBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'StartReferral', referralId, ...body }, request);
  }

  @CommandRoute('completeReferral', {
    path: 'referrals/:referralId/completion',
    summary: 'Record the outcome of a referral',
    answer: JourneyChanged,
    refusals: [
      'journey-closed',
      'referral-made',
      'referral-accepted',
      'referral-declined',
      'referral-started',
      'referral-completed',
      'referral-cancelled',
      'referral-ended',
    ],
  })
  completeReferral(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('referralId', Uuid()) referralId: string,
    @BodyOf() body: ReferralCompletionBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'CompleteReferral', referralId, ...body }, request);
  }

  @CommandRoute('cancelReferral', {
    path: 'referrals/:referralId/cancellation',
    summary: 'Take a referral back',
    answer: JourneyChanged,
    refusals: [
      'journey-closed',
      'referral-made',
      'referral-accepted',
      'referral-declined',
      'referral-started',
      'referral-completed',
      'referral-cancelled',
      'referral-ended',
    ],
  })
  cancelReferral(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('referralId', Uuid()) referralId: string,
    @BodyOf() body: ReferralStepBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'CancelReferral', referralId, ...body }, request);
  }
}
