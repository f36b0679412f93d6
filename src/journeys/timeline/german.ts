import type { Gender, HandoverDeadline, HandoverReason } from '../domain/codes.js';
import type { JourneyEventType } from '../domain/events.js';
import { correctedFields, fieldsOfNeeds } from './sentences.js';
import type { CorrectableField, Sentences } from './sentences.js';
import type { Entry, Surroundings } from './surroundings.js';
import { ifKnown, listed, wordsIn } from './words.js';

const { day, label, labels, languageName, quoted, said } = wordsIn('de');

export const german: Sentences = {
  corrected: 'Der Eintrag wurde berichtigt und steht hier in der berichtigten Fassung.',
  disputed: 'Die ratsuchende Person bestreitet, dass der Eintrag richtig ist (§ 84 SGB X).',

  tell: {
    JourneyOpened: (opened, around) =>
      ifKnown`${around.organisation(opened.owner.organisationId)} hat die Begleitung` +
      ifKnown` am ${day(opened.openedOn)}` +
      ifKnown` in ${around.municipality(opened.municipality)}` +
      ' aufgenommen.' +
      ifKnown` Zugang: ${label('accessRoute', opened.accessRoute)}.` +
      ifKnown` Empfohlen von: ${said(opened.referredBy)}` +
      ifKnown` Aufenthalt: ${label('residenceGroup', opened.residenceGroup)}.` +
      ifKnown` Bevorzugte Sprache: ${languageName(opened.preferredLanguage)}.` +
      interpreterNeeded(opened.interpreterNeeded) +
      ifKnown` Wunsch für die Beratung: ${label('counsellorPreference', opened.counsellorPreference)}.` +
      ifKnown` Wunsch für die Sprachmittlung: ${label('interpreterPreference', opened.interpreterPreference)}.` +
      ifKnown` Sozialraum: ${around.socialArea(opened.socialArea)}.` +
      ifKnown` Anliegen: ${said(opened.concern)}`,

    ConsentGiven: (consent, { organisation }) =>
      'Die ratsuchende Person hat eine Einwilligung erteilt' +
      ifKnown`: ${label('consentPurpose', consent.purpose)}` +
      '.' +
      ifKnown` Sie gilt ab dem ${day(consent.validFrom)}` +
      ifKnown` bis zum ${day(consent.validUntil)}` +
      '.' +
      ifKnown` Für: ${listed(consent.recipients.flatMap((id) => organisation(id) ?? []))}.` +
      ifKnown` Datenkategorien: ${labels('dataCategory', consent.dataCategories)}.` +
      ifTrue(consent.includesArticle9, ' Sie nennt ausdrücklich, was Art. 9 DSGVO besonders schützt.') +
      ifKnown` Form: ${label('consentForm', consent.form)}.` +
      ifKnown` Sprache: ${languageName(consent.language)}.` +
      interpreted(consent.interpreter, undefined) +
      ifTrue(
        consent.informed !== undefined,
        ' Zweck, Folgen einer Verweigerung und Widerruflichkeit wurden erklärt.',
      ),

    ConsentWithdrawn: ({ consentId, withdrawnOn, channel }, { consent }) =>
      'Die ratsuchende Person hat' +
      ifKnown` am ${day(withdrawnOn)}` +
      ' eine Einwilligung widerrufen' +
      ifKnown`: ${label('consentPurpose', consent(consentId)?.purpose)}` +
      '.' +
      ifKnown` Weg: ${label('withdrawalChannel', channel)}.`,

    ContactRecorded: (contact) =>
      'Es gab einen Kontakt' +
      ifKnown` von ${duration(contact.minutes)}` +
      ifKnown`: ${label('contactKind', contact.kind)}` +
      '.' +
      ifKnown` Sprache: ${languageName(contact.language)}.` +
      interpreted(contact.interpreter, contact.interpreterGender) +
      ifKnown` Außerdem anwesend: ${listed(contact.present?.flatMap((person) => quoted(person) ?? []))}.` +
      ifKnown` Notiz: ${said(contact.note)}`,

    NeedIdentified: (need) =>
      'Ein Bedarf wurde' +
      ifKnown` am ${day(need.occurredOn)}` +
      ' festgestellt' +
      ifKnown`: ${label('fieldOfAction', need.fieldOfAction)}` +
      '.' +
      ifKnown` Dringlichkeit: ${label('urgency', need.urgency)}.` +
      ifKnown` Beschreibung: ${said(need.description)}` +
      ifKnown` Wunsch der ratsuchenden Person: ${said(need.clientWish)}`,

    NeedResolved: ({ needId, note }, { fieldOfNeed }) =>
      'Ein Bedarf ist gedeckt' +
      ifKnown`: ${label('fieldOfAction', fieldOfNeed(needId))}` +
      '.' +
      ifKnown` Notiz: ${said(note)}`,

    PotentialIdentified: (potential) =>
      'Ein Potenzial wurde festgestellt' +
      ifKnown`: ${label('potentialKind', potential.kind)}` +
      '.' +
      ifKnown` Sprache: ${languageName(potential.language)}.` +
      ifKnown` Sprachniveau: ${label('cefrLevel', potential.cefrLevel)}.` +
      ifKnown` Bildungsstufe: ${label('isced', potential.isced)}.` +
      ifKnown` Beschreibung: ${said(potential.description)}`,

    LifeStoryRecorded: ({ text }) =>
      'Die ratsuchende Person hat aus ihrem Leben erzählt.' +
      ifKnown` In ihren eigenen Worten: ${said(text)}`,

    GoalAgreed: (goal, around) =>
      'Ein Ziel wurde vereinbart' +
      ifKnown`, fällig am ${day(goal.dueOn)}` +
      '.' +
      ifKnown` Ziel: ${said(goal.wording)}` +
      ifKnown` Gemessen daran: ${said(goal.measuredBy)}` +
      ifKnown` Zum Bedarf: ${labels('fieldOfAction', fieldsOfNeeds(goal.needIds, around))}.` +
      agreed(goal.agreedByClient),

    GoalReviewed: ({ goalId, result, note }, { goal }) =>
      'Ein Ziel wurde überprüft.' +
      ifKnown` Ergebnis: ${label('goalResult', result)}.` +
      ifKnown` Ziel: ${said(goal(goalId)?.wording)}` +
      ifKnown` Notiz: ${said(note)}`,

    MeasurePlanned: (measure, { goal }) =>
      'Eine Maßnahme wurde geplant' +
      ifKnown`, fällig am ${day(measure.dueOn)}` +
      '.' +
      ifKnown` Maßnahme: ${said(measure.title)}` +
      ifKnown` Das übernimmt: ${label('measureResponsible', measure.responsible)}.` +
      ifKnown` Zum Ziel: ${said(goal(measure.goalId)?.wording)}`,

    MeasureCompleted: ({ measureId, note }, { measure }) =>
      'Eine Maßnahme wurde erledigt.' +
      ifKnown` Maßnahme: ${said(measure(measureId)?.title)}` +
      ifKnown` Notiz: ${said(note)}`,

    ReferralMade: (referral, { organisation, fieldOfNeed }) =>
      'Die ratsuchende Person wurde' +
      ifKnown` an „${organisation(referral.organisationId)}“` +
      ' vermittelt.' +
      ifKnown` Art: ${label('referralMode', referral.mode)}.` +
      ifKnown` Zum Bedarf: ${label('fieldOfAction', fieldOfNeed(referral.needId))}.` +
      ifKnown` Notiz: ${said(referral.note)}`,

    ReferralAccepted: (step, around) =>
      `${ofReferral(step, around)} angenommen.` + ifKnown` Notiz: ${said(step.note)}`,

    ReferralDeclined: (step, around) =>
      `${ofReferral(step, around)} abgelehnt.` +
      ifKnown` Grund: ${label('referralDeclineReason', step.reason)}.` +
      ifKnown` Notiz: ${said(step.note)}`,

    ReferralStarted: (step, around) =>
      `${ofReferral(step, around)} begonnen.` + ifKnown` Notiz: ${said(step.note)}`,

    ReferralCompleted: (step, around) =>
      `${ofReferral(step, around)} abgeschlossen.` +
      ifKnown` Ergebnis: ${label('referralOutcome', step.outcome)}.` +
      ifKnown` Notiz: ${said(step.note)}`,

    ReferralCancelled: (step, around) =>
      `${ofReferral(step, around)} zurückgenommen.` +
      ifTrue(step.cause === 'consent-withdrawn', ' Die Einwilligung dazu wurde widerrufen.') +
      ifKnown` Notiz: ${said(step.note)}`,

    HandoverProposed: (handover, { organisation }) =>
      'Es wurde vorgeschlagen, die ratsuchende Person' +
      ifKnown` an „${organisation(handover.toOrganisationId)}“` +
      ' zu übergeben' +
      ifKnown`: ${label('handoverFunction', handover.function)}` +
      '.' +
      ifKnown` Datenkategorien: ${labels('dataCategory', handover.packageCategories)}.` +
      ifKnown` Rechtskreis: von ${label('legalDomain', handover.transition?.from)}` +
      ifKnown` zu ${label('legalDomain', handover.transition?.to)}.` +
      ifKnown` Zweck: ${said(handover.purpose)}` +
      ifKnown` Begründung: ${said(handover.reason)}`,

    HandoverReturned: (step, around) =>
      `${ofHandover(step, around)} zur Überarbeitung zurückgegeben.${because(step)}`,

    HandoverApproved: (step, around) =>
      `${ofHandover(step, around)} freigegeben und angeboten.` +
      ifKnown` Geprüft: ${listed(step.acknowledged?.flatMap((one) => quoted(one) ?? []))}.`,

    HandoverInformationRequested: ({ question }) =>
      'Die aufnehmende Stelle hat um Auskunft gebeten.' + ifKnown` Frage: ${said(question)}`,

    HandoverInformationProvided: ({ answer, category }) =>
      'Die Frage der aufnehmenden Stelle wurde beantwortet.' +
      ifKnown` Datenkategorie: ${label('dataCategory', category)}.` +
      ifKnown` Antwort: ${said(answer)}`,

    HandoverAccepted: ({ owner, overrideReason }, { organisation, member }) =>
      ifKnown`${organisation(owner.organisationId)} hat die ratsuchende Person übernommen` +
      ifKnown` (${member(owner.userId)})` +
      '.' +
      ifKnown` Begründung: ${said(overrideReason)}`,

    HandoverDeclined: (step, around) => `${ofHandover(step, around)} abgelehnt.${because(step)}`,

    HandoverWithdrawn: (step, around) =>
      step.cause === 'proposed-anew'
        ? `${ofHandover(step, around)} durch einen neuen Vorschlag ersetzt.`
        : `${ofHandover(step, around)} zurückgenommen.${because(step)}`,

    HandoverLapsed: ({ cause }) =>
      'Die Übergabe ist hinfällig: Die Einwilligung, auf der sie beruhte, ' +
      (cause === 'consent-withdrawn' ? 'wurde widerrufen.' : 'ist abgelaufen.'),

    HandoverEscalated: ({ deadline, dueOn }) =>
      `${overdue[deadline]} ist` + ifKnown` seit dem ${day(dueOn)}` + ' überfällig.',

    HandoverCompleted: () =>
      'Die neue Stelle hat mit der ratsuchenden Person gesprochen: Die Übergabe ist abgeschlossen.',

    JourneyAssigned: ({ owner, overrideReason }, { member, organisation }) =>
      `Für die Begleitung ist jetzt ${member(owner.userId) ?? 'eine andere Person'} zuständig` +
      ifKnown` (${organisation(owner.organisationId)})` +
      '.' +
      ifKnown` Begründung: ${said(overrideReason)}`,

    LegalDomainEntered: ({ effectiveOn, legalDomain }) =>
      'Die ratsuchende Person ist' +
      ifKnown` am ${day(effectiveOn)}` +
      ' in einen Rechtskreis eingetreten' +
      ifKnown`: ${label('legalDomain', legalDomain)}` +
      '.',

    LegalDomainLeft: ({ effectiveOn, legalDomain }) =>
      'Die ratsuchende Person hat' +
      ifKnown` am ${day(effectiveOn)}` +
      ' einen Rechtskreis verlassen' +
      ifKnown`: ${label('legalDomain', legalDomain)}` +
      '.',

    DataDisputed: ({ eventId, statement }, { entry }) =>
      `Die ratsuchende Person bestreitet, dass ${named(entry(eventId))} richtig ist.` +
      ifKnown` Ihre Darstellung: ${said(statement)}`,

    DisputeResolved: ({ disputeId, outcome, note }, { disputed }) =>
      `Es ist entschieden, ob ${named(disputed(disputeId))} richtig ist.` +
      ifKnown` ${label('disputeOutcome', outcome)}.` +
      ifKnown` Notiz: ${said(note)}`,

    DataCorrected: ({ eventId, replacement }, { entry }) =>
      `Berichtigt wurde ${named(entry(eventId))}.` +
      ifKnown` Es geht um: ${listed(correctedFields(replacement).map((field) => fields[field]))}.`,

    JourneyClosed: ({ outcome, reason }) =>
      'Die Begleitung wurde abgeschlossen.' +
      ifKnown` Ergebnis: ${label('closureOutcome', outcome)}.` +
      ifKnown` Begründung: ${said(reason)}`,

    JourneyReopened: ({ reason }) =>
      'Die Begleitung wurde wieder aufgenommen.' + ifKnown` Begründung: ${said(reason)}`,
  },
};

