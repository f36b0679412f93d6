import { randomUUID } from 'node:crypto';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { data, metadata } from './event.mjs';

/** Emmett appending one event of the same shape and size to a new stream. */
export const openEmmett = async (connectionString, concurrency) => {
  const pool = new pg.Pool({ connectionString, max: concurrency / 4 });
  const store = getPostgreSQLEventStore(connectionString, { connectionOptions: { pool } });
  return {
    what: 'emmett-postgresql 0.42, one event appended',
    act: () =>
      store.appendToStream(`journey-${randomUUID()}`, [{ type: 'NeedIdentified', data, metadata }], {
        expectedStreamVersion: 'STREAM_DOES_NOT_EXIST',
      }),
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
};
