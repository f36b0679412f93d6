import { setTimeout as timeout } from 'node:timers/promises';

/** Waits for some milliseconds, or until the signal ends. */
export const delay = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  timeout(milliseconds, undefined, { signal }).catch(() => undefined);

/**
 * Milliseconds before the next try after so many failures: doubling from a twentieth of a second to two
 * seconds, and spread by half, so that many instances do not come back at the same moment.
 */
export const retryDelay = (failures: number): number =>
  Math.min(2_000, 50 * 2 ** Math.min(failures, 10)) * (0.5 + Math.random() / 2);
