import { afterAll, beforeAll } from '@jest/globals';
import {
  startEventStoreDBStandIn,
  type EventStoreDBStandIn,
} from '../../../test/support/eventstoredb-stand-in/index.js';
import { eventStoreContract } from '../contract/index.js';
import { openEventStoreDB } from './index.js';

/** Milliseconds: more than by default, since a machine that runs all tests at once answers slowly. */
const patience = 8_000;

let standIn: EventStoreDBStandIn;
const others: EventStoreDBStandIn[] = [];
beforeAll(async () => {
  standIn = await startEventStoreDBStandIn();
});
afterAll(() => Promise.all([standIn, ...others].map((server) => server.stop())));

eventStoreContract('EventStoreDB (a stand-in for it)', {
  open: () => openEventStoreDB({ connectionString: standIn.connectionString, patience }),
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

const connectionString = process.env['KIM_TEST_EVENTSTOREDB'];
if (connectionString)
  eventStoreContract('EventStoreDB (its own server)', {
    open: () => openEventStoreDB({ connectionString, patience }),
  });
