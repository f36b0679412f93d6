import type { Gender, HandoverDeadline, HandoverReason } from '../domain/codes.js';
import type { JourneyEventType } from '../domain/events.js';
import { correctedFields, fieldsOfNeeds } from './sentences.js';
import type { CorrectableField, Sentences } from './sentences.js';
import type { Entry, Surroundings } from './surroundings.js';
import { ifKnown, listed, wordsIn } from './words.js';

const { day, label, labels, languageName, quoted, said } = wordsIn('en');

export const english: Sentences = {
  corrected: 'This entry was corrected and stands here as corrected.',
  disputed: 'The client disputes that this entry is right (§ 84 SGB X).',

  tell: {
    JourneyOpened: (opened, around) =>
      ifKnown`${around.organisation(opened.owner.organisationId)} opened the journey` +
      ifKnown` in ${around.municipality(opened.municipality)}` +
      ifKnown` on ${day(opened.openedOn)}` +
      '.' +
      ifKnown` Access: ${label('accessRoute', opened.accessRoute)}.` +
      ifKnown` Recommended by: ${said(opened.referredBy)}` +
      ifKnown` Residence: ${label('residenceGroup', opened.residenceGroup)}.` +
      ifKnown` Preferred language: ${languageName(opened.preferredLanguage)}.` +
      interpreterNeeded(opened.interpreterNeeded) +
      ifKnown` Wish for a counsellor: ${label('counsellorPreference', opened.counsellorPreference)}.` +
      ifKnown` Wish for an interpreter: ${label('interpreterPreference', opened.interpreterPreference)}.` +
      ifKnown` Social area: ${around.socialArea(opened.socialArea)}.` +
      ifKnown` Concern: ${said(opened.concern)}`,

    ConsentGiven: (consent, { organisation }) =>
      'The client gave consent' +
      ifKnown`: ${label('consentPurpose', consent.purpose)}` +
      '.' +
      ifKnown` It is valid from ${day(consent.validFrom)}` +
      ifKnown` until ${day(consent.validUntil)}` +
      '.' +
      ifKnown` For: ${listed(consent.recipients.flatMap((id) => organisation(id) ?? []))}.` +
      ifKnown` Data categories: ${labels('dataCategory', consent.dataCategories)}.` +
      ifTrue(consent.includesArticle9, ' It names expressly what Art. 9 GDPR protects.') +
      ifKnown` Form: ${label('consentForm', consent.form)}.` +
      ifKnown` Language: ${languageName(consent.language)}.` +
      interpreted(consent.interpreter, undefined) +
      ifTrue(
        consent.informed !== undefined,
        ' Purpose, consequences of refusal and the right to withdraw were explained.',
      ),

    ConsentWithdrawn: ({ consentId, withdrawnOn, channel }, { consent }) =>
      'The client withdrew a consent' +
      ifKnown` on ${day(withdrawnOn)}` +
      ifKnown`: ${label('consentPurpose', consent(consentId)?.purpose)}` +
      '.' +
      ifKnown` Channel: ${label('withdrawalChannel', channel)}.`,

    ContactRecorded: (contact) =>
      'There was a contact' +
      ifKnown` of ${duration(contact.minutes)}` +
      ifKnown`: ${label('contactKind', contact.kind)}` +
      '.' +
      ifKnown` Language: ${languageName(contact.language)}.` +
      interpreted(contact.interpreter, contact.interpreterGender) +
      ifKnown` Also present: ${listed(contact.present?.flatMap((person) => quoted(person) ?? []))}.` +
      ifKnown` Note: ${said(contact.note)}`,

    NeedIdentified: (need) =>
      'A need was identified' +
      ifKnown` on ${day(need.occurredOn)}` +
      ifKnown`: ${label('fieldOfAction', need.fieldOfAction)}` +
      '.' +
      ifKnown` Urgency: ${label('urgency', need.urgency)}.` +
      ifKnown` Description: ${said(need.description)}` +
      ifKnown` The client’s own wish: ${said(need.clientWish)}`,

    NeedResolved: ({ needId, note }, { fieldOfNeed }) =>
      'A need was met' +
      ifKnown`: ${label('fieldOfAction', fieldOfNeed(needId))}` +
      '.' +
      ifKnown` Note: ${said(note)}`,

    PotentialIdentified: (potential) =>
      'A potential was identified' +
      ifKnown`: ${label('potentialKind', potential.kind)}` +
      '.' +
      ifKnown` Language: ${languageName(potential.language)}.` +
      ifKnown` Language level: ${label('cefrLevel', potential.cefrLevel)}.` +
      ifKnown` Level of education: ${label('isced', potential.isced)}.` +
      ifKnown` Description: ${said(potential.description)}`,

    LifeStoryRecorded: ({ text }) =>
      'The client told of their life.' + ifKnown` In their own words: ${said(text)}`,

    GoalAgreed: (goal, around) =>
      'A goal was agreed' +
      ifKnown`, due on ${day(goal.dueOn)}` +
      '.' +
      ifKnown` Goal: ${said(goal.wording)}` +
      ifKnown` Measured by: ${said(goal.measuredBy)}` +
      ifKnown` For the need: ${labels('fieldOfAction', fieldsOfNeeds(goal.needIds, around))}.` +
      agreed(goal.agreedByClient),

    GoalReviewed: ({ goalId, result, note }, { goal }) =>
      'A goal was reviewed.' +
      ifKnown` Result: ${label('goalResult', result)}.` +
      ifKnown` Goal: ${said(goal(goalId)?.wording)}` +
      ifKnown` Note: ${said(note)}`,

    MeasurePlanned: (measure, { goal }) =>
      'A measure was planned' +
      ifKnown`, due on ${day(measure.dueOn)}` +
      '.' +
      ifKnown` Measure: ${said(measure.title)}` +
      ifKnown` Responsible: ${label('measureResponsible', measure.responsible)}.` +
      ifKnown` For the goal: ${said(goal(measure.goalId)?.wording)}`,

    MeasureCompleted: ({ measureId, note }, { measure }) =>
      'A measure was completed.' +
      ifKnown` Measure: ${said(measure(measureId)?.title)}` +
      ifKnown` Note: ${said(note)}`,

    ReferralMade: (referral, { organisation, fieldOfNeed }) =>
      'The client was referred' +
      ifKnown` to ${organisation(referral.organisationId)}` +
      '.' +
      ifKnown` Kind: ${label('referralMode', referral.mode)}.` +
      ifKnown` For the need: ${label('fieldOfAction', fieldOfNeed(referral.needId))}.` +
      ifKnown` Note: ${said(referral.note)}`,

    ReferralAccepted: (step, around) =>
      `${ofReferral(step, around, 'accepted')}.` + ifKnown` Note: ${said(step.note)}`,

    ReferralDeclined: (step, around) =>
      `${ofReferral(step, around, 'declined')}.` +
      ifKnown` Reason: ${label('referralDeclineReason', step.reason)}.` +
      ifKnown` Note: ${said(step.note)}`,

    ReferralStarted: (step, around) =>
      `${ofReferral(step, around, 'started')}.` + ifKnown` Note: ${said(step.note)}`,

    ReferralCompleted: (step, around) =>
      `${ofReferral(step, around, 'completed')}.` +
      ifKnown` Outcome: ${label('referralOutcome', step.outcome)}.` +
      ifKnown` Note: ${said(step.note)}`,

    ReferralCancelled: (step, around) =>
      `${ofReferral(step, around, 'cancelled')}.` +
      ifTrue(step.cause === 'consent-withdrawn', ' The consent to it was withdrawn.') +
      ifKnown` Note: ${said(step.note)}`,

    HandoverProposed: (handover, { organisation }) =>
      'It was proposed to hand the client over' +
      ifKnown` to ${organisation(handover.toOrganisationId)}` +
      ifKnown`: ${label('handoverFunction', handover.function)}` +
      '.' +
      ifKnown` Data categories: ${labels('dataCategory', handover.packageCategories)}.` +
      ifKnown` Legal domain: from ${label('legalDomain', handover.transition?.from)}` +
      ifKnown` to ${label('legalDomain', handover.transition?.to)}.` +
      ifKnown` Purpose: ${said(handover.purpose)}` +
      ifKnown` Reason: ${said(handover.reason)}`,

    HandoverReturned: (step, around) => `${ofHandover(step, around)} returned for revision.${because(step)}`,

    HandoverApproved: (step, around) =>
      `${ofHandover(step, around)} approved and offered.` +
      ifKnown` Looked at: ${listed(step.acknowledged?.flatMap((one) => quoted(one) ?? []))}.`,

    HandoverInformationRequested: ({ question }) =>
      'The receiving office asked for information.' + ifKnown` Question: ${said(question)}`,

    HandoverInformationProvided: ({ answer, category }) =>
      'The question of the receiving office was answered.' +
      ifKnown` Data category: ${label('dataCategory', category)}.` +
      ifKnown` Answer: ${said(answer)}`,

    HandoverAccepted: ({ owner, overrideReason }, { organisation, member }) =>
      ifKnown`${organisation(owner.organisationId)} took the client over` +
      ifKnown` (${member(owner.userId)})` +
      '.' +
      ifKnown` Reason: ${said(overrideReason)}`,

    HandoverDeclined: (step, around) => `${ofHandover(step, around)} declined.${because(step)}`,

    HandoverWithdrawn: (step, around) =>
      step.cause === 'proposed-anew'
        ? `${ofHandover(step, around)} replaced by a new proposal.`
        : `${ofHandover(step, around)} withdrawn.${because(step)}`,

    HandoverLapsed: ({ cause }) =>
      'The handover has lapsed: the consent that it rested on ' +
      (cause === 'consent-withdrawn' ? 'was withdrawn.' : 'has ended.'),

    HandoverEscalated: ({ deadline, dueOn }) =>
      `${overdue[deadline]} is overdue` + ifKnown` since ${day(dueOn)}` + '.',

    HandoverCompleted: () => 'The new owner has met the client: the handover is complete.',

    JourneyAssigned: ({ owner, overrideReason }, { member, organisation }) =>
      `${member(owner.userId) ?? 'Another person'} is now responsible for the journey` +
      ifKnown` (${organisation(owner.organisationId)})` +
      '.' +
      ifKnown` Reason: ${said(overrideReason)}`,

    LegalDomainEntered: ({ effectiveOn, legalDomain }) =>
      'The client entered a legal domain' +
      ifKnown` on ${day(effectiveOn)}` +
      ifKnown`: ${label('legalDomain', legalDomain)}` +
      '.',

    LegalDomainLeft: ({ effectiveOn, legalDomain }) =>
      'The client left a legal domain' +
      ifKnown` on ${day(effectiveOn)}` +
      ifKnown`: ${label('legalDomain', legalDomain)}` +
      '.',

    DataDisputed: ({ eventId, statement }, { entry }) =>
      `The client disputes that ${named(entry(eventId))} is right.` +
      ifKnown` The client’s own account: ${said(statement)}`,

    DisputeResolved: ({ disputeId, outcome, note }, { disputed }) =>
      `It was decided whether ${named(disputed(disputeId))} is right.` +
      ifKnown` The dispute was ${outcome}.` +
      ifKnown` Note: ${said(note)}`,

    DataCorrected: ({ eventId, replacement }, { entry }) =>
      `A correction was made to ${named(entry(eventId))}.` +
      ifKnown` It concerns: ${listed(correctedFields(replacement).map((field) => fields[field]))}.`,

    JourneyClosed: ({ outcome, reason }) =>
      'The journey was closed.' +
      ifKnown` Outcome: ${label('closureOutcome', outcome)}.` +
      ifKnown` Reason: ${said(reason)}`,

    JourneyReopened: ({ reason }) => 'The journey was reopened.' + ifKnown` Reason: ${said(reason)}`,
  },
};

