import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Client from '@eventstore/db-client/dist/Client/parseConnectionString.js';
import { UnsuitableStore } from './unsuitable-store.js';

/** Where the store is and who asks, read from a connection string. */
export interface Address {
  /** Hosts and ports, without credentials. */
  readonly where: string;
  readonly credentials: { readonly username: string; readonly password: string };
  /**
   * The connection string for the nth client of this store. Clients whose settings are equal share one TCP
   * connection underneath, also a dead one; each generation differs in a millisecond of a timeout.
   */
  connectionString(generation: number): string;
  /** A connection string for the first of several hosts alone; undefined if there is but one. */
  readonly seed: string | undefined;
  /** The files of certificates and keys that are read when it is opened. */
  readonly files: readonly string[];
}

/** Milliseconds; what the client takes for `never` would not be greater by one when one is added. */
const longestTimeout = 2_000_000_000;

/**
 * Finds what is wrong with a connection string, and with the files that it names, without asking a server.
 * @throws UnsuitableStore, as `readAddress`
 */
export const checkAddress = (given: string): void => {
  for (const file of readAddress(given).files) {
    try {
      readFileSync(file);
    } catch {
      throw unreadableFile();
    }
  }
};

export const unreadableFile = (): UnsuitableStore =>
  new UnsuitableStore(
    'The EventStoreDB connection string names a certificate or key file (tlsCAFile, userCertFile, userKeyFile) that cannot be read.',
  );

/** @throws UnsuitableStore; its message never repeats the connection string, which may hold a password */
export const readAddress = (given: string): Address => {
  const meant = settingsOf(given);
  const [before = ''] = given.trim().split('?');
  const connectionString = meant.length === 0 ? before : `${before}?${meant.join('&')}`;
  const {
    hosts,
    dnsDiscover,
    tls,
    defaultCredentials,
    keepAliveTimeout = 10_000,
    ...more
  } = parse(connectionString);
  if (hosts.some(({ port }) => port < 1 || port > 65_535))
    throw new UnsuitableStore('The EventStoreDB connection string names a port that is none: 1 to 65535.');
  const where = hosts.map(({ address, port }) => `${address}:${port}`).join(', ');
  if (tls !== false && defaultCredentials === undefined)
    throw new UnsuitableStore(
      'The EventStoreDB connection string names no user; write esdb://user:password@host:port, or tls=false for a server without security.',
    );
  if ((more.userCertFile === undefined) !== (more.userKeyFile === undefined))
    throw new UnsuitableStore(
      'The EventStoreDB connection string names one of userCertFile and userKeyFile; name both or none.',
    );
  const kept = meant.filter((setting) => !/^keep[-_]?alive[-_]?timeout=/i.test(setting));
  const keepAlive = keepAliveTimeout < 0 ? longestTimeout : keepAliveTimeout;
  const several = hosts.length > 1 || dnsDiscover;
  return {
    where,
    seed: several
      ? [
          before
            .replace('+discover', '')
            .replace(/,[^@]*$/, '')
            .replace(/\/+$/, ''),
          ...(meant.length > 0 ? [meant.join('&')] : []),
        ].join('?')
      : undefined,
    files: [tls === false ? undefined : more.tlsCAFile, more.userCertFile, more.userKeyFile].filter(
      (file) => file !== undefined,
    ),
    // A server without security ignores them, the client does not: see `Connection.options`.
    credentials: defaultCredentials ?? { username: 'nobody', password: 'none' },
    connectionString: (generation) =>
      `${before.replace(/\/+$/, '')}?${[...kept, `keepAliveTimeout=${keepAlive + generation}`].join('&')}`,
  };
};

/** What the client knows; of anything else it would print the whole connection string, password and all. */
const settingNames = [
  ...['connectionName', 'defaultDeadline', 'discoveryInterval', 'dnsDiscover', 'gossipTimeout'],
  ...['keepAliveInterval', 'keepAliveTimeout', 'maxDiscoverAttempts', 'nodePreference'],
  ...['throwOnAppendFailure', 'tls', 'tlsCAFile', 'tlsVerifyCert', 'userCertFile', 'userKeyFile'],
];
const settings = new Set(settingNames.map((name) => name.toLowerCase()));

/** The settings, without what means nothing on a server without security. */
const settingsOf = (connectionString: string): readonly string[] => {
  const all = (connectionString.trim().split('?')[1] ?? '').split('&').filter((setting) => setting !== '');
  const named = all.map((setting) => {
    const [name = '', value = ''] = setting.split('=');
    return { setting, key: name.replace(/[-_]/g, '').toLowerCase(), value: value.trim() };
  });
  // Not which: what stands behind a question mark may be a piece of a password.
  if (named.some(({ key }) => !settings.has(key)))
    throw new UnsuitableStore(
      `The EventStoreDB connection string has a setting that there is not; there are ${settingNames.join(', ')}.`,
    );
  const unverified = named.find(({ key, value }) => key === 'tlsverifycert' && value === 'false');
  if (unverified && !named.some(({ key, value }) => key === 'tls' && value === 'false'))
    throw new UnsuitableStore(
      'The EventStoreDB connection string says tlsVerifyCert=false, which is not possible: name the authority of the certificate with tlsCAFile.',
    );
  return named.filter((one) => one !== unverified).map(({ setting }) => setting);
};

/** Loaded when it is needed, and by those who have such a connection string only: it takes 60 ms. */
const parse = (connectionString: string): Client.ConnectionOptions => {
  const { parseConnectionString } = createRequire(import.meta.url)(
    '@eventstore/db-client/dist/Client/parseConnectionString.js',
  ) as typeof Client;
  try {
    return parseConnectionString(connectionString);
  } catch (error) {
    const { location, expected } = error as { location?: [number, number]; expected?: string };
    throw new UnsuitableStore(
      location
        ? `The EventStoreDB connection string cannot be read from character ${location[0] + 1} on: expected ${expected}.`
        : 'The EventStoreDB connection string cannot be read: it starts with esdb:// or esdb+discover:// and names host:port.',
    );
  }
};
