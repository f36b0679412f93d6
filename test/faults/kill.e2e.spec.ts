import { describe, expect, it } from '@jest/globals';
import { eventStoreDBCommand } from '../support/event-store.js';
import { compareViews } from './compare-views.js';
import { grounds } from './grounds.js';
import { killAtRandom } from './kill.js';

describe('The application is killed without a word, twenty times', () => {
  it('loses nothing that it has acknowledged, writes nothing twice, and its views are those of a rebuild', async () => {
    const serverCommand = eventStoreDBCommand();
    const ground =
      serverCommand === undefined ? await grounds.postgres() : await grounds.eventstoredb({ serverCommand });
    try {
      const report = await killAtRandom(ground.settings, 20, undefined, ground.killStore);
      expect(report).toMatchObject({ kills: 20, lost: [], doubled: [] });
      expect(report.acknowledged).toBeGreaterThan(20);
      // Rejects if a view differs from a rebuild.
      const { stdout } = await compareViews(ground.settings);
      expect(stdout).toMatch(/worklist +8 rows, 0 differ/);
    } finally {
      await ground.remove();
    }
  }, 600_000);
});
