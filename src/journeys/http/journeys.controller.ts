import type { KeyObject } from 'node:crypto';
import { Controller, Inject } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../access/index.js';
import {
  Answer,
  BodyOf,
  CallerOf,
  CommandRequestOf,
  CommandRoute,
  CURSOR_KEY,
  DateOnly,
  DateOrInstant,
  LanguageOf,
  Page,
  pageByPlace,
  pageOf,
  PathOf,
  PurposeOf,
  QueryOf,
  QueryRoute,
  Uuid,
} from '../../http/index.js';
import type { CommandRequest } from '../../record/index.js';
import { endOfBerlinDay, isCalendarDay } from '../../reference/index.js';
import { AssignJourneys } from '../assign-journeys.js';
import { StartJourney } from '../journey-commands.js';
import { ReadJourney, ReadTimeline } from '../journey-queries.js';
import { ReadVisibility } from '../visibility-query.js';
import type { TimelineLanguage } from '../timeline/index.js';
import { OpenJourneyBody } from './intake.dto.js';
import { AssignmentsAnswer } from './answers.js';
import { JourneyAnswer, TimelineAnswer, VisibilityAnswer } from './journey-answers.js';
import { JourneyChanged } from './journey-routes.js';
import { AssignmentsBody } from './plan.dto.js';

class AsOf {
  @DateOrInstant({ optional: true, description: 'As it had been recorded by then; a day means its end.' })
  readonly asOf?: string;
}

class VisibilityPage extends Page {
  @DateOnly({ past: true, optional: true, description: 'Today by default' })
  readonly on?: string;
}

class TimelinePage extends Page {
  @DateOrInstant({ optional: true, description: 'As it had been recorded by then; a day means its end.' })
  readonly asOf?: string;
}

@Controller('v1')
export class JourneysController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(CURSOR_KEY) private readonly cursorKey: KeyObject,
  ) {}

  @CommandRoute('openJourney', {
    path: 'journeys',
    summary: 'Open a journey',
    status: 201,
    answer: JourneyChanged,
    refusals: ['municipality-not-served', 'client-merged'],
  })
  async openJourney(@BodyOf() body: OpenJourneyBody, @CommandRequestOf() request: CommandRequest) {
    const { events, revision, position } = await this.commands.execute(
      new StartJourney({ type: 'OpenJourney', ...body }, request),
    );
    const opening = events.find((event) => event.type === 'JourneyOpened');
    const journeyId = opening?.data.journeyId ?? '';
    return new Answer({ journeyId, revision }, { revision, position, location: `/v1/journeys/${journeyId}` });
  }

  @QueryRoute('readJourney', {
    path: 'journeys/:journeyId',
    summary: 'Read a journey',
    answer: JourneyAnswer,
  })
  async readJourney(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @QueryOf() { asOf }: AsOf,
    @CallerOf() viewer: Caller,
    @PurposeOf() purpose: string | undefined,
  ) {
    const { body, revision } = await this.queries.execute(
      new ReadJourney({
        journeyId,
        viewer,
        ...(purpose !== undefined && { purpose }),
        ...(asOf !== undefined && { asOf: endOf(asOf) }),
      }),
    );
    return new Answer(body, { revision });
  }

  @QueryRoute('readTimeline', {
    path: 'journeys/:journeyId/timeline',
    summary: 'Read what happened, in words',
    answer: TimelineAnswer,
  })
  async readTimeline(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @QueryOf() { asOf, ...page }: TimelinePage,
    @CallerOf() viewer: Caller,
    @PurposeOf() purpose: string | undefined,
    @LanguageOf() language: TimelineLanguage,
  ): Promise<Answer<TimelineAnswer>> {
    const { items, revision } = await this.queries.execute(
      new ReadTimeline(
        {
          journeyId,
          viewer,
          ...(purpose !== undefined && { purpose }),
          ...(asOf !== undefined && { asOf: endOf(asOf) }),
        },
        language,
      ),
    );
    const list = `timeline/${journeyId}/${asOf ?? ''}/${viewer.userId}`;
    return new Answer(
      pageByPlace(items, (item) => item.revision, page, list, this.cursorKey),
      { revision },
    );
  }

  @QueryRoute('readVisibility', {
    path: 'journeys/:journeyId/visibility',
    summary: 'Who could see what on that day, and why',
    answer: VisibilityAnswer,
  })
  async readVisibility(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @QueryOf() { on, ...page }: VisibilityPage,
    @CallerOf() viewer: Caller,
  ): Promise<Answer<VisibilityAnswer>> {
    const { body, revision } = await this.queries.execute(new ReadVisibility(journeyId, viewer, on));
    const list = `visibility/${journeyId}/${body.on}/${viewer.userId}`;
    return new Answer({ ...body, ...pageOf(body.items, page, list, this.cursorKey) }, { revision });
  }

  @CommandRoute('assignJourneys', {
    path: 'assignments',
    summary: 'Give journeys of one person to another, each accepted or refused alone',
    answer: AssignmentsAnswer,
  })
  async assignJourneys(
    @BodyOf() body: AssignmentsBody,
    @CommandRequestOf() request: CommandRequest,
  ): Promise<Answer<AssignmentsAnswer>> {
    const { items, position } = await this.commands.execute(
      new AssignJourneys(body.fromUserId, body.toUserId, body.journeyIds, request),
    );
    return new Answer({ items }, { position });
  }
}

const endOf = (asOf: string): string =>
  isCalendarDay(asOf) ? endOfBerlinDay(asOf) : new Date(asOf).toISOString();
