import { describe, expect, it } from '@jest/globals';
import { everyEventInTurn, everyEventType } from '../../../test/support/every-event.js';
import { integrationManagement, reference } from '../../../test/support/office.js';
import { processFieldsOnly, recorded } from '../../../test/support/recorded.js';
import type { JourneyEventType } from '../domain/events.js';
import type { VisibleEvent } from '../domain/journey.js';
import { namesFor, timelineItems } from './index.js';

const told = (events: readonly VisibleEvent[], type: JourneyEventType): string | undefined =>
  timelineItems(events, 'en', namesFor(integrationManagement, reference)).find((item) => item.type === type)
    ?.text;

describe('the timeline in English', () => {
  it.each(everyEventType)('tells all that %s says', (type) => {
    expect(told(recorded(everyEventInTurn), type)).toBe(everything[type]);
  });

  it.each(everyEventType)('tells %s whole where a reader sees nothing but that it happened', (type) => {
    expect(told(recorded(everyEventInTurn).map(processFieldsOnly), type)).toBe(processOnly[type]);
  });
});

const everything: Readonly<Record<JourneyEventType, string>> = {
  JourneyOpened:
    'KIM Bergkamen opened the journey in Bergkamen on 2 March 2026. Access: Job centre. Recommended by: ' +
    '“Frau Sommer vom Jobcenter”. Residence: Temporary protection. Preferred language: Ukrainian. An ' +
    'interpreter is needed. Wish for a counsellor: Woman. Wish for an interpreter: Woman. Social area: ' +
    'Oberaden. Concern: “Sucht Arbeit in der Pflege.”',
  ConsentGiven:
    'The client gave consent: Exchange of information. It is valid from 3 March 2026 until 2 March 2027. ' +
    'For: Jobcenter Kreis Unna; Migrationsberatung für erwachsene Zugewanderte. Data categories: ' +
    'Employment; Needs; Health (Art. 9 GDPR). It names expressly what Art. 9 GDPR protects. Form: In ' +
    'writing. Language: Ukrainian. With an interpreter. Purpose, consequences of refusal and the right to ' +
    'withdraw were explained.',
  ContactRecorded:
    'There was a contact of 45 minutes: Home visit. Language: Ukrainian. With an interpreter (a woman). ' +
    'Also present: “die Schwester”; “Herr Kern (Paten)”. Note: “Die Wohnung ist feucht!”',
  NeedIdentified:
    'A need was identified on 2 March 2026: Housing and neighbourhood. Urgency: High. Description: ' +
    '“Schimmel im Kinderzimmer”. The client’s own wish: “Eine trockene Wohnung in Oberaden.”',
  PotentialIdentified:
    'A potential was identified: Language. Language: English. Language level: B2 – vantage. Level of ' +
    'education: ISCED 6 – bachelor or equivalent. Description: “Hat an der Universität auf Englisch ' +
    'gelernt.”',
  LifeStoryRecorded:
    'The client told of their life. In their own words: “Ich war Krankenschwester in Charkiw.”',
  GoalAgreed:
    'A goal was agreed, due on 1 September 2026. Goal: “Umzug in eine trockene Wohnung”. Measured by: ' +
    '“Mietvertrag”. For the need: Housing and neighbourhood. The client agreed.',
  MeasurePlanned:
    'A measure was planned, due on 1 April 2026. Measure: “Wohnberechtigungsschein beantragen”. ' +
    'Responsible: Client. For the goal: “Umzug in eine trockene Wohnung”.',
  MeasureCompleted:
    'A measure was completed. Measure: “Wohnberechtigungsschein beantragen”. Note: “Liegt vor.”',
  GoalReviewed:
    'A goal was reviewed. Result: Partly attained. Goal: “Umzug in eine trockene Wohnung”. Note: “Zwei ' +
    'Besichtigungen.”',
  ReferralMade:
    'The client was referred to Migrationsberatung für erwachsene Zugewanderte. Kind: Answered by the ' +
    'receiving organisation. For the need: Housing and neighbourhood. Note: “Bitte vor Ostern.”',
  ReferralAccepted:
    'The referral to Migrationsberatung für erwachsene Zugewanderte was accepted on 3 March 2026. Note: ' +
    '“Termin am Montag.”',
  ReferralStarted:
    'The referral to Migrationsberatung für erwachsene Zugewanderte was started on 3 March 2026. Note: ' +
    '“War da.”',
  ReferralCompleted:
    'The referral to Migrationsberatung für erwachsene Zugewanderte was completed on 3 March 2026. ' +
    'Outcome: Attained. Note: “Antrag gestellt.”',
  ReferralDeclined:
    'The referral to Migrationsberatung für erwachsene Zugewanderte was declined on 3 March 2026. Reason: ' +
    'No capacity. Note: “Warteliste bis Mai.”',
  ReferralCancelled:
    'The referral to Migrationsberatung für erwachsene Zugewanderte was cancelled on 3 March 2026. The ' +
    'consent to it was withdrawn. Note: “Die Stelle weiß Bescheid.”',
  ConsentWithdrawn:
    'The client withdrew a consent on 3 March 2026: Exchange of information. Channel: Letter.',
  NeedResolved: 'A need was met: Housing and neighbourhood. Note: “Der Vermieter hat saniert.”',
  HandoverProposed:
    'It was proposed to hand the client over to Jobcenter Kreis Unna: Basic income support for job seekers (SGB II). Data categories: Identity; Employment. Legal domain: from AsylbLG – asylum seekers’ benefits to SGB II – basic income support for job seekers. Purpose: “Aufnahme einer Arbeit in der Pflege”. Reason: “Leistungen ab April beim Jobcenter.”',
  HandoverReturned:
    'The handover to Jobcenter Kreis Unna was returned for revision. Reason: Missing information. Note: “Bitte mit Sprachstand.”',
  HandoverApproved:
    'The handover to Jobcenter Kreis Unna was approved and offered. Looked at: “Einwilligung gesehen”.',
  HandoverInformationRequested:
    'The receiving office asked for information. Question: “Liegt die Anerkennung vor?”',
  HandoverInformationProvided:
    'The question of the receiving office was answered. Data category: Employment. Answer: “Der Antrag läuft seit Februar.”',
  HandoverDeclined:
    'The handover to Jobcenter Kreis Unna was declined. Reason: No capacity. Note: “Erst ab Mai.”',
  HandoverWithdrawn: 'The handover to Jobcenter Kreis Unna was replaced by a new proposal.',
  HandoverLapsed: 'The handover has lapsed: the consent that it rested on has ended.',
  HandoverEscalated: 'The decision on the handover is overdue since 10 March 2026.',
  HandoverAccepted:
    'Jobcenter Kreis Unna took the client over. Reason: “Einzige mit Ukrainisch im Jobcenter”.',
  HandoverCompleted: 'The new owner has met the client: the handover is complete.',
  JourneyAssigned:
    'Fallmanagement Bergkamen 2 is now responsible for the journey (KIM Bergkamen). Reason: “Einziger mit ' +
    'Ukrainisch”.',
  LegalDomainEntered:
    'The client entered a legal domain on 1 January 2026: SGB II – basic income support for job seekers.',
  LegalDomainLeft:
    'The client left a legal domain on 28 February 2026: SGB II – basic income support for job seekers.',
  DataDisputed:
    'The client disputes that the entry “Need” of 2 March 2026 is right. The client’s own account: “Der ' +
    'Schimmel ist im Bad.”',
  DisputeResolved:
    'It was decided whether the entry “Need” of 2 March 2026 is right. The dispute was upheld. Note: ' +
    '“Foto gesehen.”',
  DataCorrected:
    'A correction was made to the entry “Need” of 2 March 2026. It concerns: description; urgency.',
  JourneyClosed: 'The journey was closed. Outcome: Moved away. Reason: “Umzug nach Hamm”.',
  JourneyReopened: 'The journey was reopened. Reason: “Zurückgezogen”.',
};

