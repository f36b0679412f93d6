import type { StreamFormat } from '../record/index.js';
import type { JourneyEvent } from './domain/events.js';
import { journeyFields } from './domain/field-table.js';

export const journeyFormat: StreamFormat<JourneyEvent> = {
  fields: journeyFields,
  upcasters: {},
  decisiveSeals: new Set<JourneyEvent['type']>([
    'JourneyOpened',
    'ConsentGiven',
    'ConsentWithdrawn',
    'NeedResolved',
    'LifeStoryRecorded',
    'GoalReviewed',
    'MeasureCompleted',
    'ReferralAccepted',
    'ReferralDeclined',
    'ReferralStarted',
    'ReferralCompleted',
    'ReferralCancelled',
    'HandoverProposed',
    'LegalDomainEntered',
    'LegalDomainLeft',
    'DisputeResolved',
    'DataCorrected',
    'JourneyClosed',
  ]),
};

export const journeyStream = (journeyId: string): string => `journey-${journeyId}`;