const ifTrue = (fact: boolean | undefined, sentence: string): string => (fact === true ? sentence : '');

const interpreterNeeded = (needed: boolean | undefined): string => {
  if (needed === undefined) return '';
  return needed ? ' An interpreter is needed.' : ' No interpreter is needed.';
};

const interpreted = (interpreter: boolean | undefined, gender: Gender | undefined): string => {
  if (interpreter === false) return ' Without an interpreter.';
  if (gender === 'woman') return ' With an interpreter (a woman).';
  if (gender === 'man') return ' With an interpreter (a man).';
  return ifTrue(interpreter, ' With an interpreter.');
};

const duration = (minutes: number | undefined): string | undefined =>
  minutes === undefined || minutes === 0 ? undefined : minutes === 1 ? '1 minute' : `${minutes} minutes`;

const agreed = (byClient: boolean | undefined): string => {
  if (byClient === undefined) return '';
  return byClient ? ' The client agreed.' : ' The client has not agreed yet.';
};

const ofReferral = (
  { referralId, occurredOn }: { readonly referralId: string; readonly occurredOn?: string },
  { organisation, referral }: Surroundings,
  step: string,
): string =>
  'The referral' +
  ifKnown` to ${organisation(referral(referralId)?.organisationId)}` +
  ` was ${step}` +
  ifKnown` on ${day(occurredOn)}`;

