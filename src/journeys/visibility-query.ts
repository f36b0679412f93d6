import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { NotVisible, RECORD, Refused } from '../record/index.js';
import type { Record } from '../record/index.js';
import { endOfBerlinDay, startOfBerlinDay } from '../reference/index.js';
import type { Actor } from './domain/decision.js';
import { foldJourney } from './domain/evolve.js';
import { withCorrections } from './domain/corrections.js';
import { grants } from './domain/grants.js';
import type { Moment } from './domain/grants.js';
import type { VisibleEvent } from './domain/journey.js';
import { beginningOf } from './domain/record-index.js';
import { redact } from './domain/redact.js';
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
    const isOfficer = viewer.roles.includes('data_protection_officer');
    if (!isOfficer) {
      if (grants(events, viewer, moment).length === 0) throw new NotVisible();
      if (journey.owner.organisationId !== viewer.organisationId)
        throw new Refused('not-allowed', 'not-the-owner');
      if (!viewer.roles.includes('supervisor')) throw new Refused('not-allowed', 'supervisors-only');
    }
    const day = on ?? moment.today;
    const all = visibilityOn(events, {
      day,
      begins: startOfBerlinDay(day),
      ends: endOfBerlinDay(day),
    });
    const items = isOfficer ? all : knownTo(viewer, all, events, moment);
    return { body: { journeyId, on: day, items }, revision };
  }
}

/**
 * To which third organisation somebody else had referred the client, or whom they had let see something, the next
 * owner does not learn by this way either; the officer does.
 */
const knownTo = (
  viewer: Actor,
  sights: readonly Sight[],
  events: readonly VisibleEvent[],
  moment: Moment,
): readonly Sight[] => {
  const visible = redact(withCorrections(events), grants(events, viewer, moment), viewer.organisationId);
  const known = new Set(visible.map(beginningOf));
  return sights.filter(
    ({ organisationId, basis }) =>
      organisationId === viewer.organisationId || basis === undefined || known.has(basis),
  );
};
