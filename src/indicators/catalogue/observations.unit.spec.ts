import { describe, expect, it } from '@jest/globals';
import { withoutSealed, type JourneyFacts } from '../facts/journey-facts.js';
import { indicatorOf } from './catalogue.js';

const quarter = { from: '2026-07-01', to: '2026-09-30', horizon: '2026-11-20' };
const entry = { at: '', id: '' };
const journey: JourneyFacts = {
  opening: { ...entry, municipality: '05978004', openedOn: '2026-06-15', preferredLanguage: 'uk' },
  contacts: [],
  consents: [],
  needs: [],
  potentials: [],
  goals: [],
  referrals: [],
  legalDomains: [],
  handovers: [],
  closures: [],
};
const observed = (code: string, facts: Partial<JourneyFacts>) =>
  indicatorOf(code)!.figures[0]!.observe({ ...journey, ...facts }, quarter);
const slots = (code: string, facts: Partial<JourneyFacts>) => observed(code, facts).map(({ slot }) => slot);

describe('A referral that was completed without anybody having recorded its start', () => {
  const need = { ...entry, id: 'n', on: '2026-07-01' };
  const completed = (outcome: string) => ({
    referrals: [{ ...entry, on: '2026-07-10', need: 'n', completedOn: '2026-07-20', outcome }],
    needs: [need],
  });

  it.each(['attained', 'partly', 'not-attained', 'dropped-out'])('was taken up if it was %s', (outcome) => {
    expect(slots('referral-uptake', completed(outcome))).toEqual(['yes']);
    expect(slots('time-to-support', completed(outcome))).toEqual(['15-28']);
  });

  it('was not, as far as anyone knows, if its outcome is unknown or gone with the person', () => {
    expect(slots('referral-uptake', completed('unknown'))).toEqual(['no']);
    expect(slots('time-to-support', completed('unknown'))).toEqual(['censored']);
    const erased = withoutSealed({ ...journey, ...completed('attained') });
    expect(slots('referral-uptake', erased)).toEqual(['no']);
  });
});

describe('The outcome of a referral', () => {
  const ended = (end: object) => ({ referrals: [{ ...entry, on: '2026-07-10', need: 'n', ...end }] });

  it.each([
    ['attained', { completedOn: '2026-10-08', outcome: 'attained' }, 'yes'],
    ['attained too late', { completedOn: '2026-10-09', outcome: 'attained' }, 'no'],
    ['unknown', { completedOn: '2026-08-01', outcome: 'unknown' }, 'no'],
    ['none, where it was declined', { declinedOn: '2026-07-12' }, 'no'],
  ])('is %s: %j', (_, end, slot) => {
    expect(slots('referral-closed-loop-90d', ended(end))).toEqual([slot]);
  });

  it('that was unknown does not become known when the person is erased', () => {
    for (const outcome of ['unknown', 'attained']) {
      const erased = withoutSealed({ ...journey, ...ended({ completedOn: '2026-08-01', outcome }) });
      expect(slots('referral-closed-loop-90d', erased)).toEqual(['no']);
    }
  });
});

describe('A plan', () => {
  const goal = { ...entry, on: '2026-07-20', reviews: [] };
  const plan = (...goals: JourneyFacts['goals']) =>
    slots('plan-rate', { needs: [{ ...entry, on: '2026-07-01' }], goals });

  it('is a goal that the client has agreed to', () => {
    expect(plan(goal)).toEqual(['yes']);
    expect(plan({ ...goal, agreedByClient: false })).toEqual(['censored']);
    expect(plan({ ...goal, agreedByClient: false }, goal)).toEqual(['yes']);
    expect(plan()).toEqual(['censored']);
  });
});

describe('A contact', () => {
  const spoken = (contact: Partial<JourneyFacts['contacts'][number]>) =>
    slots('preferred-language-share', { contacts: [{ ...entry, on: '2026-08-01', ...contact }] });

  it.each([
    ['in the preferred language', { language: 'uk' }, 'yes'],
    ['in the preferred language, with an interpreter', { language: 'uk', interpreter: true }, 'yes'],
    ['in German, interpreted', { language: 'de', interpreter: true }, 'yes'],
    ['interpreted, of which no language was recorded', { interpreter: true }, 'yes'],
    ['in German', { language: 'de', interpreter: false }, 'no'],
    ['interpreted from a third language', { language: 'ar', interpreter: true }, 'no'],
    ['of which no language was recorded', {}, 'no'],
  ])('%s: %j is %s', (_, contact, slot) => {
    expect(spoken(contact)).toEqual([slot]);
  });

  it('of an erased person is not counted, since no language of theirs is known', () => {
    const erased = withoutSealed({
      ...journey,
      contacts: [{ ...entry, on: '2026-08-01', language: 'uk', interpreter: false }],
    });
    expect(slots('preferred-language-share', erased)).toEqual([]);
  });
});

describe('A transition between legal domains', () => {
  const period = (legalDomain: string, from: string, until?: string, leftAt = `${legalDomain} ${until}`) => ({
    ...entry,
    legalDomain,
    from,
    ...(until !== undefined && { until, leftAt }),
  });
  const gaps = (...legalDomains: JourneyFacts['legalDomains']) => observed('benefit-gap', { legalDomains });

  it('takes the days from the end in one to the start in the next', () => {
    expect(gaps(period('ASYLBLG', '2025-01-01', '2026-07-31'), period('SGB_II', '2026-08-05'))).toEqual([
      { slot: '1-7', legalDomainPair: 'ASYLBLG>SGB_II' },
    ]);
  });

  it('has no gap where the next began before the end', () => {
    expect(gaps(period('ASYLBLG', '2025-01-01', '2026-07-31'), period('SGB_II', '2026-07-15'))).toEqual([
      { slot: '0-0', legalDomainPair: 'ASYLBLG>SGB_II' },
    ]);
  });

  it('is none where the next is the same, whatever comes after it', () => {
    const interrupted = [
      period('SGB_II', '2025-01-01', '2026-07-31'),
      period('SGB_II', '2026-08-15', '2026-10-20'),
      period('SGB_III', '2026-10-21'),
    ];
    expect(gaps(...interrupted)).toEqual([]);
  });

  it('is one, however often the same legal domain was entered', () => {
    const left = ['2026-07-31', 'the one end'] as const;
    const twice = [period('ASYLBLG', '2025-01-01', ...left), period('ASYLBLG', '2026-03-01', ...left)];
    expect(gaps(...twice, period('SGB_II', '2026-08-05'))).toEqual([
      { slot: '1-7', legalDomainPair: 'ASYLBLG>SGB_II' },
    ]);
  });

  it('stays open while nothing comes next', () => {
    const beside = [period('AUFENTHG', '2024-01-01'), period('ASYLBLG', '2025-01-01', '2026-07-31')];
    expect(gaps(...beside)).toEqual([{ slot: 'censored', legalDomainPair: 'unknown' }]);
  });
});
