/**
 * What a user can ask of a journey. Fields are those of the HTTP contract; new ids come in with the
 * command's context (`ids`), because they derive from the command id.
 */
import type {
  ClosureOutcome,
  DataCategory,
  DisputeOutcome,
  GoalResult,
  HandoverDeadline,
  HandoverReason,
  LegalDomain,
  ReferralDeclineReason,
  ReferralOutcome,
  WithdrawalChannel,
} from './codes.js';
import type {
  ConsentGiven,
  ContactRecorded,
  GoalAgreed,
  HandoverProposed,
  JourneyOpened,
  MeasurePlanned,
  NeedIdentified,
  PotentialIdentified,
  ReferralMade,
} from './events.js';

export interface OpenJourney extends Omit<JourneyOpened, 'journeyId' | 'owner' | 'openedOn'> {
  readonly type: 'OpenJourney';
  readonly openedOn?: string;
}

export interface GiveConsent extends Omit<ConsentGiven, 'consentId'> {
  readonly type: 'GiveConsent';
}
export interface WithdrawConsent {
  readonly type: 'WithdrawConsent';
  readonly consentId: string;
  readonly channel: WithdrawalChannel;
  readonly withdrawnOn?: string;
}

export interface RecordContact extends Omit<ContactRecorded, 'contactId'> {
  readonly type: 'RecordContact';
}

export interface IdentifyNeed extends Omit<NeedIdentified, 'needId'> {
  readonly type: 'IdentifyNeed';
}
export interface ResolveNeed {
  readonly type: 'ResolveNeed';
  readonly needId: string;
  readonly note?: string;
}

export interface IdentifyPotential extends Omit<PotentialIdentified, 'potentialId'> {
  readonly type: 'IdentifyPotential';
}
export interface RecordLifeStory {
  readonly type: 'RecordLifeStory';
  readonly text: string;
}

export interface AgreeGoal extends Omit<GoalAgreed, 'goalId'> {
  readonly type: 'AgreeGoal';
}
export interface ReviewGoal {
  readonly type: 'ReviewGoal';
  readonly goalId: string;
  readonly result: GoalResult;
  readonly note?: string;
}
export interface PlanMeasure extends Omit<MeasurePlanned, 'measureId'> {
  readonly type: 'PlanMeasure';
}
export interface CompleteMeasure {
  readonly type: 'CompleteMeasure';
  readonly measureId: string;
  readonly note?: string;
}

export interface MakeReferral extends Omit<ReferralMade, 'referralId'> {
  readonly type: 'MakeReferral';
}
interface ReferralStepCommand {
  readonly referralId: string;
  readonly note?: string;
  readonly occurredOn?: string;
}
export interface AcceptReferral extends ReferralStepCommand {
  readonly type: 'AcceptReferral';
}
export interface DeclineReferral extends ReferralStepCommand {
  readonly type: 'DeclineReferral';
  readonly reason: ReferralDeclineReason;
}
export interface StartReferral extends ReferralStepCommand {
  readonly type: 'StartReferral';
}
export interface CompleteReferral extends ReferralStepCommand {
  readonly type: 'CompleteReferral';
  readonly outcome: ReferralOutcome;
}
export interface CancelReferral extends ReferralStepCommand {
  readonly type: 'CancelReferral';
}

export interface ProposeHandover extends Omit<HandoverProposed, 'handoverId' | 'nonce' | 'basis'> {
  readonly type: 'ProposeHandover';
  readonly basis:
    | { readonly type: 'consent'; readonly consentId: string }
    | { readonly type: 'statute'; readonly rule: string };
}
export interface ApproveHandover {
  readonly type: 'ApproveHandover';
  readonly handoverId: string;
  readonly acknowledged?: readonly string[];
}
interface HandoverEndCommand {
  readonly handoverId: string;
  readonly reason: HandoverReason;
  readonly note?: string;
}
export interface ReturnHandover extends HandoverEndCommand {
  readonly type: 'ReturnHandover';
}
export interface DeclineHandover extends HandoverEndCommand {
  readonly type: 'DeclineHandover';
}
export interface WithdrawHandover extends HandoverEndCommand {
  readonly type: 'WithdrawHandover';
}
export interface RequestInformation {
  readonly type: 'RequestInformation';
  readonly handoverId: string;
  readonly question: string;
}
export interface ProvideInformation {
  readonly type: 'ProvideInformation';
  readonly handoverId: string;
  readonly answer: string;
  readonly category: DataCategory;
}
export interface AcceptHandover {
  readonly type: 'AcceptHandover';
  readonly handoverId: string;
  readonly packageHash: string;
  /** The caller if absent. */
  readonly ownerUserId?: string;
  readonly overrideReason?: string;
}
/** The deadline runner's: a step of a handover is overdue. */
export interface EscalateHandover {
  readonly type: 'EscalateHandover';
  readonly handoverId: string;
  readonly deadline: HandoverDeadline;
}
/** The deadline runner's: what the handover rests on has ended. */
export interface LapseHandover {
  readonly type: 'LapseHandover';
  readonly handoverId: string;
}

export interface AssignJourney {
  readonly type: 'AssignJourney';
  readonly ownerUserId: string;
  /** Only if the journey is this person's. */
  readonly fromUserId?: string;
  readonly overrideReason?: string;
}

export interface EnterLegalDomain {
  readonly type: 'EnterLegalDomain';
  readonly legalDomain: LegalDomain;
  readonly effectiveOn: string;
}
export interface LeaveLegalDomain {
  readonly type: 'LeaveLegalDomain';
  readonly legalDomain: LegalDomain;
  readonly effectiveOn: string;
}

export interface DisputeStatement {
  readonly type: 'DisputeStatement';
  readonly eventId: string;
  readonly statement: string;
}
export interface ResolveDispute {
  readonly type: 'ResolveDispute';
  readonly disputeId: string;
  readonly outcome: DisputeOutcome;
  readonly note?: string;
}
export interface CorrectStatement {
  readonly type: 'CorrectStatement';
  readonly eventId: string;
  readonly replacement: Readonly<Record<string, unknown>>;
}

export interface CloseJourney {
  readonly type: 'CloseJourney';
  readonly outcome: ClosureOutcome;
  readonly reason?: string;
}
export interface ReopenJourney {
  readonly type: 'ReopenJourney';
  readonly reason: string;
}

/** Every command on a journey that exists. */
export type JourneyCommand =
  | GiveConsent
  | WithdrawConsent
  | RecordContact
  | IdentifyNeed
  | ResolveNeed
  | IdentifyPotential
  | RecordLifeStory
  | AgreeGoal
  | ReviewGoal
  | PlanMeasure
  | CompleteMeasure
  | MakeReferral
  | AcceptReferral
  | DeclineReferral
  | StartReferral
  | CompleteReferral
  | CancelReferral
  | ProposeHandover
  | ApproveHandover
  | ReturnHandover
  | DeclineHandover
  | WithdrawHandover
  | RequestInformation
  | ProvideInformation
  | AcceptHandover
  | EscalateHandover
  | LapseHandover
  | AssignJourney
  | EnterLegalDomain
  | LeaveLegalDomain
  | DisputeStatement
  | ResolveDispute
  | CorrectStatement
  | CloseJourney
  | ReopenJourney;
