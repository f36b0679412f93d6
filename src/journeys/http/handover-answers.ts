import { IntersectionType, OmitType } from '@nestjs/swagger';
import { ClientAnswer } from '../../clients/index.js';
import {
  Code,
  Confirmation,
  DateOnly,
  Flag,
  Instant,
  ListOf,
  Nested,
  OrganisationId,
  Shown,
  Text,
  TextHash,
  Uuid,
} from '../../http/index.js';
import { dataCategories, handoverDeadlines, handoverSteps } from '../domain/codes.js';
import type { HandoverDeadline, HandoverStep } from '../domain/codes.js';
import { handoverCauses } from '../domain/statuses.js';
import type { HandoverCause } from '../domain/statuses.js';
import {
  ContactContent,
  GoalContent,
  LegalDomainContent,
  MeasureContent,
  MemberAnswer,
  NeedContent,
  PotentialContent,
  ReferralContent,
} from './entry-answers.js';
import {
  BasisBody,
  HandoverApprovalBody,
  HandoverBody,
  InformationBody,
  InformationRequestBody,
} from './handovers.dto.js';
import { OpenJourneyBody } from './intake.dto.js';
import { limits } from './limits.js';

// An entry stands in its own category; what belongs to another one stands there, beside the entry's id.
class NeedPart extends Shown(NeedContent, 'needId') {}
class PotentialPart extends Shown(PotentialContent, 'potentialId') {}
class ContactPart extends Shown(ContactContent, 'contactId') {}
class GoalPart extends Shown(GoalContent, 'goalId') {}
class MeasurePart extends Shown(MeasureContent, 'measureId') {}
class ReferralPart extends Shown(ReferralContent, 'referralId') {}

/** What is passed on of one category; which of the fields there are, the category says. */
class PackagePartAnswer extends IntersectionType(
  OmitType(ClientAnswer, ['clientId', 'mergedClientIds', 'erased']),
  OmitType(Shown(OpenJourneyBody), ['clientId', 'municipality', 'openedOn']),
) {
  @Text({ max: limits.story, optional: true, description: 'The newest, in the words of the client.' })
  readonly lifeStory?: string;

  @ListOf(Nested(() => NeedPart), { optional: true })
  readonly needs?: readonly NeedPart[];

  @ListOf(Nested(() => PotentialPart), { optional: true })
  readonly potentials?: readonly PotentialPart[];

  @ListOf(Nested(() => LegalDomainContent), { optional: true })
  readonly legalDomains?: readonly LegalDomainContent[];

  @ListOf(Nested(() => ContactPart), { optional: true })
  readonly contacts?: readonly ContactPart[];

  @ListOf(Nested(() => GoalPart), { optional: true })
  readonly goals?: readonly GoalPart[];

  @ListOf(Nested(() => MeasurePart), { optional: true })
  readonly measures?: readonly MeasurePart[];

  @ListOf(Nested(() => ReferralPart), { optional: true })
  readonly referrals?: readonly ReferralPart[];
}

/** By category, those that were asked for; one without data is empty. */
class PackageAnswer {
  readonly [category: string]: PackagePartAnswer;
}
for (const category of dataCategories)
  Nested(() => PackagePartAnswer, { optional: true })(PackageAnswer.prototype, category);

class BasisAnswer extends BasisBody {
  @DateOnly({ optional: true, description: 'The last day of the consent: after it the handover lapses.' })
  readonly validUntil?: string;
}

class InformationRequestAnswer extends IntersectionType(
  Shown(InformationRequestBody),
  Shown(InformationBody),
) {
  @Instant({ past: true })
  readonly askedAt!: string;

  @Instant({ past: true, optional: true })
  readonly answeredAt?: string;
}

/** A handover as a journey lists it. */
export class HandoverItemAnswer extends IntersectionType(
  OmitType(Shown(HandoverBody, 'toOrganisationId', 'function'), ['basis', 'reason']),
  Shown(HandoverApprovalBody),
) {
  @Uuid()
  readonly handoverId!: string;

  @Code(handoverSteps, { description: 'The same as `step`.' })
  readonly status!: HandoverStep;

  @Code(handoverSteps)
  readonly step!: HandoverStep;

  @OrganisationId({ example: 'kim-bergkamen' })
  readonly fromOrganisationId!: string;

  @Nested(() => BasisAnswer)
  readonly basis!: BasisAnswer;

  @Text({
    max: limits.text,
    optional: true,
    description:
      'Of the proposal, in words; once it was returned, declined or withdrawn, why, as a code (`handoverReason`).',
  })
  readonly reason?: string;

  @Text({ max: limits.text, optional: true, description: 'Of the proposal, where `reason` is another.' })
  readonly proposalReason?: string;

  @Text({ max: limits.text, optional: true, description: 'Beside a reason that is a code.' })
  readonly note?: string;

  @Code(handoverCauses, { optional: true, description: 'Why it ended without anybody deciding so.' })
  readonly cause?: HandoverCause;

  @Nested(() => MemberAnswer)
  readonly proposedBy!: MemberAnswer;

  @Instant({ past: true })
  readonly proposedAt!: string;

  @Instant({ past: true, optional: true })
  readonly approvedAt?: string;

  @Instant({ past: true, optional: true })
  readonly acceptedAt?: string;

  @ListOf(Nested(() => InformationRequestAnswer), {})
  readonly informationRequests!: readonly InformationRequestAnswer[];

  @ListOf(Code(handoverDeadlines), { description: 'The deadlines that passed.' })
  readonly escalated!: readonly HandoverDeadline[];

  @DateOnly({ optional: true, description: 'Of the next step; absent where nobody is waited for.' })
  readonly dueOn?: string;

  @Flag({ optional: true })
  readonly overdue?: boolean;

  @Nested(() => PackageAnswer, {
    optional: true,
    description: 'From the approval on; once accepted, the new owner’s alone, as it was accepted.',
  })
  readonly package?: PackageAnswer;

  @TextHash({ optional: true, description: 'SHA-256: of the package that is offered, or was accepted.' })
  readonly packageHash?: string;

  @ListOf(Text({ max: 200, example: '/needs/needs/0' }), {
    optional: true,
    description: 'JSON Pointers (RFC 6901) into the package, to what the client contests now.',
  })
  readonly disputedInPackage?: readonly string[];

  @Confirmation({
    optional: true,
    description: 'The client contests the proposal, and nobody has decided yet.',
  })
  readonly disputed?: true;
}

/** A handover by itself. */
export class HandoverAnswer extends HandoverItemAnswer {
  @Uuid()
  readonly journeyId!: string;

  @Nested(() => ClientAnswer, {
    optional: true,
    description: 'As far as the reader may see them; absent for who may see nothing of the journey.',
  })
  readonly client?: ClientAnswer;
}
