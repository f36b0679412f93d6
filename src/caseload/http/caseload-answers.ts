import { ListedClientAnswer } from '../../clients/index.js';
import {
  Code,
  DateOnly,
  Flag,
  Instant,
  ListAnswer,
  ListOf,
  Municipality,
  Nested,
  OrganisationId,
  Revision,
  Text,
  Uuid,
} from '../../http/index.js';
import {
  dueKinds,
  isOpen,
  MemberAnswer,
  phases,
  referralModes,
  referralStatuses,
} from '../../journeys/index.js';
import type { Due, Phase, ReferralMode, ReferralStatus } from '../../journeys/index.js';

const page = { max: 200 } as const;
const why = { max: 200, description: 'What waits, in a sentence.', example: 'Erstes Gespräch fällig morgen' };

/** The names that the reader may not see are absent. */
class WorklistClientAnswer extends ListedClientAnswer {
  @Uuid()
  override readonly clientId!: string;
}

class WorklistItemAnswer {
  @Uuid()
  readonly journeyId!: string;

  @Nested(() => WorklistClientAnswer)
  readonly client!: WorklistClientAnswer;

  @Code(phases)
  readonly phase!: Phase;

  @Municipality()
  readonly municipality!: string;

  @Nested(() => MemberAnswer)
  readonly owner!: MemberAnswer;

  @DateOnly({ past: true })
  readonly openedOn!: string;

  @DateOnly({ past: true, optional: true, description: 'Absent where there was no contact yet.' })
  readonly lastContactOn?: string;

  @Text(why)
  readonly why!: string;

  @DateOnly({ optional: true, description: 'Absent where nothing is due.' })
  readonly dueOn?: string;

  @Revision()
  readonly revision!: number;
}

export class WorklistAnswer extends ListAnswer {
  @ListOf(Nested(() => WorklistItemAnswer), page)
  readonly items!: readonly WorklistItemAnswer[];
}

class TaskAnswer {
  @Uuid()
  readonly journeyId!: string;

  @Nested(() => ListedClientAnswer)
  readonly client!: ListedClientAnswer;

  @Nested(() => MemberAnswer, { description: 'Of the journey, which may be another organisation’s.' })
  readonly owner!: MemberAnswer;

  @Code(dueKinds)
  readonly what!: Due['what'];

  @Uuid({
    description:
      'Of the goal, measure, referral, need, consent or handover that it is about; of the journey otherwise.',
  })
  readonly of!: string;

  @DateOnly()
  readonly dueOn!: string;

  @Flag()
  readonly overdue!: boolean;

  @Text(why)
  readonly why!: string;
}

export class TasksAnswer extends ListAnswer {
  @ListOf(Nested(() => TaskAnswer), page)
  readonly items!: readonly TaskAnswer[];
}

class ListedReferralAnswer {
  @Uuid()
  readonly referralId!: string;

  @Uuid()
  readonly journeyId!: string;

  @Nested(() => ListedClientAnswer)
  readonly client!: ListedClientAnswer;

  @OrganisationId({ example: 'kim-bergkamen' })
  readonly fromOrganisationId!: string;

  @OrganisationId({ description: 'To which the client is referred.' })
  readonly organisationId!: string;

  @Uuid()
  readonly needId!: string;

  @Uuid({ optional: true })
  readonly consentId?: string;

  @Code(referralModes)
  readonly mode!: ReferralMode;

  @Code(referralStatuses.filter(isOpen))
  readonly status!: ReferralStatus;

  @Instant({ past: true })
  readonly madeAt!: string;

  @DateOnly({ description: 'By when its outcome should be known.' })
  readonly dueOn!: string;

  @Text(why)
  readonly why!: string;
}

export class ReferralsAnswer extends ListAnswer {
  @ListOf(Nested(() => ListedReferralAnswer), page)
  readonly items!: readonly ListedReferralAnswer[];
}
