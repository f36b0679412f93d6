import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestPostgres, type TestPostgres } from './postgres.js';

describe('A PostgreSQL for one test file', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(() => postgres.stop());

  it('is as durable as in production', async () => {
    expect(await answerOf(postgres.connectionString, 'SHOW fsync')).toBe('on');
    expect(await answerOf(postgres.connectionString, 'SHOW synchronous_commit')).toBe('on');
  });

  it('gives each test an empty database when asked', async () => {
    const [one, other] = [await postgres.freshDatabase(), await postgres.freshDatabase()];
    await answerOf(one, 'CREATE TABLE journeys ()');
    expect(await answerOf(other, "SELECT to_regclass('journeys')")).toBeNull();
  });

  it('keeps what was committed through a power cut', async () => {
    const database = await postgres.freshDatabase();
    await answerOf(database, 'CREATE TABLE journeys AS SELECT 7 AS number');
    await postgres.kill();
    await expect(answerOf(database, 'SELECT 1')).rejects.toThrow();
    await postgres.start();
    expect(await answerOf(database, 'SELECT number FROM journeys')).toBe(7);
  });

  it('ends when the process that started it is killed', async () => {
    const support = new URL('./postgres.js', import.meta.url).href;
    const starter = spawn(process.execPath, [
      '--input-type=module',
      '--eval',
      `const { startTestPostgres } = await import(${JSON.stringify(support)});
       console.log((await startTestPostgres()).connectionString);
       setInterval(() => {}, 1000);`,
    ]);
    const [printed] = (await once(starter.stdout, 'data')) as [Buffer];
    const connectionString = printed.toString().trim();
    const watching = new pg.Client({ connectionString });
    watching.on('error', () => undefined);
    await watching.connect();

    const broken = new Promise((end) => watching.once('end', () => end(undefined)));
    starter.kill('SIGKILL');

    await broken;
    await expect(answerOf(connectionString, 'SELECT 1')).rejects.toThrow();
  });
});

const answerOf = async (connectionString: string, sql: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
};
