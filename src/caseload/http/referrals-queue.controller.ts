import type { KeyObject } from 'node:crypto';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../../access/index.js';
import {
  Answer,
  CallerOf,
  CLOCK,
  Code,
  CURSOR_KEY,
  decodeCursor,
  encodeCursor,
  LanguageOf,
  MinPositionOf,
  Page,
  QueryOf,
  QueryRoute,
} from '../../http/index.js';
import type { Clock } from '../../http/index.js';
import { berlinDay } from '../../reference/index.js';
import { ReferralQueue, referralQueues } from '../referral-queue.js';
import type { ReferralPlace, ReferralQueueName } from '../referral-queue.js';
import type { WhyLanguage } from '../why.js';
import { ReferralsAnswer } from './caseload-answers.js';

class ReferralPage extends Page {
  @Code(referralQueues)
  readonly queue!: ReferralQueueName;
}

@Controller('v1/referrals')
export class ReferralsQueueController {
  constructor(
    private readonly referrals: ReferralQueue,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CURSOR_KEY) private readonly cursorKey: KeyObject,
  ) {}

  @QueryRoute('listReferrals', { summary: 'Referrals that wait for an outcome', answer: ReferralsAnswer })
  async listReferrals(
    @QueryOf() { queue, limit, cursor }: ReferralPage,
    @CallerOf() viewer: Caller,
    @LanguageOf() language: WhyLanguage,
    @MinPositionOf() minPosition: string | undefined,
  ): Promise<Answer<ReferralsAnswer>> {
    const query = JSON.stringify(['referrals', viewer.userId, viewer.organisationId, queue]);
    const { items, next } = await this.referrals.page({
      queue,
      viewer,
      after:
        cursor === undefined ? undefined : (decodeCursor(this.cursorKey, query, cursor) as ReferralPlace),
      limit,
      language,
      today: berlinDay(this.clock.now()),
      minPosition,
    });
    return new Answer({ items, nextCursor: next ? encodeCursor(this.cursorKey, query, next) : null });
  }
}
