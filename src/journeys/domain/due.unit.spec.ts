import { describe, expect, it } from '@jest/globals';
import { journeyAfter } from '../../../test/support/given-when-then.js';
import {
  caseConsent,
  caseConsentId,
  event,
  exchangeConsentGiven,
  goalAgreed,
  goalId,
  healthCareNeeded,
  healthNeedId,
  housingNeeded,
  journeyClosed,
  journeyOpened,
  journeyReopened,
  measureId,
  measurePlanned,
  opening,
  referralConsent,
  referralConsentGiven,
  referralConsentId,
  referralId,
  referralMade,
} from '../../../test/support/journey-story.js';
import { everyEvent } from '../../../test/support/every-event.js';
import { recorded } from '../../../test/support/recorded.js';
import { berlinDay } from '../../reference/berlin-days.js';
import { addDays } from '../../reference/calendar-day.js';
import { addWorkingDays } from '../../reference/working-days.js';
import type { GoalResult } from './codes.js';
import { defaultPeriods } from './codes.js';
import { dueDates } from './due.js';
import type { Due } from './due.js';
import type { JourneyEvent } from './events.js';
import { foldJourney } from './evolve.js';

const calendar = { addDays, addWorkingDays, dayOf: berlinDay };

const dueAfter = (...events: readonly JourneyEvent[]): readonly Due[] =>
  dueDates(journeyAfter([journeyOpened, contacted, ...events]), calendar);

const contacted = event('ContactRecorded', {
  contactId: measureId,
  occurredAt: '2026-03-03T07:00:00Z',
  kind: 'office',
  minutes: 30,
});

describe('the first contact', () => {
  const openedOn = (day: string): readonly Due[] =>
    dueDates(journeyAfter([event('JourneyOpened', { ...opening, openedOn: day })]), calendar);

  it.each([
    ['in an ordinary fortnight', '2026-03-02', '2026-03-16'],
    ['over Easter', '2026-03-27', '2026-04-14'],
    ['over All Saints’ Day, a holiday in North Rhine-Westphalia', '2027-10-22', '2027-11-08'],
    ['over Corpus Christi, another one', '2026-05-29', '2026-06-15'],
    ['over Christmas and New Year', '2026-12-18', '2027-01-05'],
    ['after an opening on a Saturday', '2026-03-07', '2026-03-20'],
  ])('is due ten working days after the opening: %s', (_when, day, due) => {
    expect(openedOn(day)).toEqual([{ what: 'first-contact', on: due }]);
  });

  it('is not due any more once there was one', () => {
    expect(dueAfter()).toEqual([]);
  });
});

describe('a goal', () => {
  const reviewed = (result: GoalResult) => event('GoalReviewed', { goalId, result });
  const due = [{ what: 'goal-review', on: '2026-09-01', of: goalId }];

  it('is due on its day, until it is attained or dropped', () => {
    expect(dueAfter(housingNeeded, goalAgreed)).toEqual(due);
    for (const result of ['partly', 'missed'] as const)
      expect(dueAfter(housingNeeded, goalAgreed, reviewed(result))).toEqual(due);
    for (const result of ['attained', 'dropped'] as const)
      expect(dueAfter(housingNeeded, goalAgreed, reviewed(result))).toEqual([]);
  });

  it('is due on the day to which it was corrected', () => {
    const correction = event('DataCorrected', {
      eventId: 'e0e0e0e0-0000-5000-8000-000000000003',
      replacement: { dueOn: '2026-10-01' },
    });
    expect(dueAfter(housingNeeded, goalAgreed, correction)).toEqual([
      { what: 'goal-review', on: '2026-10-01', of: goalId },
    ]);
  });
});

describe('a measure', () => {
  it('is due on its day, until it is completed', () => {
    expect(dueAfter(measurePlanned)).toEqual([{ what: 'measure', on: '2026-04-01', of: measureId }]);
    expect(dueAfter(measurePlanned, event('MeasureCompleted', { measureId }))).toEqual([]);
  });
});

describe('a referral’s outcome', () => {
  const due = [{ what: 'referral-outcome', on: '2026-06-01', of: referralId }];

  it.each(['live', 'logged'] as const)('is due ninety days after a %s referral', (mode) => {
    expect(dueAfter(referralMade(mode))).toEqual(due);
    expect(dueAfter(referralMade(mode), event('ReferralAccepted', { referralId }))).toEqual(due);
    expect(dueAfter(referralMade(mode), event('ReferralStarted', { referralId }))).toEqual(due);
  });

  it('counts from the day in Berlin', () => {
    const journey = foldJourney(
      recorded([journeyOpened, contacted, referralMade('live')], { from: '2026-03-03T23:30:00.000Z' }),
    );
    expect(dueDates(journey, calendar)).toMatchObject([{ on: '2026-06-02' }]);
  });

  it.each([
    event('ReferralDeclined', { referralId, reason: 'no-capacity' }),
    event('ReferralCompleted', { referralId, outcome: 'unknown' }),
    event('ReferralCancelled', { referralId }),
  ])('is not due any more after $type', (end) => {
    expect(dueAfter(referralMade('live'), end)).toEqual([]);
  });
});

