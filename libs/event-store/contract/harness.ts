import { afterAll, beforeAll } from '@jest/globals';
import type { EventStore } from '../port.js';

/** What an adapter provides to be held against the contract. The hooks it leaves out leave out their tests. */
export interface ContractHarness {
  /** Opens a store; each call a further one over the same log. */
  readonly open: () => Promise<EventStore>;
  /** As `open`, and says within ten seconds that the store is away; `open` if absent. */
  readonly openHurried?: () => Promise<EventStore>;
  /** Opens a store over another log, in which nothing was ever recorded. */
  readonly openOtherLog?: () => Promise<EventStore>;
  /** Cuts every connection of every store, as a network does; the server stays. */
  readonly breakConnections?: () => Promise<void>;
  /** Takes the server away as a power cut does, and brings it back with what it had on disk. */
  readonly server?: { readonly kill: () => Promise<void>; readonly start: () => Promise<void> };
}

/** One store for all tests of a chapter. */
export const storeOf = (open: () => Promise<EventStore>): (() => EventStore) => {
  let store: EventStore;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());
  return () => store;
};
