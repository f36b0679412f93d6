import type { JourneyEvent, JourneyEventData, JourneyEventType } from '../../src/journeys/domain/events.js';
import {
  adviceService,
  bergkamen,
  caseManager,
  colleague,
  jobCentre,
  integrationManagement,
} from './office.js';
import { entry } from './recorded.js';

const ids = {
  journey: '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a01',
  client: '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a02',
  exchange: '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a03',
  contact: '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a04',
  need: '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a05',
  potential: '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a06',
  goal: '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a07',
  measure: '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a08',
  referral: '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a09',
  dispute: '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a0a',
} as const;

type EveryField<T> = { readonly [F in keyof T]-?: Exclude<T[F], undefined> };

/** One event of every type with every field that it can have, in an order in which they can happen. */
export const everyEvent: { readonly [T in JourneyEventType]: EveryField<JourneyEventData[T]> } = {
  JourneyOpened: {
    journeyId: ids.journey,
    clientId: ids.client,
    municipality: bergkamen,
    owner: { organisationId: integrationManagement, userId: caseManager.userId },
    openedOn: '2026-03-02',
    accessRoute: 'job-centre',
    residenceGroup: 'temporary-protection',
    preferredLanguage: 'uk',
    interpreterNeeded: true,
    counsellorPreference: 'woman',
    interpreterPreference: 'woman',
    socialArea: '05978004-oberaden',
    concern: 'Sucht Arbeit in der Pflege.',
    referredBy: 'Frau Sommer vom Jobcenter',
  },
  ConsentGiven: {
    consentId: ids.exchange,
    purpose: 'information-exchange',
    recipients: [jobCentre, adviceService],
    validFrom: '2026-03-03',
    validUntil: '2027-03-02',
    dataCategories: ['employment', 'needs', 'health'],
    form: 'written',
    language: 'uk',
    textHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    informed: { purpose: true, refusal: true, revocability: true },
    interpreter: true,
    includesArticle9: true,
  },
  ContactRecorded: {
    contactId: ids.contact,
    occurredAt: '2026-03-02T13:30:00Z',
    kind: 'home-visit',
    minutes: 45,
    language: 'uk',
    interpreter: true,
    interpreterGender: 'woman',
    present: ['die Schwester', 'Herr Kern (Paten)'],
    note: 'Die Wohnung ist feucht!',
  },
  NeedIdentified: {
    needId: ids.need,
    occurredOn: '2026-03-02',
    fieldOfAction: 'housing',
    urgency: 'high',
    description: 'Schimmel im Kinderzimmer',
    clientWish: 'Eine trockene Wohnung in Oberaden.',
  },
  PotentialIdentified: {
    potentialId: ids.potential,
    kind: 'language',
    language: 'en',
    cefrLevel: 'B2',
    isced: '6',
    description: 'Hat an der Universität auf Englisch gelernt.',
  },
  LifeStoryRecorded: { text: 'Ich war Krankenschwester in Charkiw.' },
  GoalAgreed: {
    goalId: ids.goal,
    needIds: [ids.need],
    dueOn: '2026-09-01',
    wording: 'Umzug in eine trockene Wohnung',
    measuredBy: 'Mietvertrag',
    agreedByClient: true,
  },
  MeasurePlanned: {
    measureId: ids.measure,
    goalId: ids.goal,
    dueOn: '2026-04-01',
    title: 'Wohnberechtigungsschein beantragen',
    responsible: 'client',
  },
  MeasureCompleted: { measureId: ids.measure, note: 'Liegt vor.' },
  GoalReviewed: { goalId: ids.goal, result: 'partly', note: 'Zwei Besichtigungen.' },
  ReferralMade: {
    referralId: ids.referral,
    organisationId: adviceService,
    needId: ids.need,
    mode: 'live',
    consentId: ids.exchange,
    note: 'Bitte vor Ostern.',
  },
  ReferralAccepted: { referralId: ids.referral, occurredOn: '2026-03-03', note: 'Termin am Montag.' },
  ReferralStarted: { referralId: ids.referral, occurredOn: '2026-03-03', note: 'War da.' },
  ReferralCompleted: {
    referralId: ids.referral,
    occurredOn: '2026-03-03',
    outcome: 'attained',
    note: 'Antrag gestellt.',
  },
  ReferralDeclined: {
    referralId: ids.referral,
    occurredOn: '2026-03-03',
    reason: 'no-capacity',
    note: 'Warteliste bis Mai.',
  },
  ReferralCancelled: {
    referralId: ids.referral,
    occurredOn: '2026-03-03',
    cause: 'consent-withdrawn',
    note: 'Die Stelle weiß Bescheid.',
  },
  ConsentWithdrawn: { consentId: ids.exchange, withdrawnOn: '2026-03-03', channel: 'letter' },
  NeedResolved: { needId: ids.need, note: 'Der Vermieter hat saniert.' },
  JourneyAssigned: {
    owner: { organisationId: integrationManagement, userId: colleague.userId },
    overrideReason: 'Einziger mit Ukrainisch',
  },
  LegalDomainEntered: { effectiveOn: '2026-01-01', legalDomain: 'SGB_II' },
  LegalDomainLeft: { effectiveOn: '2026-02-28', legalDomain: 'SGB_II' },
  DataDisputed: { disputeId: ids.dispute, eventId: entry(3), statement: 'Der Schimmel ist im Bad.' },
  DisputeResolved: { disputeId: ids.dispute, outcome: 'upheld', note: 'Foto gesehen.' },
  DataCorrected: {
    eventId: entry(3),
    replacement: { description: 'Schimmel im Bad', urgency: 'medium' },
  },
  JourneyClosed: { outcome: 'moved-away', reason: 'Umzug nach Hamm' },
  JourneyReopened: { reason: 'Zurückgezogen' },
};

export const everyEventType = Object.keys(everyEvent) as readonly JourneyEventType[];

/** The same as a journey; `entry(3)` is the need. */
export const everyEventInTurn: readonly JourneyEvent[] = everyEventType.map(
  (type) => ({ type, data: everyEvent[type] }) as JourneyEvent,
);
