import type { JourneyCommand } from '../../src/journeys/domain/commands.js';
import type { JourneyEventType } from '../../src/journeys/domain/events.js';
import { everyEvent } from './every-event.js';

const commandFor: Readonly<Partial<Record<JourneyEventType, JourneyCommand['type']>>> = {
  ConsentGiven: 'GiveConsent',
  ConsentWithdrawn: 'WithdrawConsent',
  ContactRecorded: 'RecordContact',
  NeedIdentified: 'IdentifyNeed',
  NeedResolved: 'ResolveNeed',
  PotentialIdentified: 'IdentifyPotential',
  LifeStoryRecorded: 'RecordLifeStory',
  GoalAgreed: 'AgreeGoal',
  GoalReviewed: 'ReviewGoal',
  MeasurePlanned: 'PlanMeasure',
  MeasureCompleted: 'CompleteMeasure',
  ReferralMade: 'MakeReferral',
  ReferralAccepted: 'AcceptReferral',
  ReferralDeclined: 'DeclineReferral',
  ReferralStarted: 'StartReferral',
  ReferralCompleted: 'CompleteReferral',
  ReferralCancelled: 'CancelReferral',
  HandoverReturned: 'ReturnHandover',
  HandoverApproved: 'ApproveHandover',
  HandoverInformationRequested: 'RequestInformation',
  HandoverInformationProvided: 'ProvideInformation',
  HandoverDeclined: 'DeclineHandover',
  HandoverWithdrawn: 'WithdrawHandover',
  HandoverLapsed: 'LapseHandover',
  HandoverEscalated: 'EscalateHandover',
  HandoverAccepted: 'AcceptHandover',
  HandoverProposed: 'ProposeHandover',
  LegalDomainEntered: 'EnterLegalDomain',
  LegalDomainLeft: 'LeaveLegalDomain',
  DataDisputed: 'DisputeStatement',
  DisputeResolved: 'ResolveDispute',
  DataCorrected: 'CorrectStatement',
  JourneyClosed: 'CloseJourney',
  JourneyReopened: 'ReopenJourney',
};

/** A command of every type, about the things that `everyEvent` makes. */
export const everyCommand: readonly JourneyCommand[] = [
  ...Object.entries(commandFor).map(
    ([event, type]) => ({ ...everyEvent[event as JourneyEventType], type }) as unknown as JourneyCommand,
  ),
  { type: 'AssignJourney', ownerUserId: 'bergkamen-cm2' },
  { type: 'AssignJourney', ownerUserId: 'bergkamen-lead' },
];
