import { setTimeout as pause } from 'node:timers/promises';
import type { EventStoreDBServers } from '../support/eventstoredb-servers.js';

/** Each does its harm and undoes it, so that what is begun afterwards can succeed. */
export const serverFaults: Readonly<Record<string, (servers: EventStoreDBServers) => Promise<void>>> = {
  /** The server dies and is started again at once; of a cluster its leader. */
  kill: async ({ leader }) => {
    const server = await leader();
    await server.kill();
    server.start();
  },
  /** The server is away for longer than the client's waits grow to. */
  'long-kill': async ({ leader }) => {
    const server = await leader();
    await server.kill();
    await pause(45_000);
    server.start();
  },
  /** The server hangs. */
  stop: async ({ leader }) => {
    const server = await leader();
    server.signal('SIGSTOP');
    await pause(30_000);
    server.signal('SIGCONT');
  },
  /** Connections are cut in the middle of whatever they carry. */
  cut: async (servers) => relayOf(servers).cut(),
  /** Nothing passes for a while, then everything that came meanwhile. */
  delay: async (servers) => {
    relayOf(servers).stall();
    await pause(1_500);
    relayOf(servers).flow();
  },
  /** Connections pass nothing on any more and nobody is told. */
  drop: async (servers) => relayOf(servers).stall(),
};

const relayOf = ({ relay }: EventStoreDBServers) => {
  if (!relay) throw new Error('The network between a cluster and its clients cannot be harmed here.');
  return relay;
};

/** @throws an Error that names those there are */
export const serverFault = (name: string): ((servers: EventStoreDBServers) => Promise<void>) => {
  const fault = Object.hasOwn(serverFaults, name) ? serverFaults[name] : undefined;
  if (!fault)
    throw new Error(`There is no fault ${name}; there are: ${Object.keys(serverFaults).join(', ')}.`);
  return fault;
};
