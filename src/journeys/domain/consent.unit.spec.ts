import { describe, expect, it } from '@jest/globals';
import { given } from '../../../test/support/given-when-then.js';
import {
  caseConsent,
  event,
  exchangeConsent,
  exchangeConsentGiven,
  exchangeConsentId,
  housingNeeded,
  journeyClosed,
  journeyOpened,
  referralConsent,
  referralConsentGiven,
  referralConsentId,
  referralId,
  referralMade,
} from '../../../test/support/journey-story.js';
import { caseManager, jobCentre, newId } from '../../../test/support/office.js';
import { recorded } from '../../../test/support/recorded.js';
import type { GiveConsent, WithdrawConsent } from './commands.js';
import { consentedCategories, isInForce } from './consent.js';
import type { JourneyEventData } from './events.js';
import { foldJourney } from './evolve.js';
import type { Consent } from './journey.js';
import { consentStatus } from './view.js';

const giving = ({ consentId: _, ...consent }: JourneyEventData['ConsentGiven']): GiveConsent => ({
  type: 'GiveConsent',
  ...consent,
});

describe('giving consent', () => {
  it('records purpose, categories and recipients', () => {
    given(journeyOpened)
      .when(giving(exchangeConsent))
      .by(caseManager)
      .then(event('ConsentGiven', { ...exchangeConsent, consentId: newId }));
  });

  it('covers what Art. 9 GDPR protects where it says so separately', () => {
    given(journeyOpened)
      .when(giving(caseConsent))
      .by(caseManager)
      .then(event('ConsentGiven', { ...caseConsent, consentId: newId }));
  });

  it.each(['health', 'protection'] as const)('is refused for %s without saying so separately', (category) => {
    given(journeyOpened)
      .when({ ...giving(exchangeConsent), dataCategories: ['needs', category] })
      .by(caseManager)
      .thenRefused('article-9-not-named', { kind: 'input', pointer: '/includesArticle9' });
    given(journeyOpened)
      .when({ ...giving(exchangeConsent), dataCategories: [category], includesArticle9: false })
      .by(caseManager)
      .thenRefused('article-9-not-named');
  });

  it('is refused for a recipient whom nobody knows, by its place in the list', () => {
    given(journeyOpened)
      .when({ ...giving(exchangeConsent), recipients: [jobCentre, 'sprachschule-nirgendwo'] })
      .by(caseManager)
      .thenRefused('unknown-organisation', { kind: 'input', pointer: '/recipients/1' });
  });

  it('is refused where it would end before it begins', () => {
    given(journeyOpened)
      .when({ ...giving(exchangeConsent), validFrom: '2026-03-10', validUntil: '2026-03-09' })
      .by(caseManager)
      .thenRefused('ends-before-it-begins', { kind: 'input', pointer: '/validUntil' });
  });

  it('may be for one day', () => {
    const forOneDay = { ...exchangeConsent, validFrom: '2026-03-10', validUntil: '2026-03-10' };
    given(journeyOpened)
      .when(giving(forOneDay))
      .by(caseManager)
      .then(event('ConsentGiven', { ...forOneDay, consentId: newId }));
  });

  it('to case management is given to the owner alone', () => {
    given(journeyOpened)
      .when({ ...giving(caseConsent), recipients: ['kim-bergkamen', jobCentre] })
      .by(caseManager)
      .thenRefused('recipient-is-not-the-owner', { kind: 'input', pointer: '/recipients' });
  });

  it('may be given again: each stands for itself', () => {
    given(journeyOpened, exchangeConsentGiven)
      .when(giving(exchangeConsent))
      .by(caseManager)
      .then(event('ConsentGiven', { ...exchangeConsent, consentId: newId }));
  });
});

