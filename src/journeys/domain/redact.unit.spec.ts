import { describe, expect, it } from '@jest/globals';
import { categoryOfNeed, categoryOfPotential } from '../../../test/support/any-journey.js';
import {
  disputeId,
  event,
  exchangeConsent,
  exchangeConsentId,
  goalAgreed,
  goalId,
  healthCareNeeded,
  healthNeedId,
  housingNeeded,
  housingNeedId,
  journeyOpened,
  opening,
  referralConsentGiven,
  referralId,
  referralMade,
} from '../../../test/support/journey-story.js';
import { adviceService, adviser, integrationManagement, jobCentre } from '../../../test/support/office.js';
import { entry, recorded } from '../../../test/support/recorded.js';
import { dataCategories, fieldsOfAction, potentialKinds } from './codes.js';
import type { DataCategory } from './codes.js';
import { withCorrections } from './corrections.js';
import type { JourneyEvent, JourneyEventType } from './events.js';
import { grants } from './grants.js';
import type { Grant } from './grants.js';
import type { VisibleEvent } from './journey.js';
import { redact } from './redact.js';

const tenthOfMarch = { now: '2026-03-10T09:00:00.000Z', today: '2026-03-10' };

const byConsent = (...categories: readonly DataCategory[]): readonly Grant[] => [
  { reason: 'consent', basis: exchangeConsentId, from: '2026-03-02', categories },
];

/** What the job centre sees of the record under a consent for these categories. */
const seen = (
  events: readonly JourneyEvent[],
  ...categories: readonly DataCategory[]
): readonly VisibleEvent[] => redact(withCorrections(recorded(events)), byConsent(...categories), jobCentre);

const types = (events: readonly VisibleEvent[]): readonly JourneyEventType[] =>
  events.map(({ type }) => type);

describe('a reader without a grant', () => {
  it('sees nothing, not even that there is something', () => {
    expect(redact(recorded([journeyOpened, housingNeeded]), [], jobCentre)).toEqual([]);
  });
});

describe('the owner', () => {
  it('sees everything as it is', () => {
    const events = recorded([journeyOpened, housingNeeded, referralMade('live')]);
    const all: readonly Grant[] = [{ reason: 'owner', from: '2026-03-02', categories: 'all' }];
    expect(redact(events, all, 'kim-bergkamen')).toBe(events);
  });
});

