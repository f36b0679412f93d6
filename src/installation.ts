import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { openEventStoreDB, openPostgresEventStore, StoreUnavailable, watched } from '#event-store';
import type { EventStore, Notice } from '#event-store';
import {
  CreateSubjectKeys1764000000000,
  deriveKey,
  MasterKeyMissing,
  openMasterKey,
  postgresSubjectKeys,
} from '#personal-data';
import type { MasterKey, SubjectKeys } from '#personal-data';
import {
  checkDataDirectory,
  checkInstalled,
  holdsDatabase,
  makeDataDirectory,
  startEmbeddedPostgres,
} from './config/index.js';
import type { Settings } from './config/index.js';
import { CreateReleases1764100000000, KeepReleaseCounts1764200000000 } from './indicators/index.js';
import { watchStore } from './operations/store-watch.js';
import type { StoreWatch } from './operations/store-watch.js';

/** Everything that one installation keeps, opened: named parts where they are named, embedded ones elsewhere. */
export interface Installation {
  readonly store: EventStore;
  readonly storeWatch: StoreWatch;
  readonly database: pg.Pool;
  /** Of the same database, for those who need connections of their own. */
  readonly databaseAddress: string;
  readonly masterKey: MasterKey;
  readonly keys: SubjectKeys;
  /** Closes everything, and ends the embedded database unless somebody else is using it. */
  close(): Promise<void>;
}

export interface OpeningOptions {
  /** Milliseconds that the event store may take to be there: it may be starting, too. */
  readonly storeMayTake?: number;
  /** Told in one sentence that the event store is waited for. */
  readonly waiting?: (text: string) => void;
  /** Told what befell the event store's connection and subscriptions. */
  readonly notice?: (what: Notice) => void;
  /** Whoever aborts it does not wait any longer for what is starting. */
  readonly signal?: AbortSignal;
}

/**
 * What others run is reached first, and the embedded database is started last: where a setting is wrong, nothing is
 * left behind on this machine.
 * @throws what the parts throw, each with one sentence that says what to do
 */
export const openInstallation = async (
  settings: Settings,
  {
    storeMayTake = 30_000,
    waiting = (text) => console.error(text),
    notice = () => undefined,
    signal,
  }: OpeningOptions = {},
): Promise<Installation> => {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    if (isEmbedded(settings.database) || isEmbedded(settings.eventStore)) checkInstalled();
    await checkDataDirectory(settings.dataDirectory);
    const foundKey = await findMasterKey(settings);
    if (settings.database.kind === 'postgres') await migrateNamed(settings.database.connectionString);

    const storeWatch = watchStore();
    const noticed = (what: Notice): void => {
      storeWatch.notice(what);
      notice(what);
    };
    const openStoreOf = async (embedded?: Embedded): Promise<EventStore> => {
      const store = await onceThere(() => openStore(settings, embedded, noticed), {
        mayTake: storeMayTake,
        waiting,
        signal,
      });
      closers.push(() => store.close());
      return store;
    };
    const namedStore = isEmbedded(settings.eventStore) ? undefined : await openStoreOf();

    await makeDataDirectory(settings.dataDirectory);
    const masterKey = foundKey ?? (await openMasterKey(defaultKeyFile(settings), { create: true }));
    const embedded = await embeddedDatabase(settings, signal);
    if (embedded) closers.push(() => embedded.stop());
    const databaseAddress = addressOf(settings.database, embedded);
    if (isEmbedded(settings.database)) await migrate(databaseAddress);
    const store = watched(namedStore ?? (await openStoreOf(embedded)), storeWatch);
    const database = new pg.Pool({
      connectionString: databaseAddress,
      max: 8,
      application_name: 'kim',
      // A key that was made is on disk before anything is sealed under it, whatever the database's own default is.
      options: '-c synchronous_commit=on',
      connectionTimeoutMillis: 3_000,
      statement_timeout: 4_000,
    });
    // An idle connection that breaks is replaced when it is needed; unheard, it would end the process.
    database.on('error', () => undefined);
    closers.push(() => database.end());
    const keys = postgresSubjectKeys(database, deriveKey(masterKey, 'wrapping'));
    await tryMasterKey(database, keys);
    return { store, storeWatch, database, databaseAddress, masterKey, keys, close };
  } catch (error) {
    await close();
    throw error;
  }
};

const defaultKeyFile = ({ dataDirectory }: Settings): string => join(dataDirectory, 'master.key');

/**
 * The master key that these data were sealed under; undefined where nothing was sealed yet and it can be made. A new
 * key beside data that were sealed under another would hide that this was lost.
 */
const findMasterKey = async (settings: Settings): Promise<MasterKey | undefined> => {
  if (settings.masterKeyFile !== undefined) return openMasterKey(settings.masterKeyFile, { create: false });
  // Asked before the key: another start may be making both, the key first.
  const isSealed =
    (await holdsDatabase(settings.dataDirectory)) ||
    (settings.database.kind === 'postgres' && (await holdsSubjectKeys(settings.database.connectionString)));
  if (!isSealed) return undefined;
  const file = defaultKeyFile(settings);
  return openMasterKey(file, { create: false }).catch((error: unknown) => {
    throw error instanceof MasterKeyMissing
      ? new Error(`The master key file ${file} is missing, and these data were sealed under it: put it back.`)
      : error;
  });
};