const ifTrue = (fact: boolean | undefined, sentence: string): string => (fact === true ? sentence : '');

const interpreterNeeded = (needed: boolean | undefined): string => {
  if (needed === undefined) return '';
  return needed ? ' Sprachmittlung wird gebraucht.' : ' Sprachmittlung wird nicht gebraucht.';
};

const interpreted = (interpreter: boolean | undefined, gender: Gender | undefined): string => {
  if (interpreter === false) return ' Ohne Sprachmittlung.';
  if (gender === 'woman') return ' Mit einer Sprachmittlerin.';
  if (gender === 'man') return ' Mit einem Sprachmittler.';
  return ifTrue(interpreter, ' Mit Sprachmittlung.');
};

const duration = (minutes: number | undefined): string | undefined =>
  minutes === undefined || minutes === 0 ? undefined : minutes === 1 ? '1 Minute' : `${minutes} Minuten`;

const agreed = (byClient: boolean | undefined): string => {
  if (byClient === undefined) return '';
  return byClient
    ? ' Die ratsuchende Person hat zugestimmt.'
    : ' Die ratsuchende Person hat noch nicht zugestimmt.';
};

const ofReferral = (
  { referralId, occurredOn }: { readonly referralId: string; readonly occurredOn?: string },
  { organisation, referral }: Surroundings,
): string =>
  'Die Vermittlung' +
  ifKnown` an „${organisation(referral(referralId)?.organisationId)}“` +
  ' wurde' +
  ifKnown` am ${day(occurredOn)}`;

