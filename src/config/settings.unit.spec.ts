import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadSettings, SettingsInvalid } from './settings.js';

describe('The settings', () => {
  let folder: string;
  let keyFile: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'settings-'));
    keyFile = join(folder, 'master.key');
    writeFileSync(keyFile, 'key', { mode: 0o600 });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('are those of an embedded demonstration where nothing is named', () => {
    expect(loadSettings({ PATH: '/usr/bin' })).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataDirectory: resolve('.data'),
      demo: { journeys: 300 },
      eventStore: { kind: 'embedded' },
      database: { kind: 'embedded' },
      ledger: { folder: resolve('.data-ledger'), named: false },
    });
  });

  it('are those of production where every part is named', () => {
    const environment = {
      PORT: '8080',
      KIM_HOST: '0.0.0.0',
      KIM_DATA_DIR: '/srv/kim',
      KIM_EVENT_STORE: 'esdb+discover://admin:secret@one:2113,two:2113,three:2113?tls=true',
      KIM_DATABASE: 'postgres://kim:secret@db.example/kim',
      KIM_OIDC_ISSUER: 'https://login.example/realms/kim',
      KIM_OIDC_AUDIENCE: 'kim-journeys',
      KIM_MASTER_KEY_FILE: keyFile,
      KIM_LEDGER: '/srv/kim-ledger',
    };
    expect(loadSettings(environment)).toEqual({
      host: '0.0.0.0',
      port: 8080,
      dataDirectory: '/srv/kim',
      identityProvider: { issuer: 'https://login.example/realms/kim', audience: 'kim-journeys' },
      eventStore: { kind: 'eventstoredb', connectionString: environment.KIM_EVENT_STORE },
      database: { kind: 'postgres', connectionString: environment.KIM_DATABASE },
      masterKeyFile: keyFile,
      ledger: { folder: '/srv/kim-ledger', named: true },
    });
  });

  it('treat an empty variable as one that was not set', () => {
    expect(loadSettings({ PORT: '', KIM_EVENT_STORE: '  ', KIM_DEMO: '' })).toEqual(loadSettings({}));
  });

  it('let the system choose a free port', () => {
    expect(loadSettings({ PORT: '0' }).port).toBe(0);
  });

  it('let EventStoreDB be tried with the demo identity', () => {
    const settings = loadSettings({ KIM_EVENT_STORE: 'esdb://localhost:2113?tls=false', KIM_DEMO: 'true' });
    expect(settings.demo).toEqual({ journeys: 300 });
    expect(settings.eventStore.kind).toBe('eventstoredb');
    expect(settings.database.kind).toBe('embedded');
  });

  it('keep events in PostgreSQL where its address is named as the event store', () => {
    const settings = loadSettings({
      KIM_EVENT_STORE: 'postgresql:///kim?host=/run/postgresql',
      KIM_DEMO: 'true',
    });
    expect(settings.eventStore.kind).toBe('postgres');
  });

  it.each([
    ['KIM_EVENT_STORE', 'esdb://localhost:2113?tls=false'],
    ['KIM_DATABASE', 'postgres://localhost/kim'],
    ['KIM_OIDC_AUDIENCE', 'kim-journeys'],
    ['KIM_MASTER_KEY_FILE', 'the key'],
  ])('ask for an identity provider as soon as %s is named', (name, value) => {
    expect(problemsOf({ [name]: value === 'the key' ? keyFile : value })).toEqual([
      `KIM_OIDC_ISSUER is missing: naming ${name} switches the demo identity off, so name an identity provider or set KIM_DEMO=true.`,
    ]);
  });

  it('ask for an identity provider where the demo identity is switched off', () => {
    expect(problemsOf({ KIM_DEMO: 'false' })).toEqual([
      'KIM_OIDC_ISSUER is missing: KIM_DEMO=false switches the demo identity off, so name an identity provider or set KIM_DEMO=true.',
    ]);
  });

  it('do not recommend the demo identity where others could reach it', () => {
    expect(problemsOf({ KIM_DATABASE: 'postgres://localhost/kim', KIM_HOST: '0.0.0.0' })).toEqual([
      'KIM_OIDC_ISSUER is missing: naming KIM_DATABASE switches the demo identity off, so name an identity provider.',
    ]);
  });

  it('keep the demo identity on loopback', () => {
    expect(problemsOf({ KIM_HOST: '0.0.0.0' })).toEqual([
      'KIM_HOST must be a loopback address while the demo identity is on.',
    ]);
    for (const host of ['127.0.0.2', 'localhost', '::1'])
      expect(loadSettings({ KIM_HOST: host }).host).toBe(host);
  });

  it('take an IPv6 address with or without brackets', () => {
    expect(loadSettings({ KIM_HOST: '[::1]' }).host).toBe('::1');
  });

  it.each([
    ['esdb://127.0.0.1:99999?tls=false', 'names a port that is none: 1 to 65535.'],
    ['esdb://127.0.0.1:2113?tls=maybe', 'cannot be read from character 27 on: expected true or false.'],
    ['esdb://kim:geheim@127.0.0.1:2113?tlsCAFile=/nope', 'that cannot be read.'],
    ['esdb://kim:geheim@127.0.0.1:2113?userCertFile=/nope', 'userKeyFile; name both or none.'],
  ])('look into the address of an EventStoreDB before anything is opened: %s', (address, end) => {
    const problems = problemsOf({ KIM_EVENT_STORE: address, KIM_DEMO: 'true', PORT: 'x' });
    expect(problems).toEqual([
      expect.stringMatching(/^PORT /),
      expect.stringMatching(/^KIM_EVENT_STORE cannot be used: /),
    ]);
    expect(problems[1]).toMatch(new RegExp(`${end}$`));
    expect(problems[1]).not.toContain('geheim');
  });

  it('read no certificate for an EventStoreDB without security', () => {
    const address = 'esdb://127.0.0.1:2113?tls=false&tlsCAFile=/nope';
    expect(problemsOf({ KIM_EVENT_STORE: address, KIM_DEMO: 'true' })).toEqual([]);
  });

  it('name an identity provider by issuer and audience only', () => {
    const issuer = { KIM_OIDC_ISSUER: 'https://login.example' };
    expect(problemsOf(issuer)).toEqual([
      'KIM_OIDC_AUDIENCE is missing: it is required with KIM_OIDC_ISSUER.',
    ]);
    expect(problemsOf({ KIM_OIDC_AUDIENCE: 'kim', KIM_DEMO: 'true' })).toEqual([
      'KIM_OIDC_ISSUER is missing: it is required with KIM_OIDC_AUDIENCE.',
    ]);
  });

  it.each([
    ['http://login.example', false],
    ['https://user:secret@login.example', false],
    ['https://login.example/?tenant=kim', false],
    ['login.example', false],
    ['http://127.0.0.1:8081/realms/kim', true],
    ['http://localhost:8081', true],
    ['http://[::1]:8081', true],
  ])('trust the issuer %s: %s', (issuer, trusted) => {
    const problems = problemsOf({ KIM_OIDC_ISSUER: issuer, KIM_OIDC_AUDIENCE: 'kim' });
    expect(problems).toEqual(
      trusted
        ? []
        : [
            'KIM_OIDC_ISSUER must be an https:// address without query, fragment or user (http:// on loopback only).',
          ],
    );
  });

  it('refuse a master key that others can read', () => {
    chmodSync(keyFile, 0o640);
    const problems = problemsOf({ KIM_MASTER_KEY_FILE: keyFile, KIM_DEMO: 'true' });
    chmodSync(keyFile, 0o600);
    expect(problems).toEqual(['KIM_MASTER_KEY_FILE must be readable by its owner only (mode 0600).']);
    expect(problemsOf({ KIM_MASTER_KEY_FILE: folder, KIM_DEMO: 'true' })).toEqual([
      'KIM_MASTER_KEY_FILE names no file that can be read.',
    ]);
  });

  it('keep the ledger outside the data directory', () => {
    const outside = { KIM_DATA_DIR: '/srv/kim', KIM_LEDGER: '/srv/kim..ledger' };
    expect(problemsOf(outside)).toEqual([]);
    for (const inside of ['/srv/kim', '/srv/kim/ledger', '/srv/kim/..ledger']) {
      expect(problemsOf({ ...outside, KIM_LEDGER: inside })).toEqual([
        'KIM_LEDGER must lie outside KIM_DATA_DIR, so that no backup of one replaces the other.',
      ]);
    }
  });

  it('notice a misspelt name', () => {
    expect(problemsOf({ KIM_EVENTSTORE: 'esdb://localhost', KIM_TEST_EVENTSTOREDB: 'esdb://x' })).toEqual([
      expect.stringMatching(/^KIM_EVENTSTORE is not a setting; the settings are PORT, .*KIM_EVENT_STORE/),
    ]);
  });

  it('name everything that is wrong at once, and repeat no value', () => {
    const problems = problemsOf({
      PORT: 'geheim1',
      KIM_DEMO: 'geheim2',
      KIM_DEMO_JOURNEYS: '-1',
      KIM_EVENT_STORE: 'mysql://kim:geheim3@db',
      KIM_DATABASE: 'postgres://kim:geheim4@[db/kim',
      KIM_DATA_DIR: 'geheim5\u0000',
    });
    expect(problems).toEqual([
      'KIM_DATA_DIR must not contain control characters.',
      'KIM_DEMO_JOURNEYS must be a whole number from 0 to 1000000.',
      'KIM_DEMO must be true or false.',
      'PORT must be a whole number from 0 to 65535.',
      'KIM_EVENT_STORE must be an esdb:// or postgres:// address.',
      'KIM_DATABASE must be a postgres:// address.',
    ]);
    expect(new SettingsInvalid(problems).message).not.toContain('geheim');
  });
});

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    loadSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof SettingsInvalid) return error.problems;
    throw error;
  }
};
