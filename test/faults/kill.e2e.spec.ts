import { describe, expect, it } from '@jest/globals';
import { testInstallation } from '../support/installation.js';
import { killAtRandom } from './kill.js';

describe('The application is killed without a word, twenty times', () => {
  it('loses nothing that it has acknowledged, and writes nothing twice', async () => {
    const installation = await testInstallation();
    try {
      const report = await killAtRandom(installation.settings, 20);
      expect(report).toMatchObject({ kills: 20, lost: [], doubled: [] });
      expect(report.acknowledged).toBeGreaterThan(20);
    } finally {
      await installation.remove();
    }
  }, 300_000);
});