describe('a consent that ends', () => {
  const due = { what: 'consent-ends', on: '2026-12-17', of: referralConsentId };

  it('is due a fortnight ahead', () => {
    expect(dueAfter(referralConsentGiven)).toEqual([due]);
  });

  it('is not due if it has no end, or was withdrawn', () => {
    const withdrawn = event('ConsentWithdrawn', {
      consentId: referralConsentId,
      withdrawnOn: '2026-03-09',
      channel: 'phone',
    });
    expect(dueAfter(exchangeConsentGiven)).toEqual([]);
    expect(dueAfter(referralConsentGiven, withdrawn)).toEqual([]);
  });

  it('is not due any more once it was given again for longer, and for as much', () => {
    const renewed = (rest: Partial<typeof referralConsent>) =>
      event('ConsentGiven', { ...referralConsent, consentId: goalId, validUntil: '2027-12-31', ...rest });
    expect(dueAfter(referralConsentGiven, renewed({}))).toEqual([
      { what: 'consent-ends', on: '2027-12-17', of: goalId },
    ]);
    expect(dueAfter(referralConsentGiven, renewed({ purpose: 'handover' }))).toContainEqual(due);
    expect(dueAfter(referralConsentGiven, renewed({ recipients: ['kim-kamen'] }))).toContainEqual(due);
    expect(dueAfter(referralConsentGiven, renewed({ dataCategories: ['needs'] }))).toContainEqual(due);
    expect(dueAfter(referralConsentGiven, renewed({ validUntil: '2026-12-31' }))).toContainEqual(due);
  });
});

describe('the consent to keep health and protection', () => {
  const due = { what: 'case-management-consent', on: '2026-03-03', of: healthNeedId };
  const given = (rest: Partial<typeof caseConsent>) => event('ConsentGiven', { ...caseConsent, ...rest });
  const violence = event('NeedIdentified', { needId: goalId, fieldOfAction: 'protection', urgency: 'high' });
  const insult = event('NeedIdentified', { needId: goalId, fieldOfAction: 'discrimination', urgency: 'low' });

  it('is due from the day on which such a need is recorded, which is not refused for want of it', () => {
    expect(dueAfter(healthCareNeeded)).toEqual([due]);
    for (const need of [violence, insult]) expect(dueAfter(need)).toEqual([{ ...due, of: goalId }]);
    expect(dueAfter(housingNeeded)).toEqual([]);
  });

  it('is not due any more once it is given, before or after', () => {
    expect(dueAfter(healthCareNeeded, violence, given({}))).toEqual([]);
    expect(dueAfter(given({}), healthCareNeeded)).toEqual([]);
  });

  it('is that for case management, names the category, and says so separately', () => {
    const { includesArticle9: _, ...silent } = caseConsent;
    expect(dueAfter(healthCareNeeded, given({ dataCategories: ['protection'] }))).toEqual([due]);
    expect(dueAfter(healthCareNeeded, event('ConsentGiven', silent))).toEqual([due]);
    expect(dueAfter(healthCareNeeded, given({ purpose: 'information-exchange' }))).toEqual([due]);
  });

  it('is due again for the next owner, and the one before is nothing that the next could renew', () => {
    const handover = [
      event('HandoverProposed', everyEvent.HandoverProposed),
      event('HandoverApproved', everyEvent.HandoverApproved),
      event('HandoverAccepted', everyEvent.HandoverAccepted),
    ];
    const ending = given({ validUntil: '2026-03-31' });
    expect(dueAfter(healthCareNeeded, ending)).toMatchObject([{ what: 'consent-ends' }]);
    expect(dueAfter(healthCareNeeded, ending, ...handover)).toMatchObject([due, { what: 'first-contact' }]);
  });

  it('is due again when it was withdrawn', () => {
    const withdrawn = event('ConsentWithdrawn', {
      consentId: caseConsentId,
      withdrawnOn: '2026-03-09',
      channel: 'letter',
    });
    expect(dueAfter(healthCareNeeded, given({}), withdrawn)).toEqual([due]);
  });

  it('is due for a need that turns out to be one of health', () => {
    const correction = event('DataCorrected', {
      eventId: 'e0e0e0e0-0000-5000-8000-000000000002',
      replacement: { fieldOfAction: 'health-care' },
    });
    expect(dueAfter(housingNeeded)).toEqual([]);
    expect(dueAfter(housingNeeded, correction)).toMatchObject([{ what: 'case-management-consent' }]);
  });
});

describe('a closed journey', () => {
  it('has one thing due, the follow-up half a year later', () => {
    expect(dueAfter(healthCareNeeded, goalAgreed, referralMade('live'), journeyClosed)).toEqual([
      { what: 'follow-up', on: '2026-08-30' },
    ]);
  });

  it('that was reopened has no follow-up, and nothing of what had ended', () => {
    expect(dueAfter(housingNeeded, goalAgreed, referralMade('live'), journeyClosed, journeyReopened)).toEqual(
      [],
    );
  });
});

describe('everything that is due', () => {
  it('comes soonest first', () => {
    const due = dueDates(
      journeyAfter([journeyOpened, referralConsentGiven, goalAgreed, measurePlanned, referralMade('live')]),
      calendar,
    );
    expect(due.map(({ what, on }) => `${on} ${what}`)).toEqual([
      '2026-03-16 first-contact',
      '2026-04-01 measure',
      '2026-06-01 referral-outcome',
      '2026-09-01 goal-review',
      '2026-12-17 consent-ends',
    ]);
  });

  it('follows the periods of the office', () => {
    const periods = () => ({
      ...defaultPeriods,
      firstContact: 3,
      referralOutcome: 30,
      consentEnds: 30,
      followUp: 365,
    });
    const events = [journeyOpened, referralConsentGiven, referralMade('logged')];
    expect(dueDates(journeyAfter(events), calendar, periods).map(({ on }) => on)).toEqual([
      '2026-03-05',
      '2026-04-02',
      '2026-12-01',
    ]);
    expect(dueDates(journeyAfter([...events, journeyClosed]), calendar, periods)).toEqual([
      { what: 'follow-up', on: '2027-03-03' },
    ]);
  });

  it('is nothing where no journey was opened', () => {
    expect(dueDates({ stage: 'none' }, calendar)).toEqual([]);
  });
});
