import { setMaxListeners } from 'node:events';
import { EventStoreDBClient, type Position as LogPosition } from '@eventstore/db-client';
import type { Channel, Client as GrpcClient } from '@grpc/grpc-js';
import { StoreUnavailable } from '../errors.js';
import { readAddress, unreadableFile, type Address } from './address.js';
import { UnsuitableStore } from './unsuitable-store.js';

export type { LogPosition };

/** What every call passes along: see `Connection.options`. */
export interface CallOptions {
  readonly credentials: { readonly username: string; readonly password: string };
  readonly requiresLeader: true;
}

export interface Connection {
  /** Hosts and ports, for messages. */
  readonly where: string;
  /**
   * Credentials with every call choose the classic append. The default, batch append, shares its open calls
   * between all clients of a process: when one server dies, appends to another are rejected and the process
   * ends with an unhandled rejection. Naming the leader makes reads see what was just written, and makes the
   * client follow the leader.
   */
  readonly options: CallOptions;
  /** @throws StoreUnavailable once closed, since the client would connect again */
  client(): EventStoreDBClient;
  /** Aborted when the present client is given up; what depends on its open calls must begin again. */
  retired(): AbortSignal;
  /** The server gave an answer, whatever it was. */
  answered(): void;
  /**
   * A call begun at this time (`performance.now()`) found the store unavailable or had no answer. When no
   * other call has one either for a while, the connection is replaced by a fresh one: it may be dead without
   * being closed, or it may be waiting for up to two minutes before it tries to connect again.
   */
  failed(since: number): void;
  /** Since when every call has failed; undefined if the last one did not. */
  failingSince(): number | undefined;
  close(): Promise<void>;
}

/** Milliseconds of failing calls before the connection is replaced, and between two replacements. */
const renewAfter = 1_500;

/** @throws UnsuitableStore for a connection string that cannot work */
export const connect = (
  connectionString: string,
  replaced: (text: string) => void = () => undefined,
): Connection => {
  const address = readAddress(connectionString);
  let generation = 0;
  let current = openClient(address, generation);
  let retirement = newRetirement();
  let lastAnswer = performance.now();
  let failingSince: number | undefined;
  let renewed = lastAnswer;
  let closed = false;

  return {
    where: address.where,
    options: { credentials: address.credentials, requiresLeader: true },
    client: () => {
      if (closed) throw new StoreUnavailable('The event store was closed');
      return current.client;
    },
    retired: () => retirement.signal,
    answered: () => {
      lastAnswer = performance.now();
      failingSince = undefined;
    },
    failed: (since) => {
      if (closed || lastAnswer >= since) return;
      failingSince ??= since;
      if (performance.now() - Math.max(failingSince, renewed) < renewAfter) return;
      renewed = performance.now();
      const [dead, ended] = [current, retirement];
      const fresh = freshClient(address, ++generation);
      if (!fresh) return;
      current = fresh;
      retirement = newRetirement();
      ended.abort();
      void dead.close();
      replaced(`The connection to EventStoreDB at ${address.where} was replaced by a fresh one`);
    },
    failingSince: () => failingSince,
    close: async () => {
      if (closed) return;
      closed = true;
      retirement.abort();
      await current.close();
    },
  };
};

const newRetirement = (): AbortController => {
  const retirement = new AbortController();
  // Every subscription listens, and there may be any number of them.
  setMaxListeners(0, retirement.signal);
  return retirement;
};

/** The parts of the client that it keeps for its own subclasses. */
interface ClientInside {
  handleError: (client: GrpcClient, error: Error) => Promise<void>;
  getChannel: () => Promise<Channel>;
}

const clientFor = (connectionString: string): EventStoreDBClient => {
  try {
    return EventStoreDBClient.connectionString(connectionString);
  } catch {
    throw unreadableFile();
  }
};

/** Undefined where a certificate cannot be read at this moment: the next time it may have been replaced. */
const freshClient = (address: Address, generation: number): ReturnType<typeof openClient> | undefined => {
  try {
    return openClient(address, generation);
  } catch (error) {
    if (error instanceof UnsuitableStore) return undefined;
    throw error;
  }
};

const openClient = (address: Address, generation: number) => {
  const client = clientFor(address.connectionString(generation));
  const inside = client as unknown as ClientInside;
  const { handleError, getChannel } = inside;
  let channel: Channel | undefined;
  let closed = false;
  inside.getChannel = async () => {
    channel = await getChannel();
    // Given up while it was looking for the cluster: what was asked then has had its answer long ago.
    if (closed) {
      channel.close();
      throw new StoreUnavailable('This connection was replaced by a fresh one');
    }
    return channel;
  };
  // After a failed call the client closes its channel, a few microtasks late. An append begun in between
  // would find the closed channel, never settle, and end the process with an unhandled rejection. Later,
  // in a turn of its own, nothing is in between.
  inside.handleError = async (failed, error) => {
    await new Promise(setImmediate);
    // Nobody waits for it. It may find that the cluster cannot be found any more; the next call finds that, too.
    await handleError(failed, error).catch(() => undefined);
  };
  return {
    client,
    close: async (): Promise<void> => {
      closed = true;
      await client.dispose();
      // Disposing ends the calls but leaves the TCP connection open. Not in this turn: see above.
      await new Promise(setImmediate);
      channel?.close();
    },
  };
};
