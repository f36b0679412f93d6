/**
 * What can be recorded of a journey: the storage format, for ever. A field may be added as optional; any
 * other change is a new schema version with an upcaster (`src/journeys/journey-codec.ts`).
 *
 * Dates are `YYYY-MM-DD`, instants RFC 3339 in UTC, ids UUIDs; organisations are slugs of their register.
 */
import type {
  AccessRoute,
  CefrLevel,
  ClosureOutcome,
  ConsentForm,
  ConsentPurpose,
  ContactKind,
  DataCategory,
  DisputeOutcome,
  FieldOfAction,
  Gender,
  GenderPreference,
  GoalResult,
  HandoverDeadline,
  HandoverFunction,
  HandoverReason,
  IscedLevel,
  LegalDomain,
  PotentialKind,
  ReferralDeclineReason,
  ReferralMode,
  ReferralOutcome,
  ResidenceGroup,
  Responsible,
  Urgency,
  WithdrawalChannel,
} from './codes.js';

export interface Owner {
  readonly organisationId: string;
  readonly userId: string;
}

export interface JourneyOpened {
  readonly journeyId: string;
  readonly clientId: string;
  readonly municipality: string;
  readonly owner: Owner;
  readonly openedOn: string;
  readonly accessRoute: AccessRoute;
  readonly residenceGroup: ResidenceGroup;
  readonly preferredLanguage: string;
  readonly interpreterNeeded?: boolean;
  readonly counsellorPreference?: GenderPreference;
  readonly interpreterPreference?: GenderPreference;
  readonly socialArea?: string;
  readonly concern?: string;
  readonly referredBy?: string;
}

export interface Informed {
  readonly purpose: true;
  readonly refusal: true;
  readonly revocability: true;
}

export interface ConsentGiven {
  readonly consentId: string;
  readonly purpose: ConsentPurpose;
  readonly recipients: readonly string[];
  readonly validFrom: string;
  readonly validUntil?: string;
  readonly dataCategories: readonly DataCategory[];
  readonly form: ConsentForm;
  readonly language: string;
  readonly textHash: string;
  readonly informed: Informed;
  readonly interpreter?: boolean;
  readonly includesArticle9?: boolean;
}

export interface ConsentWithdrawn {
  readonly consentId: string;
  readonly withdrawnOn: string;
  readonly channel: WithdrawalChannel;
}

export interface ContactRecorded {
  readonly contactId: string;
  readonly occurredAt: string;
  readonly kind: ContactKind;
  readonly minutes: number;
  readonly language?: string;
  readonly interpreter?: boolean;
  readonly interpreterGender?: Gender;
  readonly present?: readonly string[];
  readonly note?: string;
}

export interface NeedIdentified {
  readonly needId: string;
  readonly occurredOn?: string;
  readonly fieldOfAction: FieldOfAction;
  readonly urgency: Urgency;
  readonly description?: string;
  readonly clientWish?: string;
}

export interface NeedResolved {
  readonly needId: string;
  readonly note?: string;
}

export interface PotentialIdentified {
  readonly potentialId: string;
  readonly kind: PotentialKind;
  readonly language?: string;
  readonly cefrLevel?: CefrLevel;
  readonly isced?: IscedLevel;
  readonly description?: string;
}

export interface LifeStoryRecorded {
  readonly text: string;
}

export interface GoalAgreed {
  readonly goalId: string;
  readonly needIds: readonly string[];
  readonly dueOn: string;
  readonly wording: string;
  readonly measuredBy?: string;
  readonly agreedByClient?: boolean;
}

export interface GoalReviewed {
  readonly goalId: string;
  readonly result: GoalResult;
  readonly note?: string;
}

export interface MeasurePlanned {
  readonly measureId: string;
  readonly goalId: string;
  readonly dueOn: string;
  readonly title: string;
  readonly responsible: Responsible;
}

export interface MeasureCompleted {
  readonly measureId: string;
  readonly note?: string;
}

export interface ReferralMade {
  readonly referralId: string;
  readonly organisationId: string;
  readonly needId: string;
  readonly mode: ReferralMode;
  readonly consentId?: string;
  readonly note?: string;
}

interface ReferralStep {
  readonly referralId: string;
  readonly occurredOn?: string;
  readonly note?: string;
}
export type ReferralAccepted = ReferralStep;
export type ReferralStarted = ReferralStep;
export interface ReferralDeclined extends ReferralStep {
  readonly reason: ReferralDeclineReason;
}
export interface ReferralCompleted extends ReferralStep {
  readonly outcome: ReferralOutcome;
}
export interface ReferralCancelled extends ReferralStep {
  /** Why, where it was not the owner's own decision: the consent that the referral rested on was withdrawn. */
  readonly cause?: 'consent-withdrawn';
}

/** What lets the package travel. */
export type HandoverBasis =
  | {
      readonly type: 'consent';
      readonly consentId: string;
      /** The consent's last day, `YYYY-MM-DD`: after it the handover lapses. */
      readonly validUntil?: string;
    }
  | { readonly type: 'statute'; readonly rule: string };

/** The change of legal domain that a handover serves. */
export interface Transition {
  readonly from: LegalDomain;
  readonly to: LegalDomain;
}

