import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { grounds } from './grounds.js';
import { killAtRandom } from './kill.js';

const operator = fileURLToPath(new URL('../../src/cli.js', import.meta.url));

const compareViews = (settings: Readonly<Record<string, string>>) =>
  promisify(execFile)(process.execPath, [operator, 'projections', 'compare'], {
    env: { PATH: process.env.PATH, ...settings },
  });

describe('The application is killed without a word, twenty times', () => {
  it('loses nothing that it has acknowledged, writes nothing twice, and its views are those of a rebuild', async () => {
    const ground = await grounds.postgres();
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
