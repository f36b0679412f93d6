import { randomBytes, randomUUID } from 'node:crypto';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';

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

const data = { needId: randomUUID(), sealed: `1.${randomBytes(188).toString('base64url')}` };

const metadata = {
  v: 1,
  subject: randomUUID(),
  actor: 'bergkamen-cm',
  organisation: 'kim-bergkamen',
  roles: ['case_manager'],
  correlationId: randomUUID(),
  causationId: randomUUID(),
  commandId: randomUUID(),
  fingerprint: randomBytes(32).toString('base64url'),
  recordedAt: '2026-01-31T10:11:12.123Z',
};