export interface HandoverProposed {
  readonly handoverId: string;
  readonly toOrganisationId: string;
  readonly function: HandoverFunction;
  readonly basis: HandoverBasis;
  readonly packageCategories: readonly DataCategory[];
  /** 128 random bits, so that the package's hash confirms no guess of what is in it. */
  readonly nonce: string;
  readonly purpose: string;
  readonly reason?: string;
  readonly transition?: Transition;
}

interface HandoverEnd {
  readonly handoverId: string;
  readonly reason: HandoverReason;
  readonly note?: string;
}
export type HandoverReturned = HandoverEnd;
export type HandoverDeclined = HandoverEnd;
export interface HandoverWithdrawn extends Omit<HandoverEnd, 'reason'> {
  /** Absent where the proposal was made anew. */
  readonly reason?: HandoverReason;
  readonly cause?: 'proposed-anew';
}
export interface HandoverApproved {
  readonly handoverId: string;
  /** What the supervisor confirms to have looked at. */
  readonly acknowledged?: readonly string[];
}
export interface HandoverInformationRequested {
  readonly handoverId: string;
  readonly question: string;
}
export interface HandoverInformationProvided {
  readonly handoverId: string;
  /** To which the answer belongs. */
  readonly category: DataCategory;
  readonly answer: string;
}
/** Responsibility and visibility move, both in this one event. */
export interface HandoverAccepted {
  readonly handoverId: string;
  readonly owner: Owner;
  /** SHA-256, 64 lower-case hex digits: of the package that the new owner saw. */
  readonly packageHash: string;
  readonly overrideReason?: string;
}
export interface HandoverLapsed {
  readonly handoverId: string;
  readonly cause: 'consent-withdrawn' | 'consent-ended';
}
export interface HandoverEscalated {
  readonly handoverId: string;
  readonly deadline: HandoverDeadline;
  /** `YYYY-MM-DD`: the day that passed. */
  readonly dueOn: string;
}
/** The new owner has met the client. */
export interface HandoverCompleted {
  readonly handoverId: string;
  readonly contactId: string;
}

export interface JourneyAssigned {
  readonly owner: Owner;
  readonly overrideReason?: string;
}

export interface LegalDomainEntered {
  readonly effectiveOn: string;
  readonly legalDomain: LegalDomain;
}

export interface LegalDomainLeft {
  readonly effectiveOn: string;
  readonly legalDomain: LegalDomain;
}

export interface DataDisputed {
  readonly disputeId: string;
  readonly eventId: string;
  readonly statement: string;
}

export interface DisputeResolved {
  readonly disputeId: string;
  readonly outcome: DisputeOutcome;
  readonly note?: string;
}

export interface DataCorrected {
  readonly eventId: string;
  /** The corrected fields of that event, each with its new value. */
  readonly replacement: Readonly<Record<string, unknown>>;
}

export interface JourneyClosed {
  readonly outcome: ClosureOutcome;
  readonly reason?: string;
}

export interface JourneyReopened {
  readonly reason: string;
}

/** Event types and their data. The names are what is stored. */
export interface JourneyEventData {
  JourneyOpened: JourneyOpened;
  ConsentGiven: ConsentGiven;
  ConsentWithdrawn: ConsentWithdrawn;
  ContactRecorded: ContactRecorded;
  NeedIdentified: NeedIdentified;
  NeedResolved: NeedResolved;
  PotentialIdentified: PotentialIdentified;
  LifeStoryRecorded: LifeStoryRecorded;
  GoalAgreed: GoalAgreed;
  GoalReviewed: GoalReviewed;
  MeasurePlanned: MeasurePlanned;
  MeasureCompleted: MeasureCompleted;
  ReferralMade: ReferralMade;
  ReferralAccepted: ReferralAccepted;
  ReferralDeclined: ReferralDeclined;
  ReferralStarted: ReferralStarted;
  ReferralCompleted: ReferralCompleted;
  ReferralCancelled: ReferralCancelled;
  HandoverProposed: HandoverProposed;
  HandoverReturned: HandoverReturned;
  HandoverApproved: HandoverApproved;
  HandoverInformationRequested: HandoverInformationRequested;
  HandoverInformationProvided: HandoverInformationProvided;
  HandoverAccepted: HandoverAccepted;
  HandoverDeclined: HandoverDeclined;
  HandoverWithdrawn: HandoverWithdrawn;
  HandoverLapsed: HandoverLapsed;
  HandoverEscalated: HandoverEscalated;
  HandoverCompleted: HandoverCompleted;
  JourneyAssigned: JourneyAssigned;
  LegalDomainEntered: LegalDomainEntered;
  LegalDomainLeft: LegalDomainLeft;
  DataDisputed: DataDisputed;
  DisputeResolved: DisputeResolved;
  DataCorrected: DataCorrected;
  JourneyClosed: JourneyClosed;
  JourneyReopened: JourneyReopened;
}

export type JourneyEventType = keyof JourneyEventData;

/** A fact that a decision found; not yet recorded. */
export type JourneyEvent = {
  [T in JourneyEventType]: { readonly type: T; readonly data: JourneyEventData[T] };
}[JourneyEventType];
