import type { EventStore } from '../port.js';
import type { EventStoreDBOptions } from './open.js';

export type { Notice } from './log.js';
export type { EventStoreDBOptions } from './open.js';
export { checkAddress } from './address.js';
export { UnsuitableStore } from './unsuitable-store.js';

/**
 * Opens the log that an EventStoreDB server or cluster (23.10 or newer) holds, or begins it in an empty one.
 * @throws UnsuitableStore if waiting would not help: the connection string, credentials, the certificate, or
 * what the store holds; StoreUnavailable
 */
export const openEventStoreDB = async (options: EventStoreDBOptions): Promise<EventStore> => {
  // Loading the client takes half a second and 27 MiB, which only those should pay who use it.
  const { openEventStoreDB: open } = await import('./open.js');
  return open(options);
};
