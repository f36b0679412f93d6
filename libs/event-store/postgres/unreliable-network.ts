import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A stretch of network between a store under test and its server that can be made to fail. */
export interface UnreliableNetwork {
  readonly connectionString: string;
  /** What the server says no longer arrives, without anybody being told. */
  swallowAnswers(): void;
  /** Nothing arrives any more on either side, without anybody being told; new connections neither. */
  fallSilent(): void;
  /** New connections work; those that went silent stay silent. */
  recover(): void;
  close(): Promise<void>;
}

/** Puts itself between: what connects here reaches the server of this connection string. */
export const unreliableNetwork = async (connectionString: string): Promise<UnreliableNetwork> => {
  const target = new URL(connectionString);
  const sockets = new Set<Socket>();
  const hear = new Set<Socket>();
  let silent = false;

  const server = createServer((store) => {
    sockets.add(store);
    store.on('error', () => undefined);
    if (silent) return;
    const database = connect(Number(target.port), target.hostname);
    sockets.add(database);
    database.on('error', () => undefined);
    hear.add(store).add(database);
    store.on('data', (sent) => hear.has(store) && database.write(sent));
    database.on('data', (answered) => hear.has(database) && store.write(answered));
    store.on('close', () => database.destroy());
    database.on('close', () => hear.has(database) && store.destroy());
    database.on('close', () => sockets.delete(database));
    store.on('close', () => sockets.delete(store));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const here = new URL(connectionString);
  here.port = String((server.address() as AddressInfo).port);

  return {
    connectionString: here.href,
    swallowAnswers: () => {
      for (const socket of hear) if (socket.remotePort === Number(target.port)) hear.delete(socket);
    },
    fallSilent: () => {
      silent = true;
      hear.clear();
    },
    recover: () => {
      silent = false;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