describe('withdrawing consent', () => {
  const withdrawal: WithdrawConsent = {
    type: 'WithdrawConsent',
    consentId: exchangeConsentId,
    channel: 'in-person',
  };

  it('acts from today on, unless it names the day', () => {
    given(journeyOpened, exchangeConsentGiven)
      .when(withdrawal)
      .by(caseManager)
      .then(
        event('ConsentWithdrawn', {
          consentId: exchangeConsentId,
          channel: 'in-person',
          withdrawnOn: '2026-03-10',
        }),
      );
    given(journeyOpened, exchangeConsentGiven)
      .when({ ...withdrawal, channel: 'letter', withdrawnOn: '2026-03-06' })
      .by(caseManager)
      .then(
        event('ConsentWithdrawn', {
          consentId: exchangeConsentId,
          channel: 'letter',
          withdrawnOn: '2026-03-06',
        }),
      );
  });

  const withdrawn = event('ConsentWithdrawn', {
    consentId: referralConsentId,
    channel: 'phone',
    withdrawnOn: '2026-03-10',
  });
  const stopped = event('ReferralCancelled', { referralId, cause: 'consent-withdrawn' });

  it.each(['live', 'logged'] as const)(
    'stops an open %s referral that rested on it, in the same append',
    (mode) => {
      const referral = referralMade(mode, { consentId: referralConsentId });
      for (const further of [
        [],
        [event('ReferralAccepted', { referralId })],
        [event('ReferralStarted', { referralId })],
      ])
        given(journeyOpened, referralConsentGiven, housingNeeded, referral, ...further)
          .when({ ...withdrawal, consentId: referralConsentId, channel: 'phone' })
          .by(caseManager)
          .then(withdrawn, stopped);
    },
  );

  it('leaves alone what has ended, and what rests on something else', () => {
    const finished = event('ReferralCompleted', { referralId, outcome: 'attained' });
    given(
      journeyOpened,
      referralConsentGiven,
      housingNeeded,
      referralMade('live', { consentId: referralConsentId }),
      finished,
      referralMade('live', { referralId: newId }),
    )
      .when({ ...withdrawal, consentId: referralConsentId, channel: 'phone' })
      .by(caseManager)
      .then(withdrawn);
  });

  it('has happened once for all: the same again changes nothing, another one is refused', () => {
    const again = { ...withdrawal, consentId: referralConsentId, channel: 'phone' } as const;
    const gone = [journeyOpened, referralConsentGiven, withdrawn];
    for (const same of [again, { ...again, withdrawnOn: '2026-03-10' }])
      given(...gone)
        .when(same)
        .by(caseManager)
        .thenNothing();
    for (const other of [{ ...again, channel: 'email' } as const, { ...again, withdrawnOn: '2026-03-09' }])
      given(...gone)
        .when(other)
        .by(caseManager)
        .thenRefused('consent-withdrawn', { kind: 'state' });
  });

  it('is possible after the journey was closed', () => {
    given(journeyOpened, exchangeConsentGiven, journeyClosed)
      .when(withdrawal)
      .by(caseManager)
      .then(
        event('ConsentWithdrawn', {
          consentId: exchangeConsentId,
          channel: 'in-person',
          withdrawnOn: '2026-03-10',
        }),
      );
  });

  it('of a consent that was never given is not found', () => {
    given(journeyOpened).when(withdrawal).by(caseManager).thenRefused('not-found', { kind: 'unknown' });
  });
});

describe('a consent', () => {
  const consentAfter = (...events: Parameters<typeof recorded>[0]): Consent => {
    const journey = foldJourney(recorded([journeyOpened, ...events]));
    if (journey.stage === 'none' || !journey.consents[0]) throw new Error('no consent was given');
    return journey.consents[0];
  };
  const limited = event('ConsentGiven', {
    ...referralConsent,
    validFrom: '2026-03-02',
    validUntil: '2026-12-31',
  });

  it.each([
    ['2026-03-01', 'not-yet-in-force'],
    ['2026-03-02', 'in-force'],
    ['2026-12-31', 'in-force'],
    ['2027-01-01', 'expired'],
  ] as const)('that is valid from 2 March to 31 December 2026 is on %s %s', (day, status) => {
    expect(consentStatus(consentAfter(limited), day)).toBe(status);
    expect(isInForce(consentAfter(limited), day)).toBe(status === 'in-force');
  });

  it('without an end stays in force', () => {
    expect(consentStatus(consentAfter(exchangeConsentGiven), '2099-12-31')).toBe('in-force');
  });

  it('that was withdrawn is in force on no day', () => {
    const consent = consentAfter(
      limited,
      event('ConsentWithdrawn', {
        consentId: referralConsentId,
        withdrawnOn: '2026-05-01',
        channel: 'portal',
      }),
    );
    for (const day of ['2026-03-01', '2026-05-01', '2027-01-01']) {
      expect(consentStatus(consent, day)).toBe('withdrawn');
      expect(isInForce(consent, day)).toBe(false);
    }
  });

  it('opens health and protection only where it says so separately', () => {
    const { includesArticle9: _, ...silent } = caseConsent;
    expect(consentedCategories(consentAfter(event('ConsentGiven', caseConsent)))).toEqual([
      'health',
      'protection',
    ]);
    expect(
      consentedCategories(
        consentAfter(event('ConsentGiven', { ...silent, dataCategories: ['needs', 'health', 'protection'] })),
      ),
    ).toEqual(['needs']);
  });
});
