import { Controller } from '@nestjs/common';
import { BodyOf, CommandRequestOf, CommandRoute, PathOf, Uuid } from '../../http/index.js';
import type { CommandRequest } from '../../record/index.js';
import { ConsentBody, WithdrawalBody } from './intake.dto.js';
import { ContactBody } from './assessment.dto.js';
import { ConsentMade, ContactMade } from './answers.js';
import { JourneyChanged, JourneyCommands } from './journey-routes.js';

@Controller('v1/journeys/:journeyId')
export class IntakeController {
  constructor(private readonly journeys: JourneyCommands) {}

  @CommandRoute('giveConsent', {
    path: 'consents',
    summary: 'Record a consent',
    status: 201,
    answer: ConsentMade,
    refusals: ['journey-closed'],
  })
  giveConsent(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @BodyOf() body: ConsentBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.make('consentId', journeyId, { type: 'GiveConsent', ...body }, request);
  }

  @CommandRoute('withdrawConsent', {
    path: 'consents/:consentId/withdrawal',
    summary: 'Record that a consent was withdrawn',
    answer: JourneyChanged,
    refusals: ['consent-withdrawn'],
  })
  withdrawConsent(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('consentId', Uuid()) consentId: string,
    @BodyOf() body: WithdrawalBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'WithdrawConsent', consentId, ...body }, request);
  }

  @CommandRoute('recordContact', {
    path: 'contacts',
    summary: 'Record a contact',
    status: 201,
    answer: ContactMade,
    refusals: ['journey-closed'],
  })
  recordContact(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @BodyOf() body: ContactBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.make('contactId', journeyId, { type: 'RecordContact', ...body }, request);
  }
}
