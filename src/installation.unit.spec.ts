import dns from 'node:dns';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
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

  it('makes no database of its own for what is not named, and no key', async () => {
    const settings = loadSettings({
      KIM_DEMO: 'true',
      KIM_DATA_DIR: join(folder, 'data'),
      KIM_DATABASE: `postgres://kim@127.0.0.1:${port}/kim`,
    });
    await expect(openInstallation(settings)).rejects.toThrow('or correct KIM_DATABASE.');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('An installation that cannot be begun', () => {
  const arch = Object.getOwnPropertyDescriptor(process, 'arch')!;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kim-begun-'));
  });
  afterEach(async () => {
    Object.defineProperty(process, 'arch', arch);
    await rm(folder, { recursive: true });
  });

  it('says what to name where the embedded database was not installed, before anything is written', async () => {
    Object.defineProperty(process, 'arch', { ...arch, value: 'another' });
    await expect(openInstallation(loadSettings({ KIM_DATA_DIR: join(folder, 'data') }))).rejects.toThrow(
      'The embedded PostgreSQL is not installed here: name KIM_DATABASE and KIM_EVENT_STORE.',
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('reads the key file that was named before anything is written', async () => {
    const file = join(folder, 'key');
    await writeFile(file, 'too short', { mode: 0o600 });
    const settings = { KIM_DEMO: 'true', KIM_DATA_DIR: join(folder, 'data'), KIM_MASTER_KEY_FILE: file };
    await expect(openInstallation(loadSettings(settings))).rejects.toThrow('must hold exactly 32 bytes');
    expect(await readdir(folder)).toEqual(['key']);
  });

  it.each(['data', 'data/within'])('names KIM_DATA_DIR where a file is in the way of %s', async (path) => {
    await writeFile(join(folder, 'data'), '');
    const place = join(folder, path);
    await expect(openInstallation(loadSettings({ KIM_DATA_DIR: place }))).rejects.toThrow(
      `The data directory ${place} cannot be used: it is not a folder (ENOTDIR); see to it, or name another with KIM_DATA_DIR.`,
    );
  });
});
