import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { indexedHashes, nameTokens, packTokens } from '#personal-data';
import { startTestPostgres } from '../../../test/support/postgres.js';
import type { TestPostgres } from '../../../test/support/postgres.js';
import type { Directory } from './directory.js';
import { findClientIds } from './finding.js';

const searchKey = createSecretKey(randomBytes(32));
const organisationId = 'kim-bergkamen';
let postgres: TestPostgres;
let pool: pg.Pool;
let directory: Directory;

beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = new pg.Pool({ connectionString: await postgres.freshDatabase() });
  await pool.query(
    'CREATE TABLE clients (client_id uuid, survivor_id uuid, organisations text[], hashes bigint[], tokens bytea)',
  );
  directory = { pool, schema: 'public', searchKey } as Directory;
});
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

const enter = async (familyName: string): Promise<string> => {
  const tokens = nameTokens(searchKey, { givenName: 'Olena', familyName });
  const clientId = randomUUID();
  await pool.query('INSERT INTO clients VALUES ($1, $1, $2, $3, $4)', [
    clientId,
    [organisationId],
    indexedHashes(tokens),
    packTokens(tokens),
  ]);
  return clientId;
};

it('looks at the names that sound alike before all that only begin alike', async () => {
  for (const longer of ['Melnykenko', 'Melnykova', 'Melnykivska']) await enter(longer);
  const melnik = await enter('Мельник');
  const asked = (limit: number) => findClientIds(directory, 'Melnyk', { organisationId, limit });
  expect(await asked(1)).toEqual([{ clientId: melnik, score: expect.any(Number) }]);
  const two = await asked(2);
  expect(two.map(({ clientId }) => clientId)).toEqual([melnik, expect.any(String)]);
  expect(await asked(4)).toHaveLength(4);
});
