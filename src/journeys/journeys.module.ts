import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CLOCK } from '../http/index.js';
import type { Clock } from '../http/index.js';
import { REFERENCE_DATA, ReferenceModule } from '../reference/index.js';
import type { ReferenceData } from '../reference/index.js';
import { AssignJourneysHandler } from './assign-journeys.js';
import { DeadlineRunner } from './deadline-runner.js';
import { AssessmentController } from './http/assessment.controller.js';
import { fittingFields } from './http/corrected-fields.js';
import { HandoversController } from './http/handovers.controller.js';
import { IntakeController } from './http/intake.controller.js';
import { JourneyCommands } from './http/journey-routes.js';
import { JourneysController } from './http/journeys.controller.js';
import { LegalDomainsController } from './http/legal-domains.controller.js';
import { OwnershipController } from './http/ownership.controller.js';
import { PlanController } from './http/plan.controller.js';
import { ReferralsController } from './http/referrals.controller.js';
import { StatementsController } from './http/statements.controller.js';
import { ChangeJourneyHandler, StartJourneyHandler } from './journey-commands.js';
import { ReadJourneyHandler, ReadTimelineHandler } from './journey-queries.js';
import { ReadVisibilityHandler } from './visibility-query.js';
import { journeyRegisters, REGISTERS } from './registers.js';

@Module({
  imports: [CqrsModule, ReferenceModule],
  controllers: [
    JourneysController,
    IntakeController,
    AssessmentController,
    PlanController,
    ReferralsController,
    HandoversController,
    LegalDomainsController,
    StatementsController,
    OwnershipController,
  ],
  providers: [
    ChangeJourneyHandler,
    StartJourneyHandler,
    AssignJourneysHandler,
    ReadJourneyHandler,
    ReadTimelineHandler,
    ReadVisibilityHandler,
    JourneyCommands,
    DeadlineRunner,
    {
      provide: REGISTERS,
      inject: [REFERENCE_DATA, CLOCK],
      useFactory: (reference: ReferenceData, clock: Clock) =>
        journeyRegisters(reference, fittingFields(clock)),
    },
  ],
})
export class JourneysModule {}
