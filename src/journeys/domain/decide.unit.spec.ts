import { describe, it } from '@jest/globals';
import { given } from '../../../test/support/given-when-then.js';
import {
  exchangeConsentId,
  goalId,
  handoverId,
  housingNeeded,
  housingNeedId,
  journeyClosed,
  journeyOpened,
  measureId,
  referralConsentGiven,
  referralId,
  disputeId,
  goalAgreed,
  measurePlanned,
  referralMade,
} from '../../../test/support/journey-story.js';
import {
  adviceService,
  bergkamen,
  caseManager,
  headOfTeam,
  jobCentreWorker,
  kamenCaseManager,
} from '../../../test/support/office.js';
import { entry } from '../../../test/support/recorded.js';
import type { JourneyCommand } from './commands.js';
import type { Actor } from './decision.js';

/** One command of every type, with what the story below needs. */
const commands: { readonly [T in JourneyCommand['type']]: Extract<JourneyCommand, { type: T }> } = {
  GiveConsent: {
    type: 'GiveConsent',
    purpose: 'referral',
    recipients: [adviceService],
    dataCategories: ['needs'],
    form: 'written',
    language: 'ar',
    textHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    informed: { purpose: true, refusal: true, revocability: true },
    validFrom: '2026-03-10',
  },
  WithdrawConsent: { type: 'WithdrawConsent', consentId: exchangeConsentId, channel: 'phone' },
  RecordContact: { type: 'RecordContact', kind: 'phone', occurredAt: '2026-03-10T08:00:00Z', minutes: 5 },
  IdentifyNeed: { type: 'IdentifyNeed', fieldOfAction: 'money-debt', urgency: 'low' },
  ResolveNeed: { type: 'ResolveNeed', needId: housingNeedId },
  IdentifyPotential: { type: 'IdentifyPotential', kind: 'strength' },
  RecordLifeStory: { type: 'RecordLifeStory', text: 'Aus Homs' },
  AgreeGoal: { type: 'AgreeGoal', needIds: [housingNeedId], wording: 'Umzug', dueOn: '2026-09-01' },
  ReviewGoal: { type: 'ReviewGoal', goalId, result: 'partly' },
  PlanMeasure: { type: 'PlanMeasure', goalId, title: 'Antrag', responsible: 'client', dueOn: '2026-04-01' },
  CompleteMeasure: { type: 'CompleteMeasure', measureId },
  MakeReferral: {
    type: 'MakeReferral',
    organisationId: adviceService,
    needId: housingNeedId,
    mode: 'logged',
  },
  AcceptReferral: { type: 'AcceptReferral', referralId },
  DeclineReferral: { type: 'DeclineReferral', referralId, reason: 'other' },
  StartReferral: { type: 'StartReferral', referralId },
  CompleteReferral: { type: 'CompleteReferral', referralId, outcome: 'unknown' },
  CancelReferral: { type: 'CancelReferral', referralId },
  ProposeHandover: {
    type: 'ProposeHandover',
    toOrganisationId: 'jobcenter-kreis-unna',
    function: 'job-seekers-benefits',
    purpose: 'Arbeit',
    packageCategories: ['identity'],
    basis: { type: 'consent', consentId: exchangeConsentId },
  },
  ApproveHandover: { type: 'ApproveHandover', handoverId },
  ReturnHandover: { type: 'ReturnHandover', handoverId, reason: 'other' },
  DeclineHandover: { type: 'DeclineHandover', handoverId, reason: 'other' },
  WithdrawHandover: { type: 'WithdrawHandover', handoverId, reason: 'other' },
  RequestInformation: { type: 'RequestInformation', handoverId, question: 'Seit wann?' },
  ProvideInformation: { type: 'ProvideInformation', handoverId, answer: 'Seit Mai', category: 'employment' },
  AcceptHandover: { type: 'AcceptHandover', handoverId, packageHash: '0'.repeat(64) },
  EscalateHandover: { type: 'EscalateHandover', handoverId, deadline: 'review' },
  LapseHandover: { type: 'LapseHandover', handoverId },
  AssignJourney: { type: 'AssignJourney', ownerUserId: 'bergkamen-cm2' },
  EnterLegalDomain: { type: 'EnterLegalDomain', legalDomain: 'SGB_II', effectiveOn: '2026-01-01' },
  LeaveLegalDomain: { type: 'LeaveLegalDomain', legalDomain: 'SGB_II', effectiveOn: '2026-01-01' },
  DisputeStatement: { type: 'DisputeStatement', eventId: entry(0), statement: 'Nein' },
  ResolveDispute: { type: 'ResolveDispute', disputeId, outcome: 'upheld' },
  CorrectStatement: { type: 'CorrectStatement', eventId: entry(0), replacement: { concern: 'Arbeit' } },
  CloseJourney: { type: 'CloseJourney', outcome: 'withdrawn' },
  ReopenJourney: { type: 'ReopenJourney', reason: 'Irrtum' },
};
const every = Object.values(commands);

