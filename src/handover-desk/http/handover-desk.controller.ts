import type { KeyObject } from 'node:crypto';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../../access/index.js';
import type { WhyLanguage } from '../../caseload/index.js';
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
  notFound,
  Page,
  PathOf,
  PurposeOf,
  QueryOf,
  QueryRoute,
  Uuid,
} from '../../http/index.js';
import type { Clock } from '../../http/index.js';
import { HandoverAnswer } from '../../journeys/index.js';
import { NotVisible } from '../../record/index.js';
import { berlinDay } from '../../reference/index.js';
import { deskQueues, HandoverDesk } from '../desk.js';
import type { DeskPlace, DeskQueue } from '../desk.js';
import { READ_HANDOVER } from '../handover-reader.js';
import type { HandoverReader } from '../handover-reader.js';
import { HandoversAnswer } from './desk-answer.js';

class DeskPage extends Page {
  @Code(deskQueues)
  readonly queue!: DeskQueue;
}

@Controller('v1/handovers')
export class HandoverDeskController {
  constructor(
    private readonly desk: HandoverDesk,
    @Inject(READ_HANDOVER) private readonly readHandoverAs: HandoverReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CURSOR_KEY) private readonly cursorKey: KeyObject,
  ) {}

  @QueryRoute('listHandovers', {
    summary: 'The handover desk of one’s organisation',
    answer: HandoversAnswer,
  })
  async listHandovers(
    @QueryOf() { queue, limit, cursor }: DeskPage,
    @CallerOf() viewer: Caller,
    @LanguageOf() language: WhyLanguage,
    @MinPositionOf() minPosition: string | undefined,
  ): Promise<Answer<HandoversAnswer>> {
    const query = JSON.stringify(['handovers', viewer.userId, viewer.organisationId, queue]);
    const { items, next } = await this.desk.page({
      queue,
      viewer,
      after: cursor === undefined ? undefined : (decodeCursor(this.cursorKey, query, cursor) as DeskPlace),
      limit,
      language,
      today: berlinDay(this.clock.now()),
      minPosition,
    });
    return new Answer({ items, nextCursor: next ? encodeCursor(this.cursorKey, query, next) : null });
  }

  @QueryRoute('readHandover', {
    path: ':handoverId',
    summary: 'Read a handover, once approved with its package and the hash to accept it by',
    answer: HandoverAnswer,
  })
  async readHandover(
    @PathOf('handoverId', Uuid()) handoverId: string,
    @CallerOf() viewer: Caller,
    @PurposeOf() purpose: string | undefined,
    @MinPositionOf() minPosition: string | undefined,
  ) {
    const journeyId = await this.desk.journeyOf(handoverId, minPosition);
    if (journeyId === undefined) throw notFound();
    const { body, revision } = await this.readHandoverAs({ journeyId, handoverId, viewer, purpose }).catch(
      async (error: unknown) => {
        if (error instanceof NotVisible) await this.desk.admitNotFound();
        throw error;
      },
    );
    return new Answer(body, { revision });
  }
}
