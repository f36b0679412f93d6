import { describe, expect, it } from '@jest/globals';
import { horizonOf, inTime } from './journey-times.js';

describe('A deadline', () => {
  const quarter = { from: '2026-07-01', to: '2026-09-30' };
  const judged = (recordedUntil: string | undefined, happened?: string) =>
    inTime('2026-09-27', happened, 14, { ...quarter, horizon: horizonOf(recordedUntil, quarter.to) });

  it('is not missed on its very day, whatever somebody has recorded that morning', () => {
    expect(judged('2026-10-11')).toBe('censored');
    expect(judged('2026-10-11', '2026-10-11')).toBe('yes');
    expect(judged('2026-10-12')).toBe('no');
    expect(judged('2026-10-12', '2026-10-12')).toBe('no');
  });

  it('in the quarter is over with it, however little was recorded since', () => {
    const last = (recordedUntil: string | undefined) =>
      inTime('2026-09-16', undefined, 14, { ...quarter, horizon: horizonOf(recordedUntil, quarter.to) });
    for (const recordedUntil of [undefined, '2026-09-20', '2026-09-30', '2026-10-01'])
      expect(last(recordedUntil)).toBe('no');
  });
});
