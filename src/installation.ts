import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { openEventStoreDB, openPostgresEventStore, StoreUnavailable, watched } from '#event-store';
import type { EventStore, Notice } from '#event-store';
import {
  CreateSubjectKeys1764000000000,
  deriveKey,
  openMasterKey,
  postgresSubjectKeys,
} from '#personal-data';
import type { MasterKey, SubjectKeys } from '#personal-data';
import { startEmbeddedPostgres } from './config/index.js';
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
}

/** @throws what the parts throw, each with one sentence that says what to do */
export const openInstallation = async (
  settings: Settings,
  {
    storeMayTake = 30_000,
    waiting = (text) => console.error(text),
    notice = () => undefined,
  }: OpeningOptions = {},
): Promise<Installation> => {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    await mkdir(settings.dataDirectory, { recursive: true, mode: 0o700 });
    const masterKey = await openMasterKey(
      settings.masterKeyFile ?? join(settings.dataDirectory, 'master.key'),
      { create: settings.masterKeyFile === undefined },
    );
    const embedded = await embeddedDatabase(settings);
    if (embedded) closers.push(() => embedded.stop());

    const databaseAddress = addressOf(settings.database, embedded);
    await migrate(databaseAddress).catch((error: unknown) => {
      throw settings.database.kind === 'postgres' ? databaseRefused(error) : error;
    });
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

    const storeWatch = watchStore();
    const noticed = (what: Notice): void => {
      storeWatch.notice(what);
      notice(what);
    };
    const opened = await onceThere(() => openStore(settings, embedded, noticed), storeMayTake, waiting);
    const store = watched(opened, storeWatch);
    closers.push(() => store.close());
    const keys = postgresSubjectKeys(database, deriveKey(masterKey, 'wrapping'));
    await tryMasterKey(database, keys);
    return { store, storeWatch, database, databaseAddress, masterKey, keys, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** With another master key everything personal would be unreadable: better not to start. */
const tryMasterKey = async (database: pg.Pool, keys: SubjectKeys): Promise<void> => {
  const { rows } = await database.query<{ subject: string }>(
    'SELECT subject FROM kim.subject_keys WHERE wrapped_key IS NOT NULL LIMIT 1',
  );
  await keys.fetch(rows.map(({ subject }) => subject));
};

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

const embeddedDatabase = async (settings: Settings): Promise<Embedded | undefined> =>
  settings.database.kind === 'embedded' || settings.eventStore.kind === 'embedded'
    ? startEmbeddedPostgres(settings.dataDirectory)
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
  mayTake: number,
  waiting: (text: string) => void,
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
      await pause(Math.min(1_000, mayTake));
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
const isMigrated = async (connectionString: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString, options: inPublic, connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows: found } = await client.query(
      'SELECT FROM pg_tables WHERE schemaname = $1 AND tablename = $2',
      ['public', migrationsTable],
    );
    if (found.length === 0) return false;
    const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${migrationsTable}`);
    const done = new Set(rows.map(({ name }) => name));
    return migrations.every(({ name }) => done.has(name));
  } finally {
    await client.end();
  }
};
