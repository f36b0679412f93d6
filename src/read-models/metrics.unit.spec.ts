import { describe, expect, it, jest } from '@jest/globals';
import { Gauge, Registry } from 'prom-client';
import type { ProjectionStatus } from '#projections';
import { measureProjections } from './metrics.js';

const registryOver = (status: () => Promise<readonly ProjectionStatus[]>): Registry => {
  const registry = new Registry();
  new Gauge({ name: 'other', help: 'Of something else.', registers: [registry] }).set(1);
  measureProjections(registry, { projections: { status } } as Parameters<typeof measureProjections>[1]);
  return registry;
};

const hanging = () => new Promise<never>(() => undefined);

describe('The figures of projections', () => {
  it.each([
    ['fails', () => Promise.reject(new Error('There is nobody'))],
    ['hangs', hanging],
  ])('are left out within a second, and only they, while the database %s', async (_, status) => {
    jest.useFakeTimers({ doNotFake: ['nextTick'] });
    try {
      const asked = jest.fn(status);
      const registry = registryOver(asked);
      for (let looks = 0; looks < 2; looks += 1) {
        const metrics = registry.metrics();
        await jest.advanceTimersByTimeAsync(1_000);
        const told = await metrics;
        expect(told).toContain('other 1');
        expect(told).not.toContain('kim_projection_lag{');
        await jest.advanceTimersByTimeAsync(15_000);
      }
      // What hangs is not asked once more by every look.
      expect(asked).toHaveBeenCalledTimes(status === hanging ? 1 : 2);
    } finally {
      jest.useRealTimers();
    }
  });
});
