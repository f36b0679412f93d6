import { ApiProperty, OmitType } from '@nestjs/swagger';
import { ClientAnswer } from '../../clients/index.js';
import {
  Code,
  Confirmation,
  DateOnly,
  DateOrInstant,
  Flag,
  Instant,
  ListAnswer,
  ListOf,
  Nested,
  OrganisationId,
  Revision,
  Shown,
  Uuid,
} from '../../http/index.js';
import { dataCategories, phases } from '../domain/codes.js';
import type { DataCategory, Phase } from '../domain/codes.js';
import { dueKinds } from '../domain/due.js';
import type { Due } from '../domain/due.js';
import { journeyFields } from '../domain/field-table.js';
import { grantReasons } from '../domain/grants.js';
import type { Sight } from '../domain/visibility.js';
import {
  ConsentAnswer,
  ContactAnswer,
  DisputeAnswer,
  GoalAnswer,
  LegalDomainAnswer,
  LifeStoryAnswer,
  MeasureAnswer,
  MemberAnswer,
  NeedAnswer,
  PotentialAnswer,
  ReferralAnswer,
} from './entry-answers.js';
import { HandoverItemAnswer } from './handover-answers.js';
import { OpenJourneyBody } from './intake.dto.js';
import { ClosureBody } from './plan.dto.js';

class DueAnswer {
  @Code(dueKinds)
  readonly what!: Due['what'];

  @DateOnly()
  readonly on!: string;

  @Flag()
  readonly overdue!: boolean;

  @Uuid({
    optional: true,
    description:
      'Of the goal, measure, referral, need, consent or handover that it is about; absent where it is the journey.',
  })
  readonly of?: string;
}

class ClosureAnswer extends Shown(ClosureBody) {
  @Uuid({ description: 'What a dispute or a correction names.' })
  readonly eventId!: string;

  @Instant({ past: true })
  readonly closedAt!: string;

  @Confirmation({ optional: true, description: 'A later correction replaced some of it.' })
  readonly corrected?: true;

  @Confirmation({ optional: true, description: 'The client contests it, and nobody has decided yet.' })
  readonly disputed?: true;
}

/** A journey as the reader may see it. */
export class JourneyAnswer extends OmitType(Shown(OpenJourneyBody, 'municipality'), [
  'clientId',
  'openedOn',
]) {
  @Uuid()
  readonly journeyId!: string;

  @Revision()
  readonly revision!: number;

  @Code(phases)
  readonly phase!: Phase;

  @DateOnly({ past: true })
  readonly openedOn!: string;

  @Nested(() => MemberAnswer)
  readonly owner!: MemberAnswer;

  @Nested(() => ClientAnswer)
  readonly client!: ClientAnswer;

  @Confirmation({
    optional: true,
    description: 'A later correction replaced some of what was said at the opening.',
  })
  readonly corrected?: true;

  @Confirmation({ optional: true, description: 'The client contests what was said at the opening.' })
  readonly disputed?: true;

  @ListOf(Nested(() => LegalDomainAnswer), {})
  readonly legalDomains!: readonly LegalDomainAnswer[];

  @ListOf(Nested(() => ConsentAnswer), {})
  readonly consents!: readonly ConsentAnswer[];

  @ListOf(Nested(() => ContactAnswer), {})
  readonly contacts!: readonly ContactAnswer[];

  @ListOf(Nested(() => NeedAnswer), {})
  readonly needs!: readonly NeedAnswer[];

  @ListOf(Nested(() => PotentialAnswer), {})
  readonly potentials!: readonly PotentialAnswer[];

  @Nested(() => LifeStoryAnswer, { optional: true, description: 'The newest.' })
  readonly lifeStory?: LifeStoryAnswer;

  @ListOf(Nested(() => GoalAnswer), {})
  readonly goals!: readonly GoalAnswer[];

  @ListOf(Nested(() => MeasureAnswer), {})
  readonly measures!: readonly MeasureAnswer[];

  @ListOf(Nested(() => ReferralAnswer), {})
  readonly referrals!: readonly ReferralAnswer[];

  @ListOf(Nested(() => HandoverItemAnswer), {})
  readonly handovers!: readonly HandoverItemAnswer[];

  @ListOf(Nested(() => DisputeAnswer), {})
  readonly disputes!: readonly DisputeAnswer[];

  @ListOf(Nested(() => DueAnswer), {
    description: 'What waits for the owner, soonest first; empty for others.',
  })
  readonly due!: readonly DueAnswer[];

  @Nested(() => ClosureAnswer, { optional: true, description: 'As long as the journey is closed.' })
  readonly closure?: ClosureAnswer;
}

class TimelineItemAnswer {
  @Uuid({ description: 'What a dispute or a correction names.' })
  readonly eventId!: string;

  @Code(Object.keys(journeyFields))
  readonly type!: string;

  @Revision()
  readonly revision!: number;

  @Instant({
    past: true,
    description: 'Where only the day is known that day’s noon, but never after it was recorded.',
  })
  readonly occurredAt!: string;

  @DateOnly({ past: true, optional: true, description: 'Where only the day is known.' })
  readonly occurredOn?: string;

  @Instant({ past: true })
  readonly recordedAt!: string;

  @Nested(() => MemberAnswer)
  readonly recordedBy!: MemberAnswer;

  @Confirmation({
    optional: true,
    description: 'A later correction replaced some of it; the text is corrected.',
  })
  readonly corrected?: true;

  @Confirmation({ optional: true, description: 'The client contests it, and nobody has decided yet.' })
  readonly disputed?: true;

  @ApiProperty({ type: 'string', example: 'Bedarf erfasst: Wohnen.' })
  readonly text!: string;
}

export class TimelineAnswer extends ListAnswer {
  @ListOf(Nested(() => TimelineItemAnswer), {
    max: 200,
    description: 'In the order in which it was recorded.',
  })
  readonly items!: readonly TimelineItemAnswer[];
}

/** Of which part of the record. */
class SeenRecordsAnswer {
  @Instant({ past: true, optional: true })
  readonly from?: string;

  @Instant({ past: true, optional: true, description: 'What was recorded until then.' })
  readonly before?: string;

  @OrganisationId({ optional: true, description: 'What this organisation’s own people recorded.' })
  readonly recordedBy?: string;
}

class SightAnswer {
  @OrganisationId({ description: 'Whose case managers and supervisors could see it.' })
  readonly organisationId!: string;

  @Code(grantReasons)
  readonly reason!: Sight['reason'];

  @Uuid({ optional: true, description: 'The consent, referral or handover that it rested on.' })
  readonly basis?: string;

  @DateOrInstant({ description: 'Since when.' })
  readonly from!: string;

  @DateOnly({ optional: true, description: 'The last day, where it is known ahead.' })
  readonly until?: string;

  @Instant({ past: true, optional: true, description: 'Where it ended on that very day.' })
  readonly endedAt?: string;

  @ApiProperty({
    oneOf: [
      { type: 'string', enum: ['all'] },
      { type: 'array', uniqueItems: true, items: { type: 'string', enum: [...dataCategories] } },
    ],
    example: ['identity', 'needs'],
  })
  readonly categories!: 'all' | readonly DataCategory[];

  @Nested(() => SeenRecordsAnswer, { optional: true, description: 'Absent where it is the whole record.' })
  readonly records?: SeenRecordsAnswer;
}

export class VisibilityAnswer extends ListAnswer {
  @Uuid()
  readonly journeyId!: string;

  @DateOnly({ past: true })
  readonly on!: string;

  @ListOf(Nested(() => SightAnswer), { max: 200 })
  readonly items!: readonly SightAnswer[];
}
