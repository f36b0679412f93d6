import { afterAll, beforeAll } from '@jest/globals';
import pg from 'pg';
import { startTestPostgres, type TestPostgres } from '../../../test/support/postgres.js';
import { eventStoreContract } from '../contract/index.js';
import { openPostgresEventStore } from './open.js';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.stop());

eventStoreContract('PostgreSQL', {
  open: () => openPostgresEventStore({ connectionString: postgres.connectionString }),
  openOtherLog: async () => openPostgresEventStore({ connectionString: await postgres.freshDatabase() }),
  breakConnections: async () => {
    const client = new pg.Client({ connectionString: postgres.connectionString });
    await client.connect();
    await client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'event store'",
    );
    await client.end();
  },
  server: { kill: () => postgres.kill(), start: () => postgres.start() },
});
