import dns from 'node:dns';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { freePort } from './config/embedded-postgres/address.js';
import { loadSettings } from './config/index.js';
import { openInstallation } from './installation.js';

type Found = (error: null, addresses: readonly dns.LookupAddress[]) => void;

describe('An installation whose database is away', () => {
  const [four, six] = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ];
  let folder: string;
  let port: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kim-away-'));
    port = await freePort();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  it.each([
    ['one address', [four], () => `connect ECONNREFUSED 127.0.0.1:${port}`],
    // Node's error for both of them has no message.
    ['two addresses', [four, six], () => 'ECONNREFUSED'],
  ])('says which setting names it, where its name stands for %s', async (_, addresses, reason) => {
    const lookUp = (_name: string, _options: object, found: Found) => found(null, addresses);
    jest.spyOn(dns, 'lookup').mockImplementation(lookUp as unknown as typeof dns.lookup);
    const address = `postgres://kim:secret@localhost:${port}/kim`;
    const settings = loadSettings({
      KIM_DEMO: 'true',
      KIM_DATA_DIR: folder,
      KIM_DATABASE: address,
      KIM_EVENT_STORE: address,
    });
    await expect(openInstallation(settings)).rejects.toMatchObject({
      message: `The database does not answer as it should: ${reason()}; start the database, or correct KIM_DATABASE.`,
    });
  });
});
