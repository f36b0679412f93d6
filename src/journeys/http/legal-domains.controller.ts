import { Controller } from '@nestjs/common';
import { BodyOf, CommandRequestOf, CommandRoute, PathOf, Uuid, Code } from '../../http/index.js';
import type { CommandRequest } from '../../record/index.js';
import { legalDomains } from '../domain/codes.js';
import type { LegalDomain } from '../domain/codes.js';
import { LegalDomainBody, LegalDomainEndBody } from './plan.dto.js';
import { JourneyChanged, JourneyCommands } from './journey-routes.js';

@Controller('v1/journeys/:journeyId')
export class LegalDomainsController {
  constructor(private readonly journeys: JourneyCommands) {}

  @CommandRoute('enterLegalDomain', {
    path: 'legal-domains',
    summary: 'Record that the client has come into a legal domain',
    status: 201,
    answer: JourneyChanged,
    refusals: ['journey-closed', 'already-in-legal-domain'],
  })
  enterLegalDomain(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @BodyOf() body: LegalDomainBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'EnterLegalDomain', ...body }, request);
  }

  @CommandRoute('leaveLegalDomain', {
    path: 'legal-domains/:domain/end',
    summary: 'Record that the client has left a legal domain',
    answer: JourneyChanged,
    refusals: ['journey-closed', 'not-in-legal-domain', 'left-before-entered', 'already-in-legal-domain'],
  })
  leaveLegalDomain(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @PathOf('domain', Code(legalDomains)) legalDomain: LegalDomain,
    @BodyOf() body: LegalDomainEndBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    return this.journeys.change(journeyId, { type: 'LeaveLegalDomain', legalDomain, ...body }, request);
  }
}
