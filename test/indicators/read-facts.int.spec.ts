import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { onOneConnection } from '../../src/indicators/release/one-connection.js';
import { readFacts } from '../../src/indicators/release/read-facts.js';
import { startTestPostgres, type TestPostgres } from '../support/postgres.js';

describe('The facts of a release', () => {
  let postgres: TestPostgres;
  let pool: pg.Pool;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    pool = new pg.Pool({ connectionString: postgres.connectionString });
    pool.on('error', () => undefined);
    await pool.query(`
      CREATE SCHEMA views;
      CREATE TABLE views.persons (person text, sex text, age_group text, merged_into text);
      CREATE VIEW views.fact_persons AS SELECT * FROM views.persons;
      CREATE TABLE views.journeys_1 (journey text, person text, recorded_on date, facts jsonb);
      CREATE VIEW views.fact_journeys AS SELECT * FROM views.journeys_1;
      CREATE TABLE views.journeys_2 (LIKE views.journeys_1);
      INSERT INTO views.persons VALUES ('p', 'f', NULL, NULL);
      INSERT INTO views.journeys_1 VALUES ('j', 'p', '2026-09-30', '{}')`);
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await postgres.stop();
  });

  const somebodyWaits = async (): Promise<void> => {
    for (;;) {
      const { rows } = await pool.query('SELECT FROM pg_locks WHERE NOT granted');
      if (rows.length > 0) return;
    }
  };

  it('are whole when a rebuild ends while they are read', async () => {
    const rebuild = await pool.connect();
    await rebuild.query('BEGIN');
    await rebuild.query('DROP VIEW views.fact_journeys');
    await rebuild.query('CREATE VIEW views.fact_journeys AS SELECT * FROM views.journeys_2');
    const facts = readFacts(pool, 'views');
    await somebodyWaits();
    await pool.query('INSERT INTO views.journeys_2 SELECT * FROM views.journeys_1');
    await rebuild.query('COMMIT');
    rebuild.release();
    expect(await facts).toMatchObject({
      persons: [{ person: 'p' }],
      journeys: [{ journey: 'j' }],
      recordedUntil: '2026-09-30',
    });
  });

  it('are not read, and end nothing else, where the connection breaks between two statements', async () => {
    const broken = onOneConnection(pool, async (client) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const ended = new Promise((resolve) => client.once('end', resolve));
      await pool.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
      await ended;
      return client.query('SELECT');
    });
    await expect(broken).rejects.toThrow(/connection/i);
    expect((await pool.query('SELECT')).rowCount).toBe(1);
  });
});