const ofHandover = (
  { handoverId }: { readonly handoverId: string },
  { organisation, handover }: Surroundings,
): string =>
  'Die Übergabe' + ifKnown` an „${organisation(handover(handoverId)?.toOrganisationId)}“` + ' wurde';

const because = ({ reason, note }: { readonly reason?: HandoverReason; readonly note?: string }): string =>
  ifKnown` Grund: ${label('handoverReason', reason)}.` + ifKnown` Notiz: ${said(note)}`;

const overdue: Readonly<Record<HandoverDeadline, string>> = {
  review: 'Die Prüfung der Übergabe',
  decision: 'Die Entscheidung über die Übergabe',
  'first-contact': 'Das erste Gespräch nach der Übergabe',
};

const named = (entry: Entry | undefined): string =>
  ifKnown`der Eintrag „${entry && entries[entry.type]}“ vom ${day(entry?.day)}` || 'ein Eintrag';

const entries: Readonly<Record<JourneyEventType, string>> = {
  JourneyOpened: 'Aufnahme',
  ConsentGiven: 'Einwilligung',
  ConsentWithdrawn: 'Widerruf einer Einwilligung',
  ContactRecorded: 'Kontakt',
  NeedIdentified: 'Bedarf',
  NeedResolved: 'Gedeckter Bedarf',
  PotentialIdentified: 'Potenzial',
  LifeStoryRecorded: 'Lebensgeschichte',
  GoalAgreed: 'Ziel',
  GoalReviewed: 'Überprüfung eines Ziels',
  MeasurePlanned: 'Maßnahme',
  MeasureCompleted: 'Erledigte Maßnahme',
  ReferralMade: 'Vermittlung',
  ReferralAccepted: 'Annahme einer Vermittlung',
  ReferralDeclined: 'Ablehnung einer Vermittlung',
  ReferralStarted: 'Beginn nach einer Vermittlung',
  ReferralCompleted: 'Abschluss einer Vermittlung',
  ReferralCancelled: 'Rücknahme einer Vermittlung',
  HandoverProposed: 'Vorschlag einer Übergabe',
  HandoverReturned: 'Rückgabe einer Übergabe',
  HandoverApproved: 'Freigabe einer Übergabe',
  HandoverInformationRequested: 'Frage zu einer Übergabe',
  HandoverInformationProvided: 'Antwort zu einer Übergabe',
  HandoverAccepted: 'Annahme einer Übergabe',
  HandoverDeclined: 'Ablehnung einer Übergabe',
  HandoverWithdrawn: 'Rücknahme einer Übergabe',
  HandoverLapsed: 'Hinfälligkeit einer Übergabe',
  HandoverEscalated: 'Überfällige Übergabe',
  HandoverCompleted: 'Abschluss einer Übergabe',
  JourneyAssigned: 'Zuständigkeit',
  LegalDomainEntered: 'Eintritt in einen Rechtskreis',
  LegalDomainLeft: 'Austritt aus einem Rechtskreis',
  DataDisputed: 'Bestrittener Eintrag',
  DisputeResolved: 'Entscheidung über einen bestrittenen Eintrag',
  DataCorrected: 'Berichtigung',
  JourneyClosed: 'Abschluss',
  JourneyReopened: 'Wiederaufnahme',
};

