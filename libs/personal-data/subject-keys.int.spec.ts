import { randomBytes, createSecretKey } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { startTestPostgres } from '../../test/support/postgres.js';
import {
  CreateSubjectKeys1764000000000,
  postgresSubjectKeys,
  seal,
  SubjectKeyBroken,
  unseal,
  type Database,
  type SubjectKeys,
} from './index.js';

const wrappingKey = createSecretKey(randomBytes(32));
const event = { eventId: '6f1c9a52-0f1e-5b53-9a07-0c5a3f1f7e11', type: 'ClientRegistered' };

let server: Awaited<ReturnType<typeof startTestPostgres>>;
let pool: pg.Pool;
let statements: string[];
let keys: SubjectKeys;

beforeAll(async () => {
  server = await startTestPostgres();
  const schema = new DataSource({
    type: 'postgres',
    url: server.connectionString,
    migrations: [CreateSubjectKeys1764000000000],
  });
  await schema.initialize();
  await schema.runMigrations();
  await schema.destroy();
  pool = new pg.Pool({ connectionString: server.connectionString, max: 4 });
});

afterAll(async () => {
  await pool.end();
  await server.stop();
});

beforeEach(async () => {
  await pool.query('TRUNCATE kim.subject_keys');
  statements = [];
  keys = postgresSubjectKeys(noting(pool), wrappingKey);
});

describe('The key ring', () => {
  it('keeps a key for each person, the same one every time', async () => {
    await keys.create('amina');
    const sealed = seal(await keyOf('amina'), event, { givenName: 'Amina' });
    await keys.create('amina');
    expect(unseal(await keyOf('amina'), event, sealed)).toEqual({ givenName: 'Amina' });
  });

  it('makes one key when many processes register the same person at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => keys.create('amina')));
    const { rows } = await pool.query('SELECT count(*)::int AS n FROM kim.subject_keys');
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('knows nothing of a stranger', async () => {
    expect((await keys.fetch(['nobody'])).has('nobody')).toBe(false);
    expect((await keys.fetch([])).size).toBe(0);
  });

  it('fetches for one reader nothing but what that reader asked for', async () => {
    await Promise.all(['amina', 'bilal', 'chiara'].map((person) => keys.create(person)));
    const [first, second] = await Promise.all([
      keys.fetch(['amina', 'bilal']),
      keys.fetch(['chiara', 'nobody', 'chiara']),
    ]);
    expect([...first.keys()].sort()).toEqual(['amina', 'bilal']);
    expect([...second.keys()]).toEqual(['chiara']);
  });

  it('asks the database once for everybody who asks at the same time', async () => {
    await Promise.all(['amina', 'bilal'].map((person) => keys.create(person)));
    statements.length = 0;
    const readers = Array.from({ length: 200 }, (_, n) => keys.fetch([n % 2 ? 'amina' : 'bilal']));
    for (const found of await Promise.all(readers)) expect(found.size).toBe(1);
    expect(statements).toHaveLength(1);
  });

  it('shows no one a key that was destroyed before they asked, however busy it is', async () => {
    await keys.create('amina');
    const busy = Array.from({ length: 50 }, () => keys.fetch(['amina']));
    await destroyed('amina');
    const [later] = await Promise.all([keys.fetch(['amina']), ...busy]);
    expect(later.size).toBe(0);
  });

  it('stores keys wrapped only', async () => {
    await keys.create('amina');
    const key = (await keyOf('amina')).export();
    const { rows } = await pool.query<{ wrapped_key: Buffer }>('SELECT wrapped_key FROM kim.subject_keys');
    expect(rows[0]?.wrapped_key.includes(key)).toBe(false);
  });

  it('refuses a key that was wrapped under another master key, or for another person', async () => {
    await Promise.all(['amina', 'bilal'].map((person) => keys.create(person)));
    const others = postgresSubjectKeys(pool, createSecretKey(randomBytes(32)));
    await expect(others.fetch(['amina'])).rejects.toThrow(SubjectKeyBroken);

    await pool.query(`
      UPDATE kim.subject_keys SET wrapped_key = (SELECT wrapped_key FROM kim.subject_keys WHERE subject = 'bilal')
      WHERE subject = 'amina'`);
    const [amina, bilal] = await Promise.allSettled([keys.fetch(['amina']), keys.fetch(['bilal'])]);
    expect([amina.status, bilal.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('says so to everybody when the database fails, and recovers', async () => {
    await keys.create('amina');
    let broken = true;
    const unsteady = postgresSubjectKeys(
      { query: (text, values) => (broken ? Promise.reject(new Error('gone')) : pool.query(text, values)) },
      wrappingKey,
    );
    const readers = await Promise.allSettled([unsteady.fetch(['amina']), unsteady.fetch(['bilal'])]);
    expect(readers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    broken = false;
    expect((await unsteady.fetch(['amina'])).size).toBe(1);
  });
});

describe('Destroying a key', () => {
  it('leaves a tombstone: the key is gone and never made again', async () => {
    await keys.create('amina');
    const keyId = await destroyed('amina');
    expect(keyId).toMatch(/^[\da-f-]{36}$/);
    await keys.create('amina');
    expect((await keys.fetch(['amina'])).size).toBe(0);
    const { rows } = await pool.query(
      'SELECT wrapped_key, destroyed_at IS NOT NULL AS gone FROM kim.subject_keys',
    );
    expect(rows).toEqual([{ wrapped_key: null, gone: true }]);
  });

  it('may be repeated and names the same key', async () => {
    await keys.create('amina');
    expect(await destroyed('amina')).toBe(await destroyed('amina'));
  });

  it('holds also for a person whose key is not there, as after a restore', async () => {
    expect(await destroyed('amina')).toBeUndefined();
    await keys.create('amina');
    expect((await keys.fetch(['amina'])).size).toBe(0);
  });

  it('happens with the caller’s transaction or not at all', async () => {
    await keys.create('amina');
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await keys.destroy('amina', client);
      expect((await keys.fetch(['amina'])).size).toBe(1);
      await client.query('ROLLBACK');
    } finally {
      client.release();
    }
    expect((await keys.fetch(['amina'])).size).toBe(1);
  });

  it('cannot be undone by taking the schema down', async () => {
    const migration = new CreateSubjectKeys1764000000000();
    await expect(migration.down()).rejects.toThrow(/would erase everybody/);
  });
});

const keyOf = async (subject: string) => {
  const key = (await keys.fetch([subject])).get(subject);
  if (!key) throw new Error(`${subject} has no key`);
  return key;
};

const destroyed = async (subject: string): Promise<string | undefined> => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const keyId = await keys.destroy(subject, client);
    await client.query('COMMIT');
    return keyId;
  } finally {
    client.release();
  }
};

const noting = (database: Database): Database => ({
  query: (text, values) => {
    statements.push(text);
    return database.query(text, values);
  },
});
