import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { RECORD } from '../record/index.js';
import type { Record } from '../record/index.js';
import { REFERENCE_DATA } from '../reference/index.js';
import type { ReferenceData } from '../reference/index.js';
import { journeyAnswer } from './journey-answer.js';
import { readJourney } from './journey-reading.js';
import type { JourneyRequest } from './journey-reading.js';
import { REGISTERS } from './registers.js';
import type { JourneyRegisters } from './registers.js';
import { namesFor, timelineItems } from './timeline/index.js';
import type { TimelineItem, TimelineLanguage } from './timeline/index.js';

export interface JourneyAnswer {
  readonly body: Readonly<globalThis.Record<string, unknown>>;
  readonly revision: number;
}

export class ReadJourney extends Query<JourneyAnswer> {
  constructor(readonly request: JourneyRequest) {
    super();
  }
}

export class ReadTimeline extends Query<{
  readonly items: readonly TimelineItem[];
  readonly revision: number;
}> {
  constructor(
    readonly request: JourneyRequest,
    readonly language: TimelineLanguage,
  ) {
    super();
  }
}

@QueryHandler(ReadJourney)
export class ReadJourneyHandler implements IQueryHandler<ReadJourney> {
  constructor(
    @Inject(RECORD) private readonly record: Record,
    @Inject(REGISTERS) private readonly registers: JourneyRegisters,
  ) {}

  async execute({ request }: ReadJourney): Promise<JourneyAnswer> {
    const moment = this.record.moment();
    const reading = await readJourney(this.record.recorder, request, moment);
    const { deadlines } = this.registers;
    const today =
      request.asOf === undefined ? moment.today : deadlines.calendar.dayOf(earlier(request.asOf, moment.now));
    const body = journeyAnswer(reading, {
      today,
      deadlines,
      isServedText: (textHash) => this.registers.isConsentText(textHash),
    });
    return { body, revision: reading.revision };
  }
}

@QueryHandler(ReadTimeline)
export class ReadTimelineHandler implements IQueryHandler<ReadTimeline> {
  constructor(
    @Inject(RECORD) private readonly record: Record,
    @Inject(REFERENCE_DATA) private readonly reference: ReferenceData,
  ) {}

  async execute({ request, language }: ReadTimeline) {
    const { events, revision } = await readJourney(this.record.recorder, request, this.record.moment());
    const names = namesFor(request.viewer.organisationId, this.reference);
    return { items: timelineItems(events, language, names), revision };
  }
}

const earlier = (a: string, b: string): string => (Date.parse(a) < Date.parse(b) ? a : b);