/** What the client's rights demand, and what the closure itself is about. */
const alsoWhenClosed: readonly JourneyCommand['type'][] = [
  'WithdrawConsent',
  'DisputeStatement',
  'ResolveDispute',
  'CorrectStatement',
  'CloseJourney',
  'ReopenJourney',
  'EscalateHandover',
  'LapseHandover',
];
/** Whose turn it is there, the referral or the handover says. */
const receiversAnswers: readonly JourneyCommand['type'][] = [
  'AcceptReferral',
  'DeclineReferral',
  'StartReferral',
  'CompleteReferral',
  'ApproveHandover',
  'ReturnHandover',
  'DeclineHandover',
  'WithdrawHandover',
  'RequestInformation',
  'ProvideInformation',
  'AcceptHandover',
  'EscalateHandover',
  'LapseHandover',
];

const ownerFor = ({ type }: JourneyCommand): Actor =>
  type === 'AssignJourney' || type === 'ReopenJourney' ? headOfTeam : caseManager;

const running = [
  journeyOpened,
  referralConsentGiven,
  housingNeeded,
  goalAgreed,
  measurePlanned,
  referralMade('logged'),
];

/** A handover that there is comes to an end before its journey; of another there is nothing to decide. */
const refusalOnceClosed = (command: JourneyCommand): string =>
  'handoverId' in command ? 'not-found' : 'journey-closed';

describe('a command', () => {
  it.each(every)('$type is not found on a journey that was never opened', (command) => {
    given().when(command).by(ownerFor(command)).thenRefused('not-found', { kind: 'unknown' });
  });

  it.each(every.filter(({ type }) => !alsoWhenClosed.includes(type)))(
    '$type is refused on a closed journey, whatever it says',
    (command) => {
      given(...running, journeyClosed)
        .when(command)
        .by(ownerFor(command))
        .thenRefused(refusalOnceClosed(command));
    },
  );

  it.each(every.filter(({ type }) => !receiversAnswers.includes(type)))(
    '$type is the owning organisation’s: others who see the journey may not',
    (command) => {
      for (const other of [kamenCaseManager, jobCentreWorker])
        given(...running)
          .when(command)
          .by({ ...other, roles: ['case_manager', 'supervisor'] })
          .thenRefused('not-the-owner', { kind: 'not-allowed' });
    },
  );

  it.each(every.filter(({ type }) => !receiversAnswers.includes(type)))(
    '$type of others is refused as theirs also when the journey is closed: they learn nothing of its state',
    (command) => {
      given(...running, journeyClosed)
        .when(command)
        .by({ ...jobCentreWorker, roles: ['case_manager', 'supervisor'] })
        .thenRefused('not-the-owner');
    },
  );

  it('may be that of any colleague in the owning organisation', () => {
    given(journeyOpened)
      .when(commands.RecordLifeStory)
      .by({ userId: 'bergkamen-cm2', organisationId: 'kim-bergkamen', roles: ['case_manager'] })
      .then({ type: 'LifeStoryRecorded', data: { text: 'Aus Homs' } });
  });

  it('opens no second journey in the stream', () => {
    given(...running)
      .when({
        type: 'OpenJourney',
        clientId: housingNeedId,
        municipality: bergkamen,
        accessRoute: 'other',
        residenceGroup: 'eu',
        preferredLanguage: 'ro',
      })
      .by(caseManager)
      .thenRefused('journey-exists', { kind: 'state' });
  });
});
