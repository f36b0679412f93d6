import { describe, it } from '@jest/globals';
import { given } from '../../../test/support/given-when-then.js';
import { event, journeyOpened } from '../../../test/support/journey-story.js';
import { caseManager } from '../../../test/support/office.js';
import { entry } from '../../../test/support/recorded.js';
import type { LegalDomain } from './codes.js';
import type { JourneyEvent } from './events.js';

const entered = (legalDomain: LegalDomain, effectiveOn: string) =>
  event('LegalDomainEntered', { legalDomain, effectiveOn });
const left = (legalDomain: LegalDomain, effectiveOn: string) =>
  event('LegalDomainLeft', { legalDomain, effectiveOn });
const enter = (legalDomain: LegalDomain, effectiveOn: string) =>
  ({ type: 'EnterLegalDomain', legalDomain, effectiveOn }) as const;
const leave = (legalDomain: LegalDomain, effectiveOn: string) =>
  ({ type: 'LeaveLegalDomain', legalDomain, effectiveOn }) as const;

describe('a legal domain', () => {
  it('is entered on the day on which it takes effect', () => {
    given(journeyOpened)
      .when(enter('ASYLBLG', '2026-01-15'))
      .by(caseManager)
      .then(entered('ASYLBLG', '2026-01-15'));
  });

  it('is entered beside others', () => {
    given(journeyOpened, entered('AUFENTHG', '2024-05-01'))
      .when(enter('ASYLBLG', '2026-01-15'))
      .by(caseManager)
      .then(entered('ASYLBLG', '2026-01-15'));
  });

  it('is entered once: the same day again changes nothing, another day is refused', () => {
    given(journeyOpened, entered('SGB_II', '2026-01-15'))
      .when(enter('SGB_II', '2026-01-15'))
      .by(caseManager)
      .thenNothing();
    given(journeyOpened, entered('SGB_II', '2026-01-15'))
      .when(enter('SGB_II', '2026-02-01'))
      .by(caseManager)
      .thenRefused('already-in-legal-domain', { kind: 'state' });
  });

  it('is left', () => {
    given(journeyOpened, entered('ASYLBLG', '2026-01-15'), entered('SGB_II', '2026-02-01'))
      .when(leave('ASYLBLG', '2026-01-31'))
      .by(caseManager)
      .then(left('ASYLBLG', '2026-01-31'));
  });

  it('may be left on the day on which it was entered, and not before', () => {
    given(journeyOpened, entered('SGB_II', '2026-01-15'))
      .when(leave('SGB_II', '2026-01-15'))
      .by(caseManager)
      .then(left('SGB_II', '2026-01-15'));
    given(journeyOpened, entered('SGB_II', '2026-01-15'))
      .when(leave('SGB_II', '2026-01-14'))
      .by(caseManager)
      .thenRefused('left-before-entered', { kind: 'state' });
  });

  it('is left once: the same day again changes nothing, another day is refused', () => {
    const gone = [journeyOpened, entered('SGB_II', '2026-01-15'), left('SGB_II', '2026-02-28')];
    given(...gone)
      .when(leave('SGB_II', '2026-02-28'))
      .by(caseManager)
      .thenNothing();
    given(...gone)
      .when(leave('SGB_II', '2026-03-01'))
      .by(caseManager)
      .thenRefused('not-in-legal-domain', { kind: 'state' });
  });

  it('that was never entered is not left', () => {
    given(journeyOpened, entered('SGB_II', '2026-01-15'))
      .when(leave('SGB_III', '2026-02-28'))
      .by(caseManager)
      .thenRefused('not-in-legal-domain');
  });

  it('may be entered and left again', () => {
    const gone = [journeyOpened, entered('SGB_II', '2025-01-01'), left('SGB_II', '2025-12-31')];
    given(...gone)
      .when(enter('SGB_II', '2026-03-01'))
      .by(caseManager)
      .then(entered('SGB_II', '2026-03-01'));
    given(...gone, entered('SGB_II', '2026-03-01'))
      .when(leave('SGB_II', '2026-03-09'))
      .by(caseManager)
      .then(left('SGB_II', '2026-03-09'));
  });

  const gone = [journeyOpened, entered('SGB_II', '2026-01-15'), left('SGB_II', '2026-02-28')];

  it.each(['2026-01-15', '2026-02-27'])('is not entered on a day in it: %s', (day) => {
    given(...gone)
      .when(enter('SGB_II', day))
      .by(caseManager)
      .thenRefused('already-in-legal-domain', { kind: 'state' });
  });

  it('may be entered on the day on which it was left, and in others at any time', () => {
    given(...gone)
      .when(enter('SGB_II', '2026-02-28'))
      .by(caseManager)
      .then(entered('SGB_II', '2026-02-28'));
    given(...gone)
      .when(enter('SGB_III', '2026-02-01'))
      .by(caseManager)
      .then(entered('SGB_III', '2026-02-01'));
  });

  it('that was heard of late ends before the next time', () => {
    const earlier = [...gone, entered('SGB_II', '2025-06-01')];
    given(...earlier)
      .when(leave('SGB_II', '2026-01-15'))
      .by(caseManager)
      .then(left('SGB_II', '2026-01-15'));
    given(...earlier)
      .when(leave('SGB_II', '2026-01-16'))
      .by(caseManager)
      .thenRefused('already-in-legal-domain', { kind: 'state' });
  });
});

