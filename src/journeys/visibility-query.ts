import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { NotVisible, RECORD, Refused } from '../record/index.js';
import type { Record } from '../record/index.js';
import { endOfBerlinDay, startOfBerlinDay } from '../reference/index.js';
import type { Actor } from './domain/decision.js';
import { foldJourney } from './domain/evolve.js';
import { grants } from './domain/grants.js';
import { visibilityOn } from './domain/visibility.js';
import type { Sight } from './domain/visibility.js';
import { journeyFormat, journeyStream } from './journey-format.js';

export interface Visibility {
  readonly journeyId: string;
  readonly on: string;
  readonly items: readonly Sight[];
}

export class ReadVisibility extends Query<{ readonly body: Visibility; readonly revision: number }> {
  constructor(
    readonly journeyId: string,
    readonly viewer: Actor,
    /** `YYYY-MM-DD` in Europe/Berlin; today if absent. */
    readonly on?: string,
  ) {
    super();
  }
}

/** For the data-protection officer, and for supervisors of the office that is responsible. */
@QueryHandler(ReadVisibility)
export class ReadVisibilityHandler implements IQueryHandler<ReadVisibility> {
  constructor(@Inject(RECORD) private readonly record: Record) {}

  async execute({ journeyId, viewer, on }: ReadVisibility) {
    const moment = this.record.moment();
    const { events, revision } = await this.record.recorder.load(journeyStream(journeyId), journeyFormat);
    const journey = foldJourney(events);
    if (journey.stage === 'none') throw new NotVisible();
    if (!viewer.roles.includes('data_protection_officer')) {
      if (grants(events, viewer, moment).length === 0) throw new NotVisible();
      if (journey.owner.organisationId !== viewer.organisationId)
        throw new Refused('not-allowed', 'not-the-owner');
      if (!viewer.roles.includes('supervisor')) throw new Refused('not-allowed', 'supervisors-only');
    }
    const day = on ?? moment.today;
    const items = visibilityOn(events, {
      day,
      begins: startOfBerlinDay(day),
      ends: endOfBerlinDay(day),
    });
    return { body: { journeyId, on: day, items }, revision };
  }
}