/** With another master key everything personal would be unreadable: better not to start. */
const tryMasterKey = async (database: pg.Pool, keys: SubjectKeys): Promise<void> => {
  const { rows } = await database.query<{ subject: string }>(
    'SELECT subject FROM kim.subject_keys WHERE wrapped_key IS NOT NULL LIMIT 1',
  );
  await keys.fetch(rows.map(({ subject }) => subject));
};

const holdsSubjectKeys = (connectionString: string): Promise<boolean> =>
  connected(connectionString, async (client) => {
    const { rows: tables } = await client.query(
      'SELECT FROM pg_tables WHERE schemaname = $1 AND tablename = $2',
      ['kim', 'subject_keys'],
    );
    if (tables.length === 0) return false;
    const { rows } = await client.query('SELECT FROM kim.subject_keys WHERE wrapped_key IS NOT NULL LIMIT 1');
    return rows.length > 0;
  }).catch((error: unknown) => {
    throw databaseRefused(error);
  });

const migrateNamed = (connectionString: string): Promise<void> =>
  migrate(connectionString).catch((error: unknown) => {
    throw databaseRefused(error);
  });

/** Where every address of a name refuses, the message is empty and the code says it. */
const databaseRefused = (cause: unknown): Error => {
  const { code, message } = cause as { code?: string; message?: string };
  const reason = (message || code || 'no reason given').replace(/\.$/, '');
  return new Error(
    `The database does not answer as it should: ${reason}; start the database, or correct KIM_DATABASE.`,
    { cause },
  );
};

type Embedded = Awaited<ReturnType<typeof startEmbeddedPostgres>>;

const isEmbedded = ({ kind }: Settings['eventStore']): boolean => kind === 'embedded';

const embeddedDatabase = async (
  settings: Settings,
  signal: AbortSignal | undefined,
): Promise<Embedded | undefined> =>
  isEmbedded(settings.database) || isEmbedded(settings.eventStore)
    ? startEmbeddedPostgres(settings.dataDirectory, signal)
    : undefined;

const addressOf = (part: Settings['database'], embedded: Embedded | undefined): string => {
  if (part.kind === 'postgres') return part.connectionString;
  if (!embedded) throw new Error('The embedded database was not started');
  return embedded.connectionString;
};

const openStore = async (
  { eventStore }: Settings,
  embedded: Embedded | undefined,
  notice: (what: Notice) => void,
): Promise<EventStore> => {
  switch (eventStore.kind) {
    case 'eventstoredb':
      return openEventStoreDB({ connectionString: eventStore.connectionString, notice });
    case 'postgres':
    case 'embedded':
      return openPostgresEventStore({ connectionString: addressOf(eventStore, embedded) });
  }
};

/** A store that is away may be starting; what is wrong with the settings or with what it holds is said at once. */
const onceThere = async (
  open: () => Promise<EventStore>,
  {
    mayTake,
    waiting,
    signal,
  }: {
    readonly mayTake: number;
    readonly waiting: (text: string) => void;
    readonly signal: AbortSignal | undefined;
  },
): Promise<EventStore> => {
  const begun = performance.now();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      if (performance.now() - begun > mayTake)
        throw new Error(
          `${error.message.replace(/\.$/, '')}, for ${Math.round(mayTake / 1_000)} seconds now; start the event store, or correct KIM_EVENT_STORE.`,
          { cause: error },
        );
      if (attempt === 0) waiting(`Waiting for the event store: ${error.message}`);
      await pause(Math.min(1_000, mayTake), undefined, { signal });
    }
  }
};

const migrations = [
  CreateSubjectKeys1764000000000,
  CreateReleases1764100000000,
  KeepReleaseCounts1764200000000,
];
const migrationsTable = 'kim_migrations';

// A user whose name is that of a schema would otherwise look for tables there as soon as it exists.
const inPublic = '-c search_path=public';

/** Brings the application's own tables to the present layout; one instance does, the others wait for it. */
const migrate = async (connectionString: string): Promise<void> => {
  if (await isMigrated(connectionString)) return;
  const { DataSource } = await import('typeorm');
  const source = new DataSource({
    type: 'postgres',
    migrations,
    migrationsTableName: migrationsTable,
    poolSize: 2,
    applicationName: 'kim',
    connectTimeoutMS: 3_000,
    // `pg` reads the address itself: TypeORM's `url` knows neither sockets nor parameters such as sslmode.
    extra: { connectionString, options: inPublic },
  });
  await source.initialize();
  try {
    await source.transaction(async (turn) => {
      await turn.query('SELECT pg_advisory_xact_lock(hashtext($1))', ['kim migrations']);
      await source.runMigrations({ transaction: 'each' });
    });
  } finally {
    await source.destroy();
  }
};

/** Nearly every start finds nothing to migrate, and TypeORM takes an eighth of it to load. */
const isMigrated = (connectionString: string): Promise<boolean> =>
  connected(connectionString, async (client) => {
    const { rows: found } = await client.query(
      'SELECT FROM pg_tables WHERE schemaname = $1 AND tablename = $2',
      ['public', migrationsTable],
    );
    if (found.length === 0) return false;
    const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${migrationsTable}`);
    const done = new Set(rows.map(({ name }) => name));
    return migrations.every(({ name }) => done.has(name));
  });

/** Asks a database something over a connection of its own. */
const connected = async <Result>(
  connectionString: string,
  ask: (client: pg.Client) => Promise<Result>,
): Promise<Result> => {
  const client = new pg.Client({ connectionString, options: inPublic, connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await ask(client);
  } finally {
    await client.end();
  }
};
