import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startTestPostgres, type TestPostgres } from '../../test/support/postgres.js';
import { connectionPool, type Database } from './database.js';
import {
  bigint,
  bigintList,
  boolean,
  bytes,
  date,
  double,
  instant,
  integer,
  json,
  list,
  nullable,
  projection,
  sealed,
  sealedJson,
  text,
  textList,
  uuid,
} from './index.js';
import type { Seals } from './sealing.js';
import { tablesOf } from './table.js';
import { workingSet } from './working-set.js';

const columns = {
  id: uuid(),
  note: text(),
  small: integer(),
  large: bigint(),
  share: double(),
  urgent: boolean(),
  day: date(),
  at: instant(),
  plan: json(),
  languages: textList(),
  hashes: bigintList(),
  packed: bytes(),
  maybeNote: nullable(text()),
  maybeAt: nullable(instant()),
  maybeLanguages: nullable(textList()),
  secret: sealed('id'),
  secretPlan: sealedJson('id'),
};

/** Opens in its place only. With quotes, as any text may have. */
const seals: Seals = {
  seal: async (texts) => texts.map(({ place, text }) => JSON.stringify([place, text])),
  open: async (texts) =>
    texts.map(({ place, text }) => {
      const [own, content] = JSON.parse(text) as [string, string];
      return own === place ? content : undefined;
    }),
};

interface Written {
  readonly id: string;
}

/** The event is the row. */
const everything = projection({
  name: 'everything',
  version: 1,
  prefixes: [],
  eventTypes: [],
  columns,
  key: 'id',
  lists: { copies: list({ columns: { note: text() }, rowsOf: ({ note }: { note: string }) => [{ note }] }) },
  rowKeysOf: ({ id }: Written) => [id],
  evolve: (_, event: Written) => event as never,
});

let postgres: TestPostgres;
let database: Database;
const tables = tablesOf(everything, { schema: 'public', version: 1, generation: 1 });
beforeAll(async () => {
  postgres = await startTestPostgres();
  database = connectionPool({ connectionString: postgres.connectionString });
  for (const statement of [tables.rows, ...tables.lists].flatMap(({ definition }) => definition))
    await database.query(statement);
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', '')),
  fc.constantFrom('', 'NULL', '{}', '"', '\\', "'", '\\"', ' ', '\n', 'é\u0301', '😀'),
);
const anyInstant = fc
  .date({
    min: new Date('0001-01-01T00:00:00.000Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  })
  .map((moment) => moment.toISOString());
const anyLanguages = fc.array(anyText, { maxLength: 4 });

const anyRow = fc.record({
  id: fc.uuid(),
  note: anyText,
  small: fc.integer(),
  large: fc.maxSafeInteger(),
  // Zero has one sign in SQL text as in JSON.
  share: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0 || 0),
  urgent: fc.boolean(),
  day: anyInstant.map((moment) => moment.slice(0, 10)),
  at: anyInstant,
  // As JSON has it: without a negative zero.
  plan: fc
    .jsonValue()
    .filter((value) => value !== null && !JSON.stringify(value).includes('\\u0000'))
    .map((value) => JSON.parse(JSON.stringify(value)) as typeof value),
  languages: anyLanguages,
  hashes: fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String), { maxLength: 4 }),
  packed: fc.uint8Array({ maxLength: 20 }).map((packed) => Buffer.from(packed).toString('hex')),
  maybeNote: fc.option(anyText),
  maybeAt: fc.option(anyInstant),
  maybeLanguages: fc.option(anyLanguages),
  secret: fc.option(anyText),
  secretPlan: fc.option(
    fc.dictionary(anyText, fc.jsonValue()).map((value) => JSON.parse(JSON.stringify(value)) as object),
  ),
});

describe('A working set', () => {
  it('reads every row back exactly as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyRow, { selector: ({ id }) => id, minLength: 1, maxLength: 20 }),
        async (rows) => {
          const writing = workingSet<Written>(everything, tables, database, seals);
          await writing.fold(rows);
          const changes = await writing.changes();
          await database.transaction((transaction) => changes.write(transaction));

          const reading = workingSet<Written>(everything, tables, database, seals);
          await reading.fold(rows);
          // Nothing to write: what was read is what was written.
          expect((await reading.changes()).none).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('refuses an instant that would come back spelt otherwise', async () => {
    const set = workingSet<Written>(everything, tables, database, seals);
    const [row] = fc.sample(anyRow, 1);
    await set.fold([{ ...row!, at: '2026-03-02T10:00:00+01:00' } as Written]);
    await expect(set.changes()).rejects.toThrow('An instant is written');
  });
});
