import { parseConnectionString } from '@eventstore/db-client/dist/Client/parseConnectionString.js';
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
}

/** Milliseconds; what the client takes for `never` would not be greater by one when one is added. */
const longestTimeout = 2_000_000_000;

/** @throws UnsuitableStore; its message never repeats the connection string, which may hold a password */
export const readAddress = (connectionString: string): Address => {
  const { hosts, dnsDiscover, tls, defaultCredentials, keepAliveTimeout = 10_000 } = parse(connectionString);
  if (hosts.some(({ port }) => port < 1 || port > 65_535))
    throw new UnsuitableStore('The EventStoreDB connection string names a port that is none: 1 to 65535.');
  const where = hosts.map(({ address, port }) => `${address}:${port}`).join(', ');
  if (tls !== false && defaultCredentials === undefined)
    throw new UnsuitableStore(
      'The EventStoreDB connection string names no user; write esdb://user:password@host:port, or tls=false for a server without security.',
    );
  const [before, ...rest] = connectionString.trim().split('?') as [string, ...string[]];
  const kept = (rest[0] ?? '')
    .split('&')
    .filter((setting) => setting !== '' && !/^keep[-_]?alive[-_]?timeout=/i.test(setting));
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
          ...rest,
        ].join('?')
      : undefined,
    // A server without security ignores them, the client does not: see `Connection.options`.
    credentials: defaultCredentials ?? { username: 'nobody', password: 'none' },
    connectionString: (generation) =>
      `${before.replace(/\/+$/, '')}?${[...kept, `keepAliveTimeout=${keepAlive + generation}`].join('&')}`,
  };
};

const parse = (connectionString: string): ReturnType<typeof parseConnectionString> => {
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
