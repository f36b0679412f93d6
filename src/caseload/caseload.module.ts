import { Module } from '@nestjs/common';
import { ReferenceModule } from '../reference/index.js';
import { CaseloadController } from './http/caseload.controller.js';
import { ReferralsQueueController } from './http/referrals-queue.controller.js';
import { ReferralQueue } from './referral-queue.js';
import { TaskQueries } from './task-queries.js';
import { WorklistQueries } from './worklist-queries.js';

@Module({
  imports: [ReferenceModule],
  controllers: [CaseloadController, ReferralsQueueController],
  providers: [WorklistQueries, TaskQueries, ReferralQueue],
})
export class CaseloadModule {}