describe('a recipient of a consent', () => {
  const described = event('NeedIdentified', {
    needId: housingNeedId,
    fieldOfAction: 'housing',
    urgency: 'high',
    description: 'Schimmel',
  });

  it('sees the fields of its categories, and process facts', () => {
    const intake = event('JourneyOpened', { ...opening, socialArea: '05978004-heil', concern: 'Arbeit' });
    const [openedEvent, need] = seen([intake, described], 'needs', 'residence');
    expect(openedEvent?.data).toEqual({
      journeyId: opening.journeyId,
      clientId: opening.clientId,
      municipality: opening.municipality,
      owner: opening.owner,
      openedOn: opening.openedOn,
      accessRoute: 'own-initiative',
      residenceGroup: 'protection',
    });
    expect(need?.data).toEqual({ needId: housingNeedId, fieldOfAction: 'housing', urgency: 'high' });
  });

  it('sees free text only where notes are granted, and no need’s text without the need', () => {
    expect(seen([journeyOpened, described], 'needs', 'notes')[1]?.data).toMatchObject({
      description: 'Schimmel',
    });
    expect(types(seen([journeyOpened, described], 'notes'))).toEqual(['JourneyOpened']);
  });

  it.each(fieldsOfAction.map((field) => [field, categoryOfNeed(field)] as const))(
    'sees a need in %s, and that it was met, with %s alone',
    (fieldOfAction, category) => {
      const story = [
        journeyOpened,
        event('NeedIdentified', { needId: housingNeedId, fieldOfAction, urgency: 'low' }),
        event('NeedResolved', { needId: housingNeedId }),
      ];
      const others = dataCategories.filter((other) => other !== category);
      expect(types(seen(story, category))).toEqual(['JourneyOpened', 'NeedIdentified', 'NeedResolved']);
      expect(types(seen(story, ...others))).toEqual(['JourneyOpened']);
    },
  );

  it.each(potentialKinds.map((kind) => [kind, categoryOfPotential(kind)] as const))(
    'sees a potential of kind %s with %s alone',
    (kind, category) => {
      const story = [journeyOpened, event('PotentialIdentified', { potentialId: goalId, kind })];
      const others = dataCategories.filter((other) => other !== category);
      expect(types(seen(story, category))).toEqual(['JourneyOpened', 'PotentialIdentified']);
      expect(types(seen(story, ...others))).toEqual(['JourneyOpened']);
    },
  );

  it('learns of no other recipient, and of no consent that names others only', () => {
    const shared = event('ConsentGiven', { ...exchangeConsent, recipients: [adviceService, jobCentre] });
    const withdrawn = (consentId: string) =>
      event('ConsentWithdrawn', { consentId, withdrawnOn: '2026-03-10', channel: 'phone' });
    const visible = seen(
      [journeyOpened, shared, referralConsentGiven, withdrawn(exchangeConsentId), withdrawn('another')],
      'needs',
    );
    expect(types(visible)).toEqual(['JourneyOpened', 'ConsentGiven', 'ConsentWithdrawn']);
    expect(visible[1]?.data).toMatchObject({ recipients: [jobCentre] });
  });

  it('learns of a consent that names nobody but the owner who recorded it, with whatever is disclosed', () => {
    const own = event('ConsentGiven', { ...exchangeConsent, recipients: [integrationManagement] });
    const withdrawn = event('ConsentWithdrawn', {
      consentId: exchangeConsentId,
      withdrawnOn: '2026-03-10',
      channel: 'phone',
    });
    const visible = seen([journeyOpened, own, withdrawn], 'needs');
    expect(types(visible)).toEqual(['JourneyOpened', 'ConsentGiven', 'ConsentWithdrawn']);
    expect(visible[1]?.data).toMatchObject({ recipients: [integrationManagement] });
    const keeping = event('ConsentGiven', {
      ...exchangeConsent,
      recipients: [integrationManagement],
      dataCategories: ['needs', 'health'],
      includesArticle9: true,
    });
    expect(JSON.stringify(seen([journeyOpened, keeping], 'needs')[1])).not.toMatch(/health|Article9/);
    expect(seen([journeyOpened, keeping], 'needs', 'health')[1]?.data).toMatchObject({
      dataCategories: ['needs', 'health'],
      includesArticle9: true,
    });
    const withThird = event('ConsentGiven', {
      ...exchangeConsent,
      recipients: [integrationManagement, adviceService],
    });
    expect(types(seen([journeyOpened, withThird, withdrawn], 'needs'))).toEqual(['JourneyOpened']);
  });

  it('learns of no referral to others, by none of its steps', () => {
    const steps = [
      referralMade('live'),
      event('ReferralAccepted', { referralId }),
      event('ReferralStarted', { referralId }),
      event('ReferralCompleted', { referralId, outcome: 'attained' }),
    ];
    expect(types(seen([journeyOpened, housingNeeded, ...steps], 'plan', 'notes'))).toEqual(['JourneyOpened']);
  });

  it('sees with the plan a logged referral to itself', () => {
    const toThem = referralMade('logged', { organisationId: jobCentre });
    expect(types(seen([journeyOpened, toThem], 'plan'))).toEqual(['JourneyOpened', 'ReferralMade']);
    expect(types(seen([journeyOpened, toThem], 'needs'))).toEqual(['JourneyOpened']);
  });

  it('does not learn from a goal that there are needs of another kind', () => {
    const forBoth = event('GoalAgreed', {
      goalId,
      needIds: [housingNeedId, healthNeedId],
      dueOn: '2026-09-01',
      wording: 'Ruhe',
    });
    const story = [journeyOpened, housingNeeded, healthCareNeeded, forBoth, goalAgreed];
    for (const { data } of seen(story, 'plan', 'needs').filter(({ type }) => type === 'GoalAgreed'))
      expect(data).toEqual({ goalId, dueOn: '2026-09-01' });
    expect(seen(story, 'plan', 'needs', 'health', 'protection')[3]?.data).toMatchObject({
      needIds: [housingNeedId, healthNeedId],
    });
  });
});

