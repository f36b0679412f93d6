import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const cli = fileURLToPath(new URL('../../src/cli.js', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));

const kim = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'perturbation-table', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr: stderr.trim().split('\n') };
};

interface Row {
  readonly count: number;
  readonly values: readonly { readonly noise: number; readonly probability: number }[];
}

describe('npm run kim -- perturbation-table', () => {
  it('prints the table as JSON, and nothing else', () => {
    const asked = ['perturbation-table', '--max-noise', '2', '--variance', '1', '--lowest', '0'];
    const { status, stdout } = spawnSync('npm', ['run', 'kim', '--', ...asked], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    const rows = JSON.parse(stdout) as readonly Row[];
    expect(rows.map(({ count }) => count)).toEqual([0, 1, 2]);
    expect(rows[1]!.values.map(({ noise, probability }) => [noise, probability.toFixed(4)])).toEqual([
      [-1, '0.3981'],
      [0, '0.3058'],
      [1, '0.1942'],
      [2, '0.1019'],
    ]);
  });

  it.each([
    [['--max-noise', '1', '--variance', '3', '--lowest', '2'], /No result may lie in 1\.\.2/],
    [['--max-noise', '4', '--variance', '1', '--lowest', '2'], /takes a variance of at least 2/],
    [['--max-noise', '-4'], /This command takes --max-noise/],
    [['--max-noise=-4'], /--max-noise takes a number that is not negative/],
    [['--max-noise', 'four'], /--max-noise takes a number/],
    [['--variance', 'NaN'], /--variance takes a number/],
    [['--max-noise', '2.5'], /whole number/],
    [['--loudness', '4'], /This command takes --max-noise, --variance, --lowest/],
  ])('refuses %j with one sentence', (args, why) => {
    const { status, stdout, stderr } = kim(...args);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toEqual([expect.stringMatching(why)]);
  });
});
