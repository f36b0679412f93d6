import { describe, expect, it } from '@jest/globals';
import {
  caseConsent,
  event,
  exchangeConsent,
  exchangeConsentGiven,
  exchangeConsentId,
  housingNeeded,
  journeyClosed,
  journeyOpened,
  journeyReopened,
  referralConsent,
  referralConsentGiven,
  referralConsentId,
  referralId,
  referralMade,
} from '../../../test/support/journey-story.js';
import {
  administrator,
  adviser,
  analyst,
  caseManager,
  colleague,
  coordinator,
  dataProtectionOfficer,
  headOfTeam,
  integrationManagement,
  jobCentre,
  jobCentreWorker,
  kamenCaseManager,
  youthWorker,
} from '../../../test/support/office.js';
import { recorded } from '../../../test/support/recorded.js';
import type { Actor } from './decision.js';
import type { JourneyEvent } from './events.js';
import { grants } from './grants.js';
import type { Grant } from './grants.js';

const tenthOfMarch = { now: '2026-03-10T09:00:00.000Z', today: '2026-03-10' };

const seenBy = (
  viewer: Actor,
  events: readonly JourneyEvent[],
  today: string = tenthOfMarch.today,
): readonly Grant[] => grants(recorded(events), viewer, { now: `${today}T09:00:00.000Z`, today });

describe('the owning organisation', () => {
  it.each([caseManager, colleague, headOfTeam])('sees everything: $userId', (viewer) => {
    expect(seenBy(viewer, [journeyOpened, exchangeConsentGiven])).toEqual([
      { reason: 'owner', from: '2026-03-03T08:00:00.000Z', categories: 'all' },
    ]);
  });

  it('keeps seeing it when the journey was closed and reopened', () => {
    expect(seenBy(caseManager, [journeyOpened, journeyClosed])).toMatchObject([{ reason: 'owner' }]);
    expect(seenBy(caseManager, [journeyOpened, journeyClosed, journeyReopened])).toMatchObject([
      { reason: 'owner' },
    ]);
  });
});

describe('nobody sees a journey', () => {
  it('that was never opened', () => {
    expect(seenBy(caseManager, [])).toEqual([]);
  });

  it.each([kamenCaseManager, jobCentreWorker, adviser, youthWorker])(
    'without a reason: $userId',
    (viewer) => {
      expect(seenBy(viewer, [journeyOpened, housingNeeded])).toEqual([]);
    },
  );

  const consentToTheirHouse = event('ConsentGiven', {
    ...exchangeConsent,
    recipients: [analyst.organisationId, integrationManagement],
  });

  it.each([coordinator, analyst, dataProtectionOfficer, administrator])(
    'in a role that works on none, whatever their organisation may: $userId',
    (viewer) => {
      expect(seenBy(viewer, [journeyOpened, consentToTheirHouse])).toEqual([]);
      expect(seenBy({ ...viewer, organisationId: integrationManagement }, [journeyOpened])).toEqual([]);
    },
  );
});

