import { afterAll, beforeAll } from '@jest/globals';
import {
  startEventStoreDBStandIn,
  type EventStoreDBStandIn,
} from '../../../test/support/eventstoredb-stand-in/index.js';
import { eventStoreDBCommand } from '../../../test/support/event-store.js';
import {
  startEventStoreDBServers,
  type EventStoreDBServers,
} from '../../../test/support/eventstoredb-servers.js';
import { eventStoreContract } from '../contract/index.js';
import { openEventStoreDB } from './index.js';

/** Milliseconds: more than by default, since a machine that runs all tests at once answers slowly. */
const patience = 40_000;
const hurried = 8_000;

let standIn: EventStoreDBStandIn;
const others: EventStoreDBStandIn[] = [];
beforeAll(async () => {
  standIn = await startEventStoreDBStandIn();
});
afterAll(() => Promise.all([standIn, ...others].map((server) => server.stop())));

eventStoreContract('EventStoreDB (a stand-in for it)', {
  open: () => openEventStoreDB({ connectionString: standIn.connectionString, patience }),
  openHurried: () => openEventStoreDB({ connectionString: standIn.connectionString, patience: hurried }),
  openOtherLog: async () => {
    const other = await startEventStoreDBStandIn();
    others.push(other);
    return openEventStoreDB({ connectionString: other.connectionString, patience });
  },
  breakConnections: async () => {
    standIn.network.cut();
    await new Promise((resolve) => setTimeout(resolve, 20));
  },
  server: { kill: () => standIn.kill(), start: () => standIn.start() },
});

const command = eventStoreDBCommand();
const connectionString = process.env['KIM_TEST_EVENTSTOREDB'];
if (command !== undefined) {
  const started: EventStoreDBServers[] = [];
  const start = async (): Promise<EventStoreDBServers> => {
    const servers = await startEventStoreDBServers(command);
    started.push(servers);
    return servers;
  };
  beforeAll(async () => {
    await start();
  }, 120_000);
  afterAll(() => Promise.all(started.map((servers) => servers.remove())));
  const open = ({ connectionString }: EventStoreDBServers, waits = patience) =>
    openEventStoreDB({ connectionString, patience: waits });
  eventStoreContract('EventStoreDB (its own server)', {
    open: () => open(started[0]!),
    openHurried: () => open(started[0]!, hurried),
    openOtherLog: async () => open(await start()),
    breakConnections: async () => {
      started[0]!.relay!.cut();
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
    server: {
      kill: async () => (await started[0]!.leader()).kill(),
      start: async () => {
        (await started[0]!.leader()).start();
        await started[0]!.ready();
      },
    },
  });
} else if (connectionString)
  eventStoreContract('EventStoreDB (its own server)', {
    open: () => openEventStoreDB({ connectionString, patience }),
  });
