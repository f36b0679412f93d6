import {
  closureOutcomes,
  disputeOutcomes,
  goalResults,
  legalDomains,
  referralDeclineReasons,
  referralModes,
  referralOutcomes,
  responsibles,
} from '../domain/codes.js';
import type {
  ClosureOutcome,
  DisputeOutcome,
  GoalResult,
  LegalDomain,
  ReferralDeclineReason,
  ReferralMode,
  ReferralOutcome,
  Responsible,
} from '../domain/codes.js';
import {
  Code,
  DateOnly,
  Flag,
  JsonObject,
  ListOf,
  OrganisationId,
  Text,
  UserId,
  Uuid,
} from '../../http/index.js';
import { limits } from './limits.js';

export class GoalBody {
  @ListOf(Uuid(), { min: 1, max: 50 })
  readonly needIds!: readonly string[];

  @Text({ max: limits.text })
  readonly wording!: string;

  @DateOnly()
  readonly dueOn!: string;

  @Text({ max: limits.text, optional: true })
  readonly measuredBy?: string;

  @Flag({ optional: true })
  readonly agreedByClient?: boolean;
}

export class GoalReviewBody {
  @Code(goalResults)
  readonly result!: GoalResult;

  @Text({ max: limits.text, optional: true })
  readonly note?: string;
}

export class MeasureBody {
  @Uuid()
  readonly goalId!: string;

  @Text({ max: limits.line })
  readonly title!: string;

  @Code(responsibles)
  readonly responsible!: Responsible;

  @DateOnly()
  readonly dueOn!: string;
}

export class ReferralBody {
  @OrganisationId({ description: 'Until there is a directory of offers, an `offerId` is refused.' })
  readonly organisationId!: string;

  @Uuid()
  readonly needId!: string;

  @Code(referralModes)
  readonly mode!: ReferralMode;

  @Uuid({ optional: true })
  readonly consentId?: string;

  @Text({ max: limits.text, optional: true })
  readonly note?: string;
}

export class ReferralStepBody {
  @Text({ max: limits.text, optional: true })
  readonly note?: string;

  @DateOnly({ past: true, optional: true })
  readonly occurredOn?: string;
}

export class ReferralDeclineBody extends ReferralStepBody {
  @Code(referralDeclineReasons)
  readonly reason!: ReferralDeclineReason;
}

export class ReferralCompletionBody extends ReferralStepBody {
  @Code(referralOutcomes)
  readonly outcome!: ReferralOutcome;
}

export class AssignmentBody {
  @UserId()
  readonly ownerUserId!: string;

  @Text({ max: limits.text, optional: true })
  readonly overrideReason?: string;
}

export class AssignmentsBody {
  @UserId()
  readonly fromUserId!: string;

  @UserId()
  readonly toUserId!: string;

  @ListOf(Uuid(), { min: 1, max: 200 })
  readonly journeyIds!: readonly string[];
}

export class LegalDomainBody {
  @Code(legalDomains)
  readonly legalDomain!: LegalDomain;

  @DateOnly({ past: true })
  readonly effectiveOn!: string;
}

export class LegalDomainEndBody {
  @DateOnly({ past: true })
  readonly effectiveOn!: string;
}

export class DisputeBody {
  @Uuid()
  readonly eventId!: string;

  @Text({ max: limits.text })
  readonly statement!: string;
}

export class DisputeResolutionBody {
  @Code(disputeOutcomes)
  readonly outcome!: DisputeOutcome;

  @Text({ max: limits.text, optional: true })
  readonly note?: string;
}

export class CorrectionBody {
  @Uuid()
  readonly eventId!: string;

  @JsonObject({ description: 'The fields of that event that are to be replaced, each with its new value' })
  readonly replacement!: Readonly<Record<string, unknown>>;
}

export class ClosureBody {
  @Code(closureOutcomes)
  readonly outcome!: ClosureOutcome;

  @Text({ max: limits.text, optional: true })
  readonly reason?: string;
}

export class ReopeningBody {
  @Text({ max: limits.text })
  readonly reason!: string;
}
