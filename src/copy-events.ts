import cliProgress from 'cli-progress';
import { copyLog, openEventStoreDB, openPostgresEventStore } from '#event-store';
import type { CopyProgress, CopyReport, EventStore } from '#event-store';
import { holdsDatabase, startEmbeddedPostgres } from './config/index.js';
import { measure } from './read-models/index.js';

/** A store opened for the length of a copy. */
interface OpenedEnd {
  readonly store: EventStore;
  close(): Promise<void>;
}

/**
 * Copies the whole log from one store to another, with a progress bar, and compares the two in the end.
 * @param from,to `esdb://…`, `postgres://…`, or `embedded` for the database in the data directory
 * @throws what the stores throw, and CopyRefused, each with one sentence that says what to do
 */
export const copyEvents = async (from: string, to: string, dataDirectory: string): Promise<CopyReport> => {
  // Looking for one would make it, without the master key under which its data would have been sealed.
  if (from === 'embedded' && !(await holdsDatabase(dataDirectory)))
    throw new Error(`There is no embedded database in ${dataDirectory} to copy from; correct KIM_DATA_DIR.`);
  const ends: OpenedEnd[] = [];
  const bar = new cliProgress.SingleBar(
    { format: '{stage} {bar} {percentage}% | {events} events', noTTYOutput: true, notTTYSchedule: 5_000 },
    cliProgress.Presets.shades_classic,
  );
  try {
    const [source, target] = [await opened(from, dataDirectory, ends), await opened(to, dataDirectory, ends)];
    const head = await source.head();
    const whole = head === undefined ? 0 : measure(head);
    const show = ({ stage, events, position }: CopyProgress): void => {
      if (!bar.isActive) bar.start(100, 0, { stage, events });
      bar.update(Math.floor((measure(position) / Math.max(whole, 1)) * 100), { stage, events });
    };
    return await copyLog(source, target, show);
  } finally {
    bar.stop();
    for (const end of ends.reverse()) await end.close();
  }
};

const opened = async (address: string, dataDirectory: string, ends: OpenedEnd[]): Promise<EventStore> => {
  const end = await open(address, dataDirectory);
  ends.push(end);
  return end.store;
};

const open = async (address: string, dataDirectory: string): Promise<OpenedEnd> => {
  if (address === 'embedded') {
    const embedded = await startEmbeddedPostgres(dataDirectory);
    const store = await openPostgresEventStore({ connectionString: embedded.connectionString });
    return {
      store,
      close: async () => {
        await store.close();
        await embedded.stop();
      },
    };
  }
  const store = /^esdb(\+discover)?:/.test(address)
    ? await openEventStoreDB({ connectionString: address })
    : await openPostgresEventStore({ connectionString: address });
  return { store, close: () => store.close() };
};
