import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const operator = fileURLToPath(new URL('../../src/cli.js', import.meta.url));

/** Compares every view with a rebuild of it, as the operator would. Rejects if one differs. */
export const compareViews = (settings: Readonly<Record<string, string>>) =>
  promisify(execFile)(process.execPath, [operator, 'projections', 'compare'], {
    env: { PATH: process.env.PATH, ...settings },
  });
