import { statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { checkEventStoreDBAddress, UnsuitableStore } from '#event-store';

/** What the operator has chosen, validated; what was not named stays embedded. */
export interface Settings {
  /** An IPv6 address stands without brackets. Loopback unless named; always loopback while the demo identity is on. */
  readonly host: string;
  /** 0 stands for any free port. */
  readonly port: number;
  /** Absolute. */
  readonly dataDirectory: string;
  /** The demo identity, and how many synthetic journeys a first start writes. */
  readonly demo?: { readonly journeys: number };
  readonly identityProvider?: { readonly issuer: string; readonly audience: string };
  readonly eventStore: { readonly kind: 'embedded' } | Named<'postgres'> | Named<'eventstoredb'>;
  readonly database: { readonly kind: 'embedded' } | Named<'postgres'>;
  /** A file that only its owner can read; without it the master key lies in the data directory. */
  readonly masterKeyFile?: string;
  /** Where it is listed which releases are frozen; `named` by the operator or beside the data directory. */
  readonly ledger: { readonly folder: string; readonly named: boolean };
}

interface Named<Kind extends string> {
  readonly kind: Kind;
  readonly connectionString: string;
}

/** Everything that is wrong with the settings, one sentence each; no value is repeated, it may be a secret. */
export class SettingsInvalid extends Error {
  override readonly name = 'SettingsInvalid';

  constructor(readonly problems: readonly string[]) {
    super(['The settings are not valid:', ...problems].join('\n  '));
  }
}

/**
 * Reads the settings from environment variables; an empty variable is one that was not set.
 * Throws `SettingsInvalid` with all problems at once.
 */
export const loadSettings = (environment: NodeJS.ProcessEnv): Settings => {
  const problems = unknownSettings(environment);
  const named = namedSettings(environment, problems);

  const dataDirectory = resolve(named.KIM_DATA_DIR ?? '.data');
  const demo = readDemo(named, problems);
  const identityProvider = readIdentityProvider(named, problems);
  const masterKeyFile = readMasterKeyFile(named, problems);
  const settings: Settings = {
    host: readHost(named, problems, demo !== undefined),
    port: readWholeNumber(named, problems, 'PORT', { fallback: 3000, most: 65_535 }),
    dataDirectory,
    ...(demo && { demo }),
    ...(identityProvider && { identityProvider }),
    eventStore: readEventStore(named, problems),
    database: readDatabase(named, problems),
    ...(masterKeyFile !== undefined && { masterKeyFile }),
    ledger: readLedger(named, problems, dataDirectory),
  };
  if (problems.length > 0) throw new SettingsInvalid(problems);
  return settings;
};

const productionParts = [
  'KIM_EVENT_STORE',
  'KIM_DATABASE',
  'KIM_OIDC_ISSUER',
  'KIM_OIDC_AUDIENCE',
  'KIM_MASTER_KEY_FILE',
] as const;

const names = [
  'PORT',
  'KIM_HOST',
  'KIM_DATA_DIR',
  'KIM_DEMO',
  'KIM_DEMO_JOURNEYS',
  'KIM_LEDGER',
  ...productionParts,
] as const;

type Name = (typeof names)[number];
type NamedSettings = Readonly<Partial<Record<Name, string>>>;

const namedSettings = (environment: NodeJS.ProcessEnv, problems: string[]): NamedSettings => {
  const named: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = environment[name]?.trim();
    if (value === undefined || value === '') continue;
    // eslint-disable-next-line no-control-regex -- finding them is the purpose
    if (/[\u0000-\u001f\u007f]/.test(value)) problems.push(`${name} must not contain control characters.`);
    named[name] = value;
  }
  return named;
};

// A misspelt name would silently leave an embedded part in production.
const unknownSettings = (environment: NodeJS.ProcessEnv): string[] =>
  Object.keys(environment)
    .filter((name) => name.startsWith('KIM_') && !name.startsWith('KIM_TEST_'))
    .filter((name) => !names.some((known) => known === name))
    .map((name) => `${name} is not a setting; the settings are ${names.join(', ')}.`);

const readWholeNumber = (
  named: NamedSettings,
  problems: string[],
  name: Name,
  { fallback, most }: { readonly fallback: number; readonly most: number },
): number => {
  const value = named[name];
  if (value === undefined) return fallback;
  if (/^\d{1,9}$/.test(value) && Number(value) <= most) return Number(value);
  problems.push(`${name} must be a whole number from 0 to ${most}.`);
  return fallback;
};