const fields: Readonly<Record<CorrectableField, string>> = {
  accessRoute: 'Zugang',
  residenceGroup: 'Aufenthalt',
  preferredLanguage: 'bevorzugte Sprache',
  interpreterNeeded: 'Bedarf an Sprachmittlung',
  counsellorPreference: 'Wunsch für die Beratung',
  interpreterPreference: 'Wunsch für die Sprachmittlung',
  socialArea: 'Sozialraum',
  concern: 'Anliegen',
  referredBy: 'Empfehlung',
  occurredAt: 'Zeitpunkt',
  occurredOn: 'Tag',
  kind: 'Art',
  minutes: 'Dauer',
  language: 'Sprache',
  interpreter: 'Sprachmittlung',
  interpreterGender: 'Sprachmittlung durch Frau oder Mann',
  present: 'anwesende Personen',
  note: 'Notiz',
  fieldOfAction: 'Handlungsfeld',
  urgency: 'Dringlichkeit',
  description: 'Beschreibung',
  clientWish: 'Wunsch der ratsuchenden Person',
  cefrLevel: 'Sprachniveau',
  isced: 'Bildungsstufe',
  text: 'Lebensgeschichte',
  wording: 'Wortlaut',
  measuredBy: 'Maßstab',
  dueOn: 'Fälligkeit',
  title: 'Bezeichnung',
  responsible: 'wer es übernimmt',
  effectiveOn: 'Tag der Wirkung',
  outcome: 'Ergebnis',
  reason: 'Begründung',
};
