import {
  identifyNeed,
  identifyPotential,
  recordContact,
  recordLifeStory,
  resolveNeed,
} from './assessment.js';
import { closeJourney, reopenJourney } from './closure.js';
import type { JourneyCommand } from './commands.js';
import { giveConsent, withdrawConsent } from './consent.js';
import { notAllowed, notFound, nothingToDo, refuse } from './decision.js';
import type { Context, Decision } from './decision.js';
import {
  acceptHandover,
  approveHandover,
  decidedTooLate,
  declineHandover,
  escalateHandover,
  proposeHandover,
  provideInformation,
  requestInformation,
  returnHandover,
  withdrawHandover,
} from './handover.js';
import { lapses, onDay } from './handover-state.js';
import type { ActiveJourney, ClosedJourney, Journey } from './journey.js';
import { enterLegalDomain, leaveLegalDomain } from './legal-domains.js';
import { assignJourney } from './ownership.js';
import { agreeGoal, completeMeasure, planMeasure, reviewGoal } from './plan.js';
import {
  acceptReferral,
  answeredTooLate,
  answersOfReceiver,
  cancelReferral,
  completeReferral,
  declineReferral,
  makeReferral,
  startReferral,
} from './referral.js';
import { correctStatement, disputeStatement, resolveDispute } from './statements.js';

/**
 * What becomes of a command on a journey: events, none (it changes nothing), or a refusal. Whether the
 * caller may see the journey at all was settled before (`grants`).
 */
export const decide = (command: JourneyCommand, journey: Journey, context: Context): Decision => {
  if (journey.stage === 'none') return notFound;
  // A consent that has ended is in force for nobody; what rested on it is recorded with whatever comes next.
  const lapsed = lapses(journey, context.today);
  const decision = decideToday(command, onDay(journey, context.today), context);
  const isToBeRecorded = decision.events?.length !== 0 || command.type === 'LapseHandover';
  return lapsed.length > 0 && decision.events && isToBeRecorded
    ? { events: [...lapsed, ...decision.events] }
    : decision;
};

const decideToday = (
  command: JourneyCommand,
  journey: ActiveJourney | ClosedJourney,
  context: Context,
): Decision => {
  if (!mayDecide(command, journey, context)) return notAllowed('not-the-owner');
  return decideAlsoWhenClosed(command, journey, context) ?? decideWhenActive(command, journey, context);
};

/** The owner decides; others where they are asked, and where the client takes back what they told them. */
const mayDecide = (
  command: JourneyCommand,
  { owner, consents }: ActiveJourney | ClosedJourney,
  { actor }: Context,
): boolean =>
  actor.organisationId === owner.organisationId ||
  answersOfReceiver.has(command.type) ||
  answeredByEitherOffice.has(command.type) ||
  (command.type === 'WithdrawConsent' &&
    consents.some(
      ({ consentId, recordedBy }) =>
        consentId === command.consentId && recordedBy.organisationId === actor.organisationId,
    ));

/** Whose turn it is, the handover itself says. */
const answeredByEitherOffice = new Set<string>([
  'ApproveHandover',
  'ReturnHandover',
  'DeclineHandover',
  'WithdrawHandover',
  'RequestInformation',
  'ProvideInformation',
  'AcceptHandover',
  'EscalateHandover',
  'LapseHandover',
]);

type OnAnyJourney = Extract<
  JourneyCommand,
  {
    type:
      | 'WithdrawConsent'
      | 'DisputeStatement'
      | 'ResolveDispute'
      | 'CorrectStatement'
      | 'CloseJourney'
      | 'ReopenJourney'
      | 'EscalateHandover'
      | 'LapseHandover';
  }
>;
type OnActiveJourney = Exclude<JourneyCommand, OnAnyJourney>;

/** What the client's rights or the closure itself demand is possible on a closed journey, too. */
const decideAlsoWhenClosed = (
  command: JourneyCommand,
  journey: ActiveJourney | ClosedJourney,
  context: Context,
): Decision | undefined => {
  switch (command.type) {
    case 'WithdrawConsent':
      return withdrawConsent(command, journey, context);
    case 'DisputeStatement':
      return disputeStatement(command, journey, context);
    case 'ResolveDispute':
      return resolveDispute(command, journey);
    case 'CorrectStatement':
      return correctStatement(command, journey, context);
    case 'CloseJourney':
      return closeJourney(command, journey);
    case 'ReopenJourney':
      return reopenJourney(command, journey, context);
    case 'EscalateHandover':
      return escalateHandover(command, journey, context);
    case 'LapseHandover':
      // What has lapsed is put before this decision, as before any.
      return nothingToDo;
    default:
      return undefined;
  }
};

const decideWhenActive = (
  command: JourneyCommand,
  journey: ActiveJourney | ClosedJourney,
  context: Context,
): Decision =>
  journey.stage === 'active'
    ? decideActive(command as OnActiveJourney, journey, context)
    : tooLate(command, journey, context);

/** Other offices learn of a closure by no answer: what they are told of is what became of their own business. */
const tooLate = (command: JourneyCommand, journey: ClosedJourney, context: Context): Decision => {
  if ('handoverId' in command) return decidedTooLate(command.handoverId, journey, context);
  const isOwner = context.actor.organisationId === journey.owner.organisationId;
  return 'referralId' in command && !isOwner
    ? answeredTooLate(command.referralId, journey, context)
    : refuse('journey-closed');
};

const decideActive = (command: OnActiveJourney, journey: ActiveJourney, context: Context): Decision => {
  switch (command.type) {
    case 'GiveConsent':
      return giveConsent(command, journey, context);
    case 'RecordContact':
      return recordContact(command, journey, context);
    case 'IdentifyNeed':
      return identifyNeed(command, journey, context);
    case 'ResolveNeed':
      return resolveNeed(command, journey);
    case 'IdentifyPotential':
      return identifyPotential(command, journey, context);
    case 'RecordLifeStory':
      return recordLifeStory(command, journey);
    case 'AgreeGoal':
      return agreeGoal(command, journey, context);
    case 'ReviewGoal':
      return reviewGoal(command, journey);
    case 'PlanMeasure':
      return planMeasure(command, journey, context);
    case 'CompleteMeasure':
      return completeMeasure(command, journey);
    case 'MakeReferral':
      return makeReferral(command, journey, context);
    case 'AcceptReferral':
      return acceptReferral(command, journey, context);
    case 'DeclineReferral':
      return declineReferral(command, journey, context);
    case 'StartReferral':
      return startReferral(command, journey, context);
    case 'CompleteReferral':
      return completeReferral(command, journey, context);
    case 'CancelReferral':
      return cancelReferral(command, journey, context);
    case 'ProposeHandover':
      return proposeHandover(command, journey, context);
    case 'ApproveHandover':
      return approveHandover(command, journey, context);
    case 'ReturnHandover':
      return returnHandover(command, journey, context);
    case 'DeclineHandover':
      return declineHandover(command, journey, context);
    case 'WithdrawHandover':
      return withdrawHandover(command, journey, context);
    case 'RequestInformation':
      return requestInformation(command, journey, context);
    case 'ProvideInformation':
      return provideInformation(command, journey, context);
    case 'AcceptHandover':
      return acceptHandover(command, journey, context);
    case 'AssignJourney':
      return assignJourney(command, journey, context);
    case 'EnterLegalDomain':
      return enterLegalDomain(command, journey);
    case 'LeaveLegalDomain':
      return leaveLegalDomain(command, journey);
  }
};