const readDemo = (named: NamedSettings, problems: string[]): Settings['demo'] => {
  const journeys = readWholeNumber(named, problems, 'KIM_DEMO_JOURNEYS', { fallback: 300, most: 1_000_000 });
  const chosen = named.KIM_DEMO;
  if (chosen === 'true') return { journeys };
  if (chosen !== undefined && chosen !== 'false') {
    problems.push('KIM_DEMO must be true or false.');
    return undefined;
  }
  const orDemo = isLoopback(named.KIM_HOST ?? '127.0.0.1') ? ' or set KIM_DEMO=true' : '';
  const parts = productionParts.filter((part) => named[part] !== undefined);
  if (chosen === undefined && parts.length === 0) return { journeys };
  if (named.KIM_OIDC_ISSUER === undefined) {
    const reason = chosen === 'false' ? 'KIM_DEMO=false switches' : `naming ${parts.join(' and ')} switches`;
    problems.push(
      `KIM_OIDC_ISSUER is missing: ${reason} the demo identity off, so name an identity provider${orDemo}.`,
    );
  }
  return undefined;
};

const readIdentityProvider = (named: NamedSettings, problems: string[]): Settings['identityProvider'] => {
  const { KIM_OIDC_ISSUER: issuer, KIM_OIDC_AUDIENCE: audience } = named;
  if (issuer !== undefined && !isIssuer(issuer)) {
    problems.push(
      'KIM_OIDC_ISSUER must be an https:// address without query, fragment or user (http:// on loopback only).',
    );
  }
  if (issuer !== undefined && audience === undefined) {
    problems.push('KIM_OIDC_AUDIENCE is missing: it is required with KIM_OIDC_ISSUER.');
  }
  if (issuer === undefined && audience !== undefined && named.KIM_DEMO === 'true') {
    problems.push('KIM_OIDC_ISSUER is missing: it is required with KIM_OIDC_AUDIENCE.');
  }
  return issuer === undefined || audience === undefined ? undefined : { issuer, audience };
};

const isIssuer = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(address);
  if (username !== '' || password !== '' || search !== '' || hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
};

const readHost = (named: NamedSettings, problems: string[], demo: boolean): string => {
  const host = withoutBrackets(named.KIM_HOST ?? '127.0.0.1');
  if (demo && !isLoopback(host)) {
    problems.push('KIM_HOST must be a loopback address while the demo identity is on.');
  }
  return host;
};

const isLoopback = (host: string): boolean =>
  host === 'localhost' || /^127(\.\d{1,3}){3}$/.test(host) || withoutBrackets(host) === '::1';

/** An IPv6 address as sockets take it, also where it is written as in an address with a port. */
const withoutBrackets = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');

const readEventStore = (named: NamedSettings, problems: string[]): Settings['eventStore'] => {
  const connectionString = named.KIM_EVENT_STORE;
  if (connectionString === undefined) return { kind: 'embedded' };
  if (isPostgresAddress(connectionString)) return { kind: 'postgres', connectionString };
  // Several hosts may stand here, which the grammar of URLs does not know.
  if (!/^esdb(\+discover)?:\/\/[^/?#\s]+/.test(connectionString)) {
    problems.push('KIM_EVENT_STORE must be an esdb:// or postgres:// address.');
  } else checkEventStoreDB(connectionString, problems);
  return { kind: 'eventstoredb', connectionString };
};

const checkEventStoreDB = (connectionString: string, problems: string[]): void => {
  try {
    checkEventStoreDBAddress(connectionString);
  } catch (error) {
    if (!(error instanceof UnsuitableStore)) throw error;
    problems.push(`KIM_EVENT_STORE cannot be used: ${error.message}`);
  }
};

const readDatabase = (named: NamedSettings, problems: string[]): Settings['database'] => {
  const connectionString = named.KIM_DATABASE;
  if (connectionString === undefined) return { kind: 'embedded' };
  if (!isPostgresAddress(connectionString)) problems.push('KIM_DATABASE must be a postgres:// address.');
  return { kind: 'postgres', connectionString };
};

const isPostgresAddress = (address: string): boolean =>
  /^postgres(ql)?:\/\//.test(address) && URL.canParse(address);

const readMasterKeyFile = (named: NamedSettings, problems: string[]): string | undefined => {
  const value = named.KIM_MASTER_KEY_FILE;
  if (value === undefined) return undefined;
  const file = resolve(value);
  const mode = modeOf(file);
  if (mode === undefined) problems.push('KIM_MASTER_KEY_FILE names no file that can be read.');
  else if ((mode & 0o077) !== 0) {
    problems.push('KIM_MASTER_KEY_FILE must be readable by its owner only (mode 0600).');
  }
  return file;
};

const modeOf = (file: string): number | undefined => {
  try {
    const found = statSync(file);
    return found.isFile() ? found.mode : undefined;
  } catch {
    return undefined;
  }
};

const readLedger = (named: NamedSettings, problems: string[], dataDirectory: string): Settings['ledger'] => {
  const value = named.KIM_LEDGER;
  if (value === undefined) return { folder: `${dataDirectory}-ledger`, named: false };
  const folder = resolve(value);
  if (isWithin(dataDirectory, folder)) {
    problems.push('KIM_LEDGER must lie outside KIM_DATA_DIR, so that no backup of one replaces the other.');
  }
  return { folder, named: true };
};

const isWithin = (outer: string, folder: string): boolean => {
  const [first] = relative(outer, folder).split(sep);
  return first !== '..' && !isAbsolute(relative(outer, folder));
};
