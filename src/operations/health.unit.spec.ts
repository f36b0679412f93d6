import { describe, expect, it } from '@jest/globals';
import { readinessOf } from './health.js';

describe('Readiness', () => {
  it('is there when every part is', async () => {
    const up = { name: 'store', check: () => Promise.resolve() };
    expect(await readinessOf([up])).toEqual({ ready: true, checks: [{ name: 'store', status: 'up' }] });
    expect(await readinessOf([])).toEqual({ ready: true, checks: [] });
  });

  it('does not wait for a part that never answers', async () => {
    const silent = { name: 'database', check: () => new Promise<void>(() => undefined) };
    const up = { name: 'store', check: () => Promise.resolve() };
    expect(await readinessOf([silent, up], 1)).toEqual({
      ready: false,
      checks: [
        { name: 'database', status: 'down' },
        { name: 'store', status: 'up' },
      ],
    });
  });

  it('takes a check that fails at once for a part that is away', async () => {
    const broken = {
      name: 'database',
      check: (): Promise<void> => {
        throw new Error();
      },
    };
    expect((await readinessOf([broken])).ready).toBe(false);
  });
});
