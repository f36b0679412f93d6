import type { JourneyEvent, JourneyEventData, JourneyEventType } from '../../src/journeys/domain/events.js';
import { adviceService, bergkamen, caseManager, integrationManagement, jobCentre } from './office.js';

/** Building blocks of stories: a journey from its opening to its end, step by step. */

export const event = <T extends JourneyEventType>(type: T, data: JourneyEventData[T]): JourneyEvent =>
  ({ type, data }) as JourneyEvent;

export const journeyId = '11111111-1111-5111-8111-111111111111';
export const clientId = '22222222-2222-5222-8222-222222222222';
export const housingNeedId = '33333333-3333-5333-8333-333333333331';
export const healthNeedId = '33333333-3333-5333-8333-333333333332';
export const goalId = '44444444-4444-5444-8444-444444444444';
export const measureId = '55555555-5555-5555-8555-555555555555';
export const referralId = '66666666-6666-5666-8666-666666666666';
export const referralConsentId = '77777777-7777-5777-8777-777777777771';
export const exchangeConsentId = '77777777-7777-5777-8777-777777777772';
export const caseConsentId = '77777777-7777-5777-8777-777777777773';
export const handoverId = '99999999-9999-5999-8999-999999999999';
export const disputeId = '88888888-8888-5888-8888-888888888888';

export const opening: JourneyEventData['JourneyOpened'] = {
  journeyId,
  clientId,
  municipality: bergkamen,
  owner: { organisationId: integrationManagement, userId: caseManager.userId },
  openedOn: '2026-03-02',
  accessRoute: 'own-initiative',
  residenceGroup: 'protection',
  preferredLanguage: 'ar',
};
export const journeyOpened = event('JourneyOpened', opening);

const agreement = {
  form: 'written',
  language: 'ar',
  textHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  informed: { purpose: true, refusal: true, revocability: true },
} as const;

export const referralConsent: JourneyEventData['ConsentGiven'] = {
  ...agreement,
  consentId: referralConsentId,
  purpose: 'referral',
  recipients: [adviceService],
  validFrom: '2026-03-02',
  validUntil: '2026-12-31',
  dataCategories: ['needs', 'language'],
};
export const referralConsentGiven = event('ConsentGiven', referralConsent);

export const exchangeConsent: JourneyEventData['ConsentGiven'] = {
  ...agreement,
  consentId: exchangeConsentId,
  purpose: 'information-exchange',
  recipients: [jobCentre],
  validFrom: '2026-03-02',
  dataCategories: ['employment', 'needs'],
};
export const exchangeConsentGiven = event('ConsentGiven', exchangeConsent);

export const caseConsent: JourneyEventData['ConsentGiven'] = {
  ...agreement,
  consentId: caseConsentId,
  purpose: 'case-management',
  recipients: [integrationManagement],
  validFrom: '2026-03-02',
  dataCategories: ['health', 'protection'],
  includesArticle9: true,
};

export const housingNeeded = event('NeedIdentified', {
  needId: housingNeedId,
  fieldOfAction: 'housing',
  urgency: 'high',
});
export const healthCareNeeded = event('NeedIdentified', {
  needId: healthNeedId,
  fieldOfAction: 'health-care',
  urgency: 'medium',
});

export const goalAgreed = event('GoalAgreed', {
  goalId,
  needIds: [housingNeedId],
  dueOn: '2026-09-01',
  wording: 'Umzug in eine eigene Wohnung',
});
export const measurePlanned = event('MeasurePlanned', {
  measureId,
  goalId,
  dueOn: '2026-04-01',
  title: 'Wohnberechtigungsschein beantragen',
  responsible: 'client',
});

export const referralMade = (
  mode: 'live' | 'logged',
  rest: Partial<JourneyEventData['ReferralMade']> = {},
): JourneyEvent =>
  event('ReferralMade', { referralId, organisationId: adviceService, needId: housingNeedId, mode, ...rest });

export const journeyClosed = event('JourneyClosed', { outcome: 'goals-attained' });
export const journeyReopened = event('JourneyReopened', { reason: 'Kommt wieder' });
