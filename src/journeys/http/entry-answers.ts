import { IntersectionType, OmitType } from '@nestjs/swagger';
import {
  Code,
  Confirmation,
  DateOnly,
  Flag,
  Instant,
  Nested,
  OrganisationId,
  Shown,
  Text,
  UserId,
  Uuid,
} from '../../http/index.js';
import {
  legalDomains,
  referralDeclineReasons,
  referralOutcomes,
  withdrawalChannels,
} from '../domain/codes.js';
import type {
  LegalDomain,
  ReferralDeclineReason,
  ReferralOutcome,
  WithdrawalChannel,
} from '../domain/codes.js';
import {
  consentStatuses,
  disputeStatuses,
  goalStatuses,
  legalDomainStatuses,
  measureStatuses,
  needStatuses,
  referralStatuses,
} from '../domain/statuses.js';
import type {
  ConsentStatus,
  DisputeStatus,
  GoalStatus,
  LegalDomainStatus,
  MeasureStatus,
  NeedStatus,
  ReferralStatus,
} from '../domain/statuses.js';
import { ContactBody, LifeStoryBody, NeedBody, PotentialBody } from './assessment.dto.js';
import { ConsentBody } from './intake.dto.js';
import { limits } from './limits.js';
import { DisputeBody, GoalBody, MeasureBody, ReferralBody, ReferralStepBody } from './plan.dto.js';

/** Somebody of an organisation: who owns a journey, or recorded something. */
export class MemberAnswer {
  @OrganisationId()
  readonly organisationId!: string;

  @UserId()
  readonly userId!: string;
}

/** What stands beside whatever was recorded as it was sent. */
class EntryAnswer {
  @Uuid({ description: 'What a dispute or a correction names.' })
  readonly eventId!: string;

  @Instant({ past: true })
  readonly recordedAt!: string;

  @Confirmation({ optional: true, description: 'A later correction replaced some of it.' })
  readonly corrected?: true;

  @Confirmation({ optional: true, description: 'The client contests it, and nobody has decided yet.' })
  readonly disputed?: true;
}

/** Of what nothing can become. */
class RecordedAnswer extends EntryAnswer {
  @Code(['recorded'])
  readonly status!: 'recorded';
}

class NotedAnswer {
  @Text({ max: limits.text, optional: true, description: 'When it came to the status that it has.' })
  readonly note?: string;
}

export class LegalDomainContent {
  @Code(legalDomains)
  readonly legalDomain!: LegalDomain;

  @DateOnly({ past: true })
  readonly effectiveOn!: string;

  @DateOnly({ past: true, optional: true, description: 'The day on which the client left it.' })
  readonly endedOn?: string;
}

export class LegalDomainAnswer extends IntersectionType(LegalDomainContent, EntryAnswer) {
  @Code(legalDomainStatuses)
  readonly status!: LegalDomainStatus;
}

export class ConsentAnswer extends IntersectionType(
  Shown(ConsentBody, 'purpose', 'recipients', 'validFrom'),
  OmitType(EntryAnswer, ['corrected']),
) {
  @Uuid()
  readonly consentId!: string;

  @Code(consentStatuses)
  readonly status!: ConsentStatus;

  @DateOnly({ past: true, optional: true })
  readonly withdrawnOn?: string;

  @Code(withdrawalChannels, { optional: true, description: 'Of the withdrawal.' })
  readonly channel?: WithdrawalChannel;

  @Flag({ optional: true, description: 'Whether the text with that hash is one of those that are served.' })
  readonly textKnown?: boolean;
}

export class ContactContent extends Shown(ContactBody) {
  @Uuid()
  readonly contactId!: string;
}

export class ContactAnswer extends IntersectionType(ContactContent, RecordedAnswer) {}

export class NeedContent extends IntersectionType(Shown(NeedBody), NotedAnswer) {
  @Uuid()
  readonly needId!: string;

  @Code(needStatuses)
  readonly status!: NeedStatus;

  @Instant({ past: true, optional: true })
  readonly resolvedAt?: string;
}

export class NeedAnswer extends IntersectionType(NeedContent, EntryAnswer) {}

export class PotentialContent extends Shown(PotentialBody) {
  @Uuid()
  readonly potentialId!: string;
}

export class PotentialAnswer extends IntersectionType(PotentialContent, RecordedAnswer) {}

export class LifeStoryAnswer extends IntersectionType(Shown(LifeStoryBody), RecordedAnswer) {}

export class GoalContent extends IntersectionType(Shown(GoalBody), NotedAnswer) {
  @Uuid()
  readonly goalId!: string;

  @Code(goalStatuses)
  readonly status!: GoalStatus;
}

export class GoalAnswer extends IntersectionType(GoalContent, EntryAnswer) {}

export class MeasureContent extends IntersectionType(Shown(MeasureBody), NotedAnswer) {
  @Uuid()
  readonly measureId!: string;

  @Code(measureStatuses)
  readonly status!: MeasureStatus;
}

export class MeasureAnswer extends IntersectionType(MeasureContent, EntryAnswer) {}

class ReferralStepAnswer extends Shown(ReferralStepBody) {}

export class ReferralContent extends Shown(ReferralBody) {
  @Uuid()
  readonly referralId!: string;

  @OrganisationId({ optional: true, description: 'To which the client is referred.' })
  override readonly organisationId?: string;

  @Code(referralStatuses)
  readonly status!: ReferralStatus;

  @Code(referralDeclineReasons, { optional: true })
  readonly reason?: ReferralDeclineReason;

  @Code(referralOutcomes, { optional: true })
  readonly outcome?: ReferralOutcome;

  @Nested(() => ReferralStepAnswer, {
    optional: true,
    description: 'What was said when it came to the status that it has.',
  })
  readonly lastStep?: ReferralStepAnswer;
}

export class ReferralAnswer extends IntersectionType(ReferralContent, EntryAnswer) {}

export class DisputeAnswer extends IntersectionType(
  Shown(DisputeBody),
  NotedAnswer,
  OmitType(EntryAnswer, ['disputed', 'corrected']),
) {
  @Uuid()
  readonly disputeId!: string;

  @Uuid({ description: 'What is contested.' })
  override readonly eventId!: string;

  @Code(disputeStatuses, { description: '`resolved` where the reader may not know how.' })
  readonly status!: DisputeStatus;
}