describe('a legal domain that two offices entered, the second not knowing of the first', () => {
  const twice = [journeyOpened, entered('SGB_II', '2025-01-01'), entered('SGB_II', '2025-03-01')];
  const correcting = (history: readonly JourneyEvent[], revision: number, effectiveOn: string) =>
    given(...history)
      .when({ type: 'CorrectStatement', eventId: entry(revision), replacement: { effectiveOn } })
      .by(caseManager);
  const corrected = (revision: number, effectiveOn: string) =>
    event('DataCorrected', { eventId: entry(revision), replacement: { effectiveOn } });

  it('is entered by either day, and left once, after both', () => {
    for (const day of ['2025-01-01', '2025-03-01'])
      given(...twice)
        .when(enter('SGB_II', day))
        .by(caseManager)
        .thenNothing();
    given(...twice)
      .when(leave('SGB_II', '2026-11-01'))
      .by(caseManager)
      .then(left('SGB_II', '2026-11-01'));
    given(...twice)
      .when(leave('SGB_II', '2025-02-01'))
      .by(caseManager)
      .thenRefused('left-before-entered');
  });

  it('can be put right, each day by itself', () => {
    const gone = [...twice, left('SGB_II', '2025-10-01')];
    correcting(gone, 3, '2025-06-01').then(corrected(3, '2025-06-01'));
    correcting(gone, 3, '2025-02-15').thenRefused('left-before-entered');
    correcting(gone, 1, '2025-02-01').then(corrected(1, '2025-02-01'));
    correcting(gone, 2, '2025-01-01').then(corrected(2, '2025-01-01'));
    correcting(twice, 2, '2025-01-01').then(corrected(2, '2025-01-01'));
  });

  it('and left again later, as could be recorded once, is left', () => {
    const within = [
      journeyOpened,
      entered('SGB_II', '2025-01-01'),
      left('SGB_II', '2025-06-01'),
      entered('SGB_II', '2025-03-01'),
    ];
    given(...within)
      .when(leave('SGB_II', '2025-09-01'))
      .by(caseManager)
      .then(left('SGB_II', '2025-09-01'));
  });
});

describe('a day in a legal domain that was wrong', () => {
  const twice = [
    journeyOpened,
    entered('SGB_II', '2026-01-01'),
    left('SGB_II', '2026-03-01'),
    entered('SGB_II', '2026-06-01'),
    left('SGB_II', '2026-07-01'),
  ];
  const corrected = (revision: number, effectiveOn: string) =>
    event('DataCorrected', { eventId: entry(revision), replacement: { effectiveOn } });
  const correcting = (history: readonly JourneyEvent[], revision: number, effectiveOn: string) =>
    given(...history)
      .when({ type: 'CorrectStatement', eventId: entry(revision), replacement: { effectiveOn } })
      .by(caseManager);

  it.each([
    [1, '2026-03-01'],
    [2, '2026-01-01'],
    [2, '2026-06-01'],
    [3, '2026-03-01'],
    [4, '2030-01-01'],
  ] as const)('is put right as far as the other days allow: the %dth to %s', (revision, day) => {
    correcting(twice, revision, day).then(corrected(revision, day));
  });

  it.each([
    [1, '2026-03-02', 'left-before-entered'],
    [2, '2025-12-31', 'left-before-entered'],
    [2, '2026-06-02', 'already-in-legal-domain'],
    [3, '2026-02-28', 'already-in-legal-domain'],
    [3, '2026-07-02', 'left-before-entered'],
  ] as const)('is not put where it cannot have been: the %dth to %s is %s', (revision, day, code) => {
    correcting(twice, revision, day).thenRefused(code, { kind: 'state' });
  });

  it('is held against the days as they were put right before', () => {
    const history = [...twice, corrected(2, '2026-02-01')];
    correcting(history, 1, '2026-02-15').thenRefused('left-before-entered');
    correcting(history, 3, '2026-02-15').then(corrected(3, '2026-02-15'));
  });
});
