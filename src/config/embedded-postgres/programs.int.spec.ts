import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountFor } from './account.js';
import { findPrograms, usablePrograms } from './programs.js';

describe("PostgreSQL's programs", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'programs-'));
    chmodSync(folder, 0o755);
  });

  afterAll(() => {
    chmodSync(join(folder, 'closed/native/lib'), 0o755);
    rmSync(folder, { recursive: true });
  });

  it('are copied, once, where the package that npm installed cannot be used', async () => {
    const account = await accountFor(join(folder, 'no cluster yet'));
    const installed = join(await findPrograms(account, folder), '..');
    const closed = join(folder, 'closed/native');
    mkdirSync(join(folder, 'closed'), { mode: 0o700 });
    cpSync(installed, closed, { recursive: true, verbatimSymlinks: true });
    removeLinks(join(closed, 'lib'));
    chmodSync(join(closed, 'lib'), 0o555);

    const copy = join(folder, 'copy');
    const finders = Array.from({ length: 3 }, () => usablePrograms(closed, [copy], account));
    expect(await Promise.all(finders)).toEqual(Array(3).fill(join(copy, 'bin')));

    expect(String(execFileSync(join(copy, 'bin/initdb'), ['--version']))).toContain('PostgreSQL');
    expect(readdirSync(folder).sort()).toEqual(['closed', 'copy']);
    expect(statSync(copy).mode & 0o022).toBe(0);
  });

  it('are not run from a copy that somebody else could have planted', async () => {
    const planted = join(folder, 'planted');
    mkdirSync(join(planted, 'bin'), { recursive: true });
    chmodSync(planted, 0o777);
    const account = await accountFor(join(folder, 'no cluster yet'));
    await expect(usablePrograms(join(folder, 'nothing'), [planted], account)).rejects.toThrow(
      "PostgreSQL's programs run neither in",
    );
    expect(existsSync(join(planted, 'bin/postgres'))).toBe(false);
    rmSync(planted, { recursive: true });
  });
});

const removeLinks = (library: string) => {
  for (const entry of readdirSync(library, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) unlinkSync(join(library, entry.name));
  }
};