describe('a correction', () => {
  const corrected = (replacement: Readonly<Record<string, unknown>>) =>
    event('DataCorrected', { eventId: entry(1), replacement });

  it('to a more confidential kind hides the entry, and that it was corrected', () => {
    const story = [journeyOpened, housingNeeded, corrected({ fieldOfAction: 'health-care' })];
    expect(types(seen(story, 'needs'))).toEqual(['JourneyOpened']);
    expect(types(seen(story, 'health'))).toEqual(['JourneyOpened', 'NeedIdentified', 'DataCorrected']);
  });

  it('that was itself a mistake does not come to light when it is corrected back', () => {
    const story = [
      journeyOpened,
      housingNeeded,
      corrected({ fieldOfAction: 'protection', urgency: 'low' }),
      corrected({ fieldOfAction: 'housing' }),
    ];
    const visible = seen(story, 'needs');
    expect(JSON.stringify(visible)).not.toContain('"protection"');
    expect(visible[2]?.data).toEqual({ eventId: entry(1), replacement: { urgency: 'low' } });
  });

  it('of a hidden field leaves no mark and no entry', () => {
    const story = [journeyOpened, housingNeeded, corrected({ description: 'Kalt' })];
    const visible = seen(story, 'needs');
    expect(types(visible)).toEqual(['JourneyOpened', 'NeedIdentified']);
    expect(visible[1]).not.toHaveProperty('corrected');
  });

  it('of a field that the reader sees is seen as far as that', () => {
    const story = [journeyOpened, housingNeeded, corrected({ description: 'Kalt', urgency: 'low' })];
    const visible = seen(story, 'needs');
    expect(visible[1]).toMatchObject({ corrected: true, data: { urgency: 'low' } });
    expect(visible[2]?.data).toEqual({ eventId: entry(1), replacement: { urgency: 'low' } });
  });
});

describe('a dispute', () => {
  const disputed = event('DataDisputed', { disputeId, eventId: entry(1), statement: 'Nein' });
  const resolved = event('DisputeResolved', { disputeId, outcome: 'upheld' });

  it('is seen by whoever sees the statement, which bears the mark (§ 84 SGB X)', () => {
    const visible = seen([journeyOpened, housingNeeded, disputed, resolved], 'needs');
    expect(types(visible)).toEqual(['JourneyOpened', 'NeedIdentified', 'DataDisputed', 'DisputeResolved']);
    expect(visible[2]?.data).toEqual({ disputeId, eventId: entry(1) });
    expect(visible[3]?.data).toEqual({ disputeId, outcome: 'upheld' });
  });

  it('about what is hidden is hidden', () => {
    for (const hidden of [healthCareNeeded, referralMade('live'), referralConsentGiven])
      expect(types(seen([journeyOpened, hidden, disputed, resolved], 'needs', 'plan', 'notes'))).toEqual([
        'JourneyOpened',
      ]);
  });
});

describe('the organisation that is to answer a live referral', () => {
  const story = recorded([
    journeyOpened,
    housingNeeded,
    referralMade('live', { note: 'Bitte bald' }),
    event('ReferralAccepted', { referralId, occurredOn: '2026-03-09' }),
    referralMade('live', { referralId: goalId, organisationId: jobCentre }),
    goalAgreed,
  ]);
  const granted = grants(story, adviser, tenthOfMarch);

  it('sees the referral and its steps, and process facts: no plan, no need, no text', () => {
    const visible = redact(story, granted, adviceService);
    expect(types(visible)).toEqual(['JourneyOpened', 'ReferralMade', 'ReferralAccepted']);
    expect(visible[1]?.data).toEqual({
      referralId,
      organisationId: adviceService,
      needId: housingNeedId,
      mode: 'live',
    });
    expect(visible[2]?.data).toEqual({ referralId, occurredOn: '2026-03-09' });
  });
});
