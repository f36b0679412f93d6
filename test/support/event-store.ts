import { startEventStoreDBServers } from './eventstoredb-servers.js';

/** Where an installation under test keeps its events. */
export interface TestEventStore {
  /** For `startApplication`. */
  readonly settings: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/**
 * EventStoreDB's own server, one for each installation since a server holds one log, where
 * `KIM_TEST_EVENTSTOREDB_COMMAND` says how it is started (see `startEventStoreDBServers`). Otherwise nothing is
 * named, and the events are kept wherever the installation keeps them by default.
 * @param folder where the server keeps its data; a temporary one of its own if absent
 */
export const testEventStore = async (folder?: string): Promise<TestEventStore> => {
  const command = eventStoreDBCommand();
  if (command === undefined) return { settings: {}, remove: () => Promise.resolve() };
  const { connectionString, remove } = await startEventStoreDBServers(command, folder);
  return { settings: { KIM_DEMO: 'true', KIM_EVENT_STORE: connectionString }, remove };
};

export const eventStoreDBCommand = (): string | undefined =>
  process.env['KIM_TEST_EVENTSTOREDB_COMMAND'] || undefined;

/** The events lie in the database of the installation, whatever the environment names. */
export const inTheDatabase = async (): Promise<TestEventStore> => ({
  settings: {},
  remove: () => Promise.resolve(),
});
