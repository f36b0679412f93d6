import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startClockedApplication } from '../support/clocked-application.js';
import type { ClockedApplication } from '../support/clocked-application.js';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';
import { playThrough } from './run.js';

describe('Handovers through the API', () => {
  let installation: TestInstallation;
  let application: ClockedApplication;

  beforeAll(async () => {
    installation = await testInstallation();
    application = await startClockedApplication(installation.settings, '2026-03-03T09:00:00.000Z');
  });

  afterAll(async () => {
    await application.stop();
    await installation.remove();
  });

  it('keep every promise in 2,000 sequences of what people may try at the same time', async () => {
    const { sequences, accepted } = await playThrough(application, { sequences: 2_000 });
    expect(sequences).toBe(2_000);
    // Otherwise the model would have shown little.
    expect(accepted).toBeGreaterThan(100);
  }, 900_000);
});