const processOnly: Readonly<Record<JourneyEventType, string>> = {
  JourneyOpened: 'KIM Bergkamen opened the journey in Bergkamen on 2 March 2026.',
  ConsentGiven:
    'The client gave consent: Exchange of information. It is valid from 3 March 2026 until 2 March 2027. ' +
    'For: Jobcenter Kreis Unna; Migrationsberatung für erwachsene Zugewanderte.',
  ContactRecorded: 'There was a contact.',
  NeedIdentified: 'A need was identified.',
  PotentialIdentified: 'A potential was identified.',
  LifeStoryRecorded: 'The client told of their life.',
  GoalAgreed: 'A goal was agreed.',
  MeasurePlanned: 'A measure was planned.',
  MeasureCompleted: 'A measure was completed.',
  GoalReviewed: 'A goal was reviewed.',
  ReferralMade: 'The client was referred.',
  ReferralAccepted: 'The referral was accepted.',
  ReferralStarted: 'The referral was started.',
  ReferralCompleted: 'The referral was completed.',
  ReferralDeclined: 'The referral was declined.',
  ReferralCancelled: 'The referral was cancelled.',
  ConsentWithdrawn: 'The client withdrew a consent on 3 March 2026: Exchange of information.',
  NeedResolved: 'A need was met.',
  HandoverProposed:
    'It was proposed to hand the client over to Jobcenter Kreis Unna: Basic income support for job seekers (SGB II).',
  HandoverReturned: 'The handover to Jobcenter Kreis Unna was returned for revision.',
  HandoverApproved: 'The handover to Jobcenter Kreis Unna was approved and offered.',
  HandoverInformationRequested: 'The receiving office asked for information.',
  HandoverInformationProvided: 'The question of the receiving office was answered.',
  HandoverDeclined: 'The handover to Jobcenter Kreis Unna was declined.',
  HandoverWithdrawn: 'The handover to Jobcenter Kreis Unna was replaced by a new proposal.',
  HandoverLapsed: 'The handover has lapsed: the consent that it rested on has ended.',
  HandoverEscalated: 'The decision on the handover is overdue since 10 March 2026.',
  HandoverAccepted: 'Jobcenter Kreis Unna took the client over.',
  HandoverCompleted: 'The new owner has met the client: the handover is complete.',
  JourneyAssigned: 'Fallmanagement Bergkamen 2 is now responsible for the journey (KIM Bergkamen).',
  LegalDomainEntered: 'The client entered a legal domain.',
  LegalDomainLeft: 'The client left a legal domain.',
  DataDisputed: 'The client disputes that the entry “Need” of 3 March 2026 is right.',
  DisputeResolved: 'It was decided whether the entry “Need” of 3 March 2026 is right.',
  DataCorrected: 'A correction was made to the entry “Need” of 3 March 2026.',
  JourneyClosed: 'The journey was closed.',
  JourneyReopened: 'The journey was reopened.',
};
