import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testInstallation } from '../test/support/installation.js';
import type { TestInstallation } from '../test/support/installation.js';
import { loadSettings } from './config/index.js';
import { openInstallation } from './installation.js';

describe('A database whose commits do not wait for the disk', () => {
  let home: TestInstallation;

  beforeAll(async () => {
    home = await testInstallation();
    const client = new pg.Client({ connectionString: home.postgres.connectionString });
    await client.connect();
    await client.query('ALTER DATABASE postgres SET synchronous_commit = off');
    await client.end();
  });
  afterAll(() => home.remove());

  it('does wait where keys are made', async () => {
    const { database, close } = await openInstallation(loadSettings(home.settings));
    const { rows } = await database.query('SHOW synchronous_commit');
    await close();
    expect(rows).toEqual([{ synchronous_commit: 'on' }]);
  });
});

describe('A master key that was lost', () => {
  let home: TestInstallation;
  let folder: string;

  beforeAll(async () => {
    home = await testInstallation();
  });
  afterAll(() => home.remove());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kim-lost-key-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const lost = (file: string) =>
    `The master key file ${file} is missing, and these data were sealed under it: put it back.`;

  it('is not replaced by another beside an embedded database', async () => {
    const settings = loadSettings({ KIM_DATA_DIR: folder });
    await (await openInstallation(settings)).close();
    await rm(join(folder, 'master.key'));
    const before = await readdir(folder);
    await expect(openInstallation(settings)).rejects.toThrow(lost(join(folder, 'master.key')));
    expect(await readdir(folder)).toEqual(before);
  });

  it('is not replaced by another where a database that is named holds keys', async () => {
    const first = await openInstallation(loadSettings(home.settings));
    await first.keys.create('amina');
    await first.close();
    const elsewhere = join(folder, 'data');
    const settings = loadSettings({ ...home.settings, KIM_DATA_DIR: elsewhere });
    await expect(openInstallation(settings)).rejects.toThrow(lost(join(elsewhere, 'master.key')));
    expect(await readdir(folder)).toEqual([]);
  });
});
