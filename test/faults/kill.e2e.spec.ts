import { describe, expect, it } from '@jest/globals';
import { grounds } from './grounds.js';
import { killAtRandom } from './kill.js';

describe('The application is killed without a word, twenty times', () => {
  it('loses nothing that it has acknowledged, and writes nothing twice', async () => {
    const ground = await grounds.postgres();
    try {
      const report = await killAtRandom(ground.settings, 20, undefined, ground.killStore);
      expect(report).toMatchObject({ kills: 20, lost: [], doubled: [] });
      expect(report.acknowledged).toBeGreaterThan(20);
    } finally {
      await ground.remove();
    }
  }, 600_000);
});