describe('a consent to the exchange of information', () => {
  it('opens its categories to its recipients, for as long as it says', () => {
    const limited = event('ConsentGiven', { ...exchangeConsent, validUntil: '2026-12-31' });
    expect(seenBy(jobCentreWorker, [journeyOpened, limited])).toEqual([
      {
        reason: 'consent',
        basis: exchangeConsentId,
        from: '2026-03-02',
        until: '2026-12-31',
        categories: ['employment', 'needs'],
      },
    ]);
    expect(seenBy(adviser, [journeyOpened, limited])).toEqual([]);
  });

  it.each([
    ['before its first day', '2026-03-01', 0],
    ['on its first day', '2026-03-02', 1],
    ['on its last day', '2026-12-31', 1],
    ['after its last day', '2027-01-01', 0],
  ] as const)('%s (%s) opens the view %d times', (_when, today, times) => {
    const limited = event('ConsentGiven', { ...exchangeConsent, validUntil: '2026-12-31' });
    expect(seenBy(jobCentreWorker, [journeyOpened, limited], today)).toHaveLength(times);
  });

  it('opens nothing from its withdrawal on', () => {
    const withdrawn = event('ConsentWithdrawn', {
      consentId: exchangeConsentId,
      withdrawnOn: '2026-03-10',
      channel: 'phone',
    });
    expect(seenBy(jobCentreWorker, [journeyOpened, exchangeConsentGiven, withdrawn])).toEqual([]);
  });

  it.each(['health', 'protection'] as const)('opens %s only where it says so separately', (category) => {
    const { includesArticle9: _, ...silent } = caseConsent;
    const to = { ...silent, purpose: 'information-exchange', recipients: [jobCentre] } as const;
    const without = event('ConsentGiven', { ...to, dataCategories: ['needs', category] });
    const denied = event('ConsentGiven', {
      ...to,
      dataCategories: ['needs', category],
      includesArticle9: false,
    });
    const named = event('ConsentGiven', {
      ...to,
      dataCategories: ['needs', category],
      includesArticle9: true,
    });
    expect(seenBy(jobCentreWorker, [journeyOpened, without])).toMatchObject([{ categories: ['needs'] }]);
    expect(seenBy(jobCentreWorker, [journeyOpened, denied])).toMatchObject([{ categories: ['needs'] }]);
    expect(seenBy(jobCentreWorker, [journeyOpened, named])).toMatchObject([
      { categories: ['needs', category] },
    ]);
  });

  it('given twice is two reasons', () => {
    const further = event('ConsentGiven', {
      ...exchangeConsent,
      consentId: referralConsentId,
      dataCategories: ['housing'],
    });
    expect(seenBy(jobCentreWorker, [journeyOpened, exchangeConsentGiven, further])).toMatchObject([
      { basis: exchangeConsentId, categories: ['employment', 'needs'] },
      { basis: referralConsentId, categories: ['housing'] },
    ]);
  });

  it.each(['case-management', 'referral', 'handover'] as const)(
    'is no consent to %s, which opens nothing by itself',
    (purpose) => {
      const consent = event('ConsentGiven', { ...exchangeConsent, purpose });
      expect(seenBy(jobCentreWorker, [journeyOpened, consent])).toEqual([]);
    },
  );
});

describe('a live referral', () => {
  const onConsent = referralMade('live', { consentId: referralConsentId });

  it('shows itself to the organisation that is to answer it', () => {
    expect(seenBy(adviser, [journeyOpened, housingNeeded, referralMade('live')])).toEqual([
      { reason: 'referral', basis: referralId, from: '2026-03-03T08:02:00.000Z', categories: [] },
    ]);
  });

  it('shows what its consent covers, too', () => {
    expect(seenBy(adviser, [journeyOpened, referralConsentGiven, housingNeeded, onConsent])).toMatchObject([
      { reason: 'referral', categories: ['needs', 'language'] },
    ]);
  });

  it('shows only itself when the consent has ended', () => {
    const events = [journeyOpened, referralConsentGiven, housingNeeded, onConsent];
    expect(seenBy(adviser, events, '2026-12-31')).toMatchObject([{ categories: ['needs', 'language'] }]);
    expect(seenBy(adviser, events, '2027-01-01')).toMatchObject([{ reason: 'referral', categories: [] }]);
  });

  it('shows health only where the consent says so separately', () => {
    const silent = event('ConsentGiven', { ...referralConsent, dataCategories: ['needs', 'health'] });
    const events = [journeyOpened, silent, housingNeeded, onConsent];
    expect(seenBy(adviser, events)).toMatchObject([{ categories: ['needs'] }]);
  });

  it('stays visible while it is accepted and started', () => {
    const events = [journeyOpened, housingNeeded, referralMade('live')];
    const accepted = event('ReferralAccepted', { referralId });
    expect(seenBy(adviser, [...events, accepted])).toHaveLength(1);
    expect(seenBy(adviser, [...events, accepted, event('ReferralStarted', { referralId })])).toHaveLength(1);
  });

  it.each([
    event('ReferralDeclined', { referralId, reason: 'no-capacity' }),
    event('ReferralCompleted', { referralId, outcome: 'attained' }),
    event('ReferralCancelled', { referralId }),
    journeyClosed,
  ])('is over with $type', (end) => {
    expect(seenBy(adviser, [journeyOpened, housingNeeded, referralMade('live'), end])).toEqual([]);
  });

  it('is nothing to others, and a logged one is nothing to the organisation itself', () => {
    expect(seenBy(jobCentreWorker, [journeyOpened, housingNeeded, referralMade('live')])).toEqual([]);
    expect(seenBy(adviser, [journeyOpened, housingNeeded, referralMade('logged')])).toEqual([]);
  });
});
