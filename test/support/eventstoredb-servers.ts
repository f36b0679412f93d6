import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEventStoreDB, StoreUnavailable } from '#event-store';
import { freePort } from '../../src/config/embedded-postgres/address.js';
import { startRelay, type Relay } from './eventstoredb-stand-in/relay.js';
import { serverOf, type CommandedServer } from './server-command.js';

/** EventStoreDB's own server, or a cluster of three, to try faults on. */
export interface EventStoreDBServers {
  readonly connectionString: string;
  /** What lies before a single server; a cluster's nodes name each other's addresses, which no relay can stand in for. */
  readonly relay: Relay | undefined;
  /** The node that decides, the only one where there is no cluster. */
  leader(): Promise<CommandedServer>;
  /** Resolves when the store can be worked with. */
  ready(): Promise<void>;
  /** Kills what runs and removes its data. */
  remove(): Promise<void>;
}

/**
 * @param command starts one node in the foreground as its own process, without TLS, on the port `{port}` with its
 * data in the folder `{data}`; where it names `{seeds}`, the `host:port,…` of the other nodes, there are three.
 * @param parent where a folder is made for it all
 */
export const startEventStoreDBServers = async (
  command: string,
  parent = tmpdir(),
): Promise<EventStoreDBServers> => {
  if (!command.includes('{port}') || !command.includes('{data}'))
    throw new Error('The command that starts EventStoreDB needs the places {port} and {data}.');
  const folder = await mkdtemp(join(parent, 'kim-eventstoredb-'));
  const ports: number[] = [];
  while (ports.length < (command.includes('{seeds}') ? 3 : 1)) {
    const port = await freePort();
    if (!ports.includes(port)) ports.push(port);
  }
  const addresses = ports.map((port) => `127.0.0.1:${port}`);
  const nodes = ports.map((port, node) =>
    serverOf(
      command
        .replaceAll('{port}', String(port))
        .replaceAll('{data}', join(folder, `node${node}`))
        .replaceAll('{seeds}', addresses.filter((_, other) => other !== node).join(',')),
    ),
  );
  const relay = nodes.length === 1 ? await startRelay(() => ports[0]!) : undefined;
  const connectionString = `esdb://${relay ? `127.0.0.1:${relay.port}` : addresses.join(',')}?tls=false`;
  for (const node of nodes) node.start();

  const servers: EventStoreDBServers = {
    connectionString,
    relay,
    leader: async () => {
      const port = nodes.length === 1 ? ports[0]! : await leadingPort(addresses);
      return nodes[ports.indexOf(port)]!;
    },
    ready: () => untilAnswering(connectionString),
    remove: async () => {
      await Promise.all(nodes.map((node) => node.kill()));
      await relay?.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
  try {
    await servers.ready();
    return servers;
  } catch (error) {
    await servers.remove();
    throw error;
  }
};

const untilAnswering = async (connectionString: string): Promise<void> => {
  const bound = performance.now() + 120_000;
  for (;;) {
    try {
      const store = await openEventStoreDB({ connectionString });
      return await store.close();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || performance.now() > bound) throw error;
    }
  }
};

interface Gossip {
  readonly members: readonly { readonly state: string; readonly httpEndPointPort: number }[];
}

/** Asks one node after the other whom it takes for the leader. */
const leadingPort = async (addresses: readonly string[]): Promise<number> => {
  for (;;)
    for (const address of addresses) {
      const gossip = await fetch(`http://${address}/gossip`, {
        headers: { accept: 'application/json' },
        signal: AbortSignal.timeout(1_000),
      })
        .then(async (answer) => (await answer.json()) as Gossip)
        .catch(() => undefined);
      const leader = gossip?.members.find(({ state }) => state === 'Leader');
      if (leader) return leader.httpEndPointPort;
    }
};
