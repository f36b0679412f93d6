import { Code, ListOf, Nested, Text, Uuid } from '../../http/index.js';
import { assignmentStatuses } from '../assignments.js';
import type { AssignmentResult } from '../assignments.js';

/** What commands that make a thing answer: its id. */
export class ConsentMade {
  @Uuid()
  readonly consentId!: string;
}
export class ContactMade {
  @Uuid()
  readonly contactId!: string;
}
export class NeedMade {
  @Uuid()
  readonly needId!: string;
}
export class PotentialMade {
  @Uuid()
  readonly potentialId!: string;
}
export class GoalMade {
  @Uuid()
  readonly goalId!: string;
}
export class MeasureMade {
  @Uuid()
  readonly measureId!: string;
}
export class ReferralMadeAnswer {
  @Uuid()
  readonly referralId!: string;
}
export class DisputeMade {
  @Uuid()
  readonly disputeId!: string;
}
export class HandoverMade {
  @Uuid()
  readonly handoverId!: string;
}

class AssignmentAnswer {
  @Uuid()
  readonly journeyId!: string;

  @Code(assignmentStatuses)
  readonly status!: AssignmentResult['status'];

  @Text({ max: 100, optional: true, description: 'Which rule refused it.', example: 'wish-not-met' })
  readonly code?: string;
}

/** What became of each of many journeys. */
export class AssignmentsAnswer {
  @ListOf(Nested(() => AssignmentAnswer), { min: 1, max: 200 })
  readonly items!: readonly AssignmentAnswer[];
}
