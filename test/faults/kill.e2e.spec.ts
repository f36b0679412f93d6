import { describe, expect, it } from '@jest/globals';
import { startTestPostgres } from '../support/postgres.js';
import { killAtRandom } from './kill.js';

describe('The application is killed without a word, twenty times', () => {
  it('loses nothing that it has acknowledged, and writes nothing twice', async () => {
    const postgres = await startTestPostgres();
    try {
      const report = await killAtRandom(
        {
          KIM_DEMO: 'true',
          KIM_DATABASE: postgres.connectionString,
          KIM_EVENT_STORE: postgres.connectionString,
        },
        20,
      );
      expect(report).toMatchObject({ kills: 20, lost: [], doubled: [] });
      expect(report.acknowledged).toBeGreaterThan(20);
    } finally {
      await postgres.stop();
    }
  }, 300_000);
});
