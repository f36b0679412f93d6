// One event to a new stream, 64 at a time: this store, what PostgreSQL itself does with one-row inserts, and emmett.
import { randomBytes, randomUUID } from 'node:crypto';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { openPostgresEventStore } from '../dist/libs/event-store/index.js';
import { startTestPostgres } from '../dist/test/support/postgres.js';
import { interleaved } from './measuring.mjs';

const concurrency = 64;
const rounds = 7;
const connections = 16;

export const title = `Appends of one event each to ${concurrency} streams at the same time`;

export const measure = async (progress) => {
  const postgres = await startTestPostgres();
  const opened = [];
  try {
    for (const open of [openOurs, openFloor, openEmmett])
      opened.push(await open(await postgres.freshDatabase()));
    const rows = await interleaved(opened, { rounds, load: { concurrency, milliseconds: 2_000 }, progress });
    const [ours, floor, emmett] = rows.map(({ perSecond }) => perSecond);
    return {
      rows,
      ratios: { toFloor: ours / floor, toEmmett: ours / emmett },
      findings: [
        `${(ours / floor).toFixed(2)} times the one-row inserts (wanted: 2.5), ` +
          `${(ours / emmett).toFixed(2)} times emmett (wanted: 6).`,
      ],
    };
  } finally {
    for (const { close } of opened) await close();
    await postgres.stop();
  }
};

// What a sealed event of a journey looks like in size and shape.
const data = {
  needId: randomUUID(),
  legalDomain: 'sgb2',
  identifiedOn: '2026-01-31',
  sealed: { algorithm: 'A256GCM', subject: randomUUID(), ciphertext: randomBytes(200).toString('base64url') },
};
const metadata = {
  actor: 'kim-bergkamen-case-manager',
  organisation: 'kim-bergkamen',
  role: 'case-manager',
  correlationId: randomUUID(),
  causationId: randomUUID(),
  commandId: randomUUID(),
  fingerprint: randomBytes(32).toString('base64url'),
  recordedAt: '2026-01-31T10:11:12.123Z',
};
const type = 'NeedIdentified';

const openOurs = async (connectionString) => {
  const store = await openPostgresEventStore({ connectionString });
  return {
    what: 'KIM Journeys',
    act: () =>
      store.append({
        stream: `journey-${randomUUID()}`,
        expected: 'none',
        events: [{ id: randomUUID(), type, data, metadata }],
      }),
    close: () => store.close(),
  };
};

const openFloor = async (connectionString) => {
  const pool = new pg.Pool({ connectionString, max: connections });
  await pool.query(`CREATE TABLE events (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, stream text, id uuid, type text, data text, metadata text)`);
  const text =
    'INSERT INTO events (stream, id, type, data, metadata) VALUES ($1, $2, $3, $4, $5) RETURNING position';
  return {
    what: `one-row inserts, ${connections} connections`,
    act: () => {
      const values = [
        `journey-${randomUUID()}`,
        randomUUID(),
        type,
        JSON.stringify(data),
        JSON.stringify(metadata),
      ];
      return pool.query({ name: 'insert', text, values });
    },
    close: () => pool.end(),
  };
};

const openEmmett = async (connectionString) => {
  const pool = new pg.Pool({ connectionString, max: connections });
  const store = getPostgreSQLEventStore(connectionString, { connectionOptions: { pool } });
  return {
    what: 'emmett-postgresql 0.42',
    act: () =>
      store.appendToStream(`journey-${randomUUID()}`, [{ type, data, metadata }], {
        expectedStreamVersion: 'STREAM_DOES_NOT_EXIST',
      }),
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
};
