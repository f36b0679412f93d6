import type { FieldTable } from '../../record/field-table.js';
import type { JourneyEventData } from './events.js';

/**
 * Every field of every event of a journey: whether it is sealed, and its one data category
 * (`domain.md`, data categories). Free text is `notes` wherever it stands; the coded part of the same
 * event has its own category. The social area is as good as an address, so it is `contact`.
 */
export const journeyFields = {
  JourneyOpened: {
    entry: 'process',
    fields: {
      journeyId: 'plain process',
      clientId: 'plain process',
      municipality: 'plain process',
      owner: 'plain process',
      openedOn: 'plain process',
      accessRoute: 'sealed needs',
      residenceGroup: 'sealed residence',
      preferredLanguage: 'sealed language',
      interpreterNeeded: 'sealed language',
      interpreterPreference: 'sealed language',
      counsellorPreference: 'sealed needs',
      socialArea: 'sealed contact',
      concern: 'sealed notes',
      referredBy: 'sealed notes',
    },
  },
  ConsentGiven: {
    entry: 'process',
    fields: {
      consentId: 'plain process',
      purpose: 'plain process',
      recipients: 'plain process',
      validFrom: 'plain process',
      validUntil: 'plain process',
      dataCategories: 'sealed process',
      form: 'sealed process',
      language: 'sealed process',
      textHash: 'sealed process',
      informed: 'sealed process',
      interpreter: 'sealed process',
      includesArticle9: 'sealed process',
    },
  },
  ConsentWithdrawn: {
    entry: 'process',
    fields: { consentId: 'plain process', withdrawnOn: 'plain process', channel: 'sealed process' },
  },
  ContactRecorded: {
    entry: 'plan',
    fields: {
      contactId: 'plain process',
      occurredAt: 'plain plan',
      kind: 'sealed plan',
      minutes: 'sealed plan',
      language: 'sealed language',
      interpreter: 'sealed language',
      interpreterGender: 'sealed language',
      present: 'sealed notes',
      note: 'sealed notes',
    },
  },
  NeedIdentified: {
    entry: 'of-need',
    fields: {
      needId: 'plain process',
      occurredOn: 'plain of-need',
      fieldOfAction: 'sealed of-need',
      urgency: 'sealed of-need',
      description: 'sealed notes',
      clientWish: 'sealed notes',
    },
  },
  NeedResolved: {
    entry: 'of-need',
    fields: { needId: 'plain process', note: 'sealed notes' },
  },
  PotentialIdentified: {
    entry: 'of-potential',
    fields: {
      potentialId: 'plain process',
      kind: 'sealed of-potential',
      language: 'sealed language',
      cefrLevel: 'sealed language',
      isced: 'sealed education',
      description: 'sealed notes',
    },
  },
  LifeStoryRecorded: {
    entry: 'potentials',
    fields: { text: 'sealed notes' },
  },
  GoalAgreed: {
    entry: 'plan',
    fields: {
      goalId: 'plain process',
      needIds: 'plain plan',
      dueOn: 'plain plan',
      wording: 'sealed notes',
      measuredBy: 'sealed notes',
      agreedByClient: 'sealed plan',
    },
  },
  GoalReviewed: {
    entry: 'plan',
    fields: { goalId: 'plain process', result: 'sealed plan', note: 'sealed notes' },
  },
  MeasurePlanned: {
    entry: 'plan',
    fields: {
      measureId: 'plain process',
      goalId: 'plain plan',
      dueOn: 'plain plan',
      title: 'sealed notes',
      responsible: 'sealed plan',
    },
  },
  MeasureCompleted: {
    entry: 'plan',
    fields: { measureId: 'plain process', note: 'sealed notes' },
  },
  ReferralMade: {
    entry: 'plan',
    fields: {
      referralId: 'plain process',
      organisationId: 'plain plan',
      needId: 'plain plan',
      mode: 'plain plan',
      consentId: 'plain plan',
      note: 'sealed notes',
    },
  },
  ReferralAccepted: {
    entry: 'plan',
    fields: { referralId: 'plain process', occurredOn: 'plain plan', note: 'sealed notes' },
  },
  ReferralDeclined: {
    entry: 'plan',
    fields: {
      referralId: 'plain process',
      occurredOn: 'plain plan',
      reason: 'sealed plan',
      note: 'sealed notes',
    },
  },
  ReferralStarted: {
    entry: 'plan',
    fields: { referralId: 'plain process', occurredOn: 'plain plan', note: 'sealed notes' },
  },
  ReferralCompleted: {
    entry: 'plan',
    fields: {
      referralId: 'plain process',
      occurredOn: 'plain plan',
      outcome: 'sealed plan',
      note: 'sealed notes',
    },
  },
  ReferralCancelled: {
    entry: 'plan',
    fields: {
      referralId: 'plain process',
      occurredOn: 'plain plan',
      cause: 'plain plan',
      note: 'sealed notes',
    },
  },
  // Who else hears of a handover than the two offices: nobody (`redact`). Codes are process facts between them.
  HandoverProposed: {
    entry: 'process',
    fields: {
      handoverId: 'plain process',
      toOrganisationId: 'plain process',
      function: 'plain process',
      basis: 'plain process',
      packageCategories: 'sealed process',
      nonce: 'sealed process',
      purpose: 'sealed notes',
      reason: 'sealed notes',
      transition: 'sealed benefits',
    },
  },
  HandoverReturned: {
    entry: 'process',
    fields: { handoverId: 'plain process', reason: 'sealed process', note: 'sealed notes' },
  },
  HandoverApproved: {
    entry: 'process',
    fields: { handoverId: 'plain process', acknowledged: 'sealed notes' },
  },
  HandoverInformationRequested: {
    entry: 'process',
    fields: { handoverId: 'plain process', question: 'sealed notes' },
  },
  HandoverInformationProvided: {
    entry: 'process',
    fields: { handoverId: 'plain process', category: 'sealed process', answer: 'sealed of-answer' },
  },
  HandoverAccepted: {
    entry: 'process',
    fields: {
      handoverId: 'plain process',
      owner: 'plain process',
      packageHash: 'sealed process',
      overrideReason: 'sealed notes',
    },
  },
  HandoverDeclined: {
    entry: 'process',
    fields: { handoverId: 'plain process', reason: 'sealed process', note: 'sealed notes' },
  },
  HandoverWithdrawn: {
    entry: 'process',
    fields: {
      handoverId: 'plain process',
      cause: 'plain process',
      reason: 'sealed process',
      note: 'sealed notes',
    },
  },
  HandoverLapsed: {
    entry: 'process',
    fields: { handoverId: 'plain process', cause: 'plain process' },
  },
  HandoverEscalated: {
    entry: 'process',
    fields: { handoverId: 'plain process', deadline: 'plain process', dueOn: 'plain process' },
  },
  HandoverCompleted: {
    entry: 'process',
    fields: { handoverId: 'plain process', contactId: 'plain process' },
  },
  JourneyAssigned: {
    entry: 'process',
    fields: { owner: 'plain process', overrideReason: 'sealed notes' },
  },
  LegalDomainEntered: {
    entry: 'benefits',
    fields: { effectiveOn: 'plain benefits', legalDomain: 'sealed benefits' },
  },
  LegalDomainLeft: {
    entry: 'benefits',
    fields: { effectiveOn: 'plain benefits', legalDomain: 'sealed benefits' },
  },
  DataDisputed: {
    entry: 'of-event',
    fields: { disputeId: 'plain process', eventId: 'plain process', statement: 'sealed notes' },
  },
  DisputeResolved: {
    entry: 'of-event',
    fields: { disputeId: 'plain process', outcome: 'sealed of-event', note: 'sealed notes' },
  },
  DataCorrected: {
    entry: 'of-event',
    fields: { eventId: 'plain process', replacement: 'sealed of-event' },
  },
  JourneyClosed: {
    entry: 'process',
    fields: { outcome: 'sealed plan', reason: 'sealed notes' },
  },
  JourneyReopened: {
    entry: 'process',
    fields: { reason: 'sealed notes' },
  },
} as const satisfies FieldTable<JourneyEventData>;

export type JourneyFields = typeof journeyFields;
