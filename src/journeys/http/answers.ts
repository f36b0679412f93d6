import { Uuid } from '../../http/index.js';

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
