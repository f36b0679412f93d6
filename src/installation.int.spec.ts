import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