const ofHandover = (
  { handoverId }: { readonly handoverId: string },
  { organisation, handover }: Surroundings,
): string => 'The handover' + ifKnown` to ${organisation(handover(handoverId)?.toOrganisationId)}` + ' was';

const because = ({ reason, note }: { readonly reason?: HandoverReason; readonly note?: string }): string =>
  ifKnown` Reason: ${label('handoverReason', reason)}.` + ifKnown` Note: ${said(note)}`;

const overdue: Readonly<Record<HandoverDeadline, string>> = {
  review: 'The review of the handover',
  decision: 'The decision on the handover',
  'first-contact': 'The first contact after the handover',
};

const named = (entry: Entry | undefined): string =>
  ifKnown`the entry “${entry && entries[entry.type]}” of ${day(entry?.day)}` || 'an entry';

const entries: Readonly<Record<JourneyEventType, string>> = {
  JourneyOpened: 'Opening',
  ConsentGiven: 'Consent',
  ConsentWithdrawn: 'Withdrawal of a consent',
  ContactRecorded: 'Contact',
  NeedIdentified: 'Need',
  NeedResolved: 'Need that was met',
  PotentialIdentified: 'Potential',
  LifeStoryRecorded: 'Life story',
  GoalAgreed: 'Goal',
  GoalReviewed: 'Review of a goal',
  MeasurePlanned: 'Measure',
  MeasureCompleted: 'Measure that was completed',
  ReferralMade: 'Referral',
  ReferralAccepted: 'Acceptance of a referral',
  ReferralDeclined: 'Declining of a referral',
  ReferralStarted: 'Start after a referral',
  ReferralCompleted: 'Completion of a referral',
  ReferralCancelled: 'Cancellation of a referral',
  HandoverProposed: 'Proposal of a handover',
  HandoverReturned: 'Return of a handover',
  HandoverApproved: 'Approval of a handover',
  HandoverInformationRequested: 'Question on a handover',
  HandoverInformationProvided: 'Answer on a handover',
  HandoverAccepted: 'Acceptance of a handover',
  HandoverDeclined: 'Declining of a handover',
  HandoverWithdrawn: 'Withdrawal of a handover',
  HandoverLapsed: 'Lapse of a handover',
  HandoverEscalated: 'Overdue handover',
  HandoverCompleted: 'Completion of a handover',
  JourneyAssigned: 'Responsibility',
  LegalDomainEntered: 'Entry into a legal domain',
  LegalDomainLeft: 'Leaving of a legal domain',
  DataDisputed: 'Disputed entry',
  DisputeResolved: 'Decision on a disputed entry',
  DataCorrected: 'Correction',
  JourneyClosed: 'Closure',
  JourneyReopened: 'Reopening',
};

const fields: Readonly<Record<CorrectableField, string>> = {
  accessRoute: 'access',
  residenceGroup: 'residence',
  preferredLanguage: 'preferred language',
  interpreterNeeded: 'need for an interpreter',
  counsellorPreference: 'wish for a counsellor',
  interpreterPreference: 'wish for an interpreter',
  socialArea: 'social area',
  concern: 'concern',
  referredBy: 'recommendation',
  occurredAt: 'moment',
  occurredOn: 'day',
  kind: 'kind',
  minutes: 'duration',
  language: 'language',
  interpreter: 'interpreter',
  interpreterGender: 'interpreter a woman or a man',
  present: 'persons present',
  note: 'note',
  fieldOfAction: 'field of action',
  urgency: 'urgency',
  description: 'description',
  clientWish: 'the client’s own wish',
  cefrLevel: 'language level',
  isced: 'level of education',
  text: 'life story',
  wording: 'wording',
  measuredBy: 'how it is measured',
  dueOn: 'due day',
  title: 'title',
  responsible: 'who is responsible',
  effectiveOn: 'day of effect',
  outcome: 'outcome',
  reason: 'reason',
};
