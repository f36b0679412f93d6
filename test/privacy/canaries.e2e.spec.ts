import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { clientFields } from '../../src/clients/domain/field-table.js';
import { startEmbeddedPostgres } from '../../src/config/index.js';
import { journeyFields } from '../../src/journeys/domain/field-table.js';
import { startApplication } from '../support/application.js';
import type { RunningApplication } from '../support/application.js';
import { testEventStore } from '../support/event-store.js';
import type { TestEventStore } from '../support/event-store.js';
import { formsOf, newCanary } from './canary.js';
import type { Canary, Form } from './canary.js';
import { ownTexts, textsSent } from './contract-texts.js';
import type { Contract } from './contract-texts.js';
import { askInVain } from './refused.js';
import type { Refusal } from './refused.js';
import { findingsIn, scanFolder } from './scan.js';
import { birthDate, writeEverything } from './written.js';
import type { Sent } from './written.js';

describe('What is said of a person', () => {
  const canary = newCanary();
  const control = newCanary();
  const personal = [...canary.forms, ...formsOf(birthDate)];
  let folder: string;
  let store: TestEventStore;
  let forgotten: readonly string[];
  let refusals: readonly Refusal[];
  let rows: string;
  let output: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kim-canaries-'));
    // The database's own account passes through.
    await chmod(folder, 0o711);
    const dataDirectory = join(folder, 'installation');
    const temporary = join(folder, 'temporary');
    await mkdir(temporary);
    store = await testEventStore(folder);
    const application = await startApplication({
      KIM_DATA_DIR: dataDirectory,
      TMPDIR: temporary,
      ...store.settings,
    });
    const embedded = await startEmbeddedPostgres(dataDirectory);
    const database = new pg.Client({ connectionString: embedded.connectionString });
    await database.connect();
    try {
      const written = await writeEverything(application, canary);
      forgotten = await textsWithoutCanary(application, written.sent, canary);
      refusals = await askInVain(application, canary, written);
      rows = await everyRow(database);
      await plantInPlainText(database, control);
    } finally {
      await database.end();
      await application.stop();
      await embedded.stop();
    }
    output = application.output();
  }, 180_000);

  afterAll(async () => {
    await store.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('was said in every field that takes a text, and in requests that were refused', () => {
    expect(forgotten).toEqual([]);
    expect(refusals.filter(({ status }) => status < 400 || status >= 500)).toEqual([]);
  });

  it('stands on the disk in no file, neither of the database nor of the application', async () => {
    const { findings, files, bytes } = await scanFolder(folder, personal);
    expect(findings).toEqual([]);
    expect((await scanFolder(folder, [inPlainText('JourneyOpened')])).findings).not.toEqual([]);
    expect(files).toBeGreaterThan(500);
    expect(bytes).toBeGreaterThan(30_000_000);
  });

  it('stands in no row of a table, not even in one that the database keeps compressed', () => {
    expect(findingsIn(Buffer.from(rows), 'tables', personal)).toEqual([]);
    expect(rows).toMatch(/^kim\.subject_keys\n\(/m);
  });

  it('stands nowhere as a code either: no sealed field has its name beside the plain ones', async () => {
    const { findings } = await scanFolder(folder, sealedFields.map(inJson));
    // EventStoreDB's log of itself has properties of the same names.
    expect(findings.filter(({ where }) => !/\/log\d+\.json$/.test(where))).toEqual([]);
    expect(sealedFields).toEqual(expect.arrayContaining(['nationality', 'residenceGroup', 'urgency']));
  });

  it('is not in what the application says of itself', () => {
    expect(findingsIn(Buffer.from(output), 'output', personal)).toEqual([]);
    expect(output).toMatch(/"route":"\/v1\/clients"/);
  });

  it('would have been found in every form, in the table and in the write-ahead log', async () => {
    const { findings } = await scanFolder(folder, control.forms);
    const foundIn = (part: string): readonly string[] =>
      [...new Set(findings.filter(({ where }) => where.includes(part)).map(({ form }) => form))].sort();
    const every = [...new Set(control.forms.map(({ name }) => name))].sort();
    expect(foundIn('postgres/base/')).toEqual(every);
    expect(foundIn('postgres/pg_wal/')).toEqual(every);
  });
});

/** The texts of the contract that no command said anything in; ids of registers and of users are none. */
const textsWithoutCanary = async (
  { get }: RunningApplication,
  sent: readonly Sent[],
  { digits, forms }: Canary,
): Promise<readonly string[]> => {
  const contract = (await get('bergkamen-cm', '/openapi.json')).body as Contract;
  const isCanary = (text: string): boolean =>
    text.includes(digits) || findingsIn(Buffer.from(text), '', forms).length > 0;
  const said = new Set(sent.flatMap(({ path, body }) => textsSent(path, body, contract, isCanary)));
  const notPersonal = [
    '/demo/tokens/username',
    '/v1/journeys/socialArea',
    '/v1/journeys/search/cursor',
    '/v1/journeys/{journeyId}/handovers/basis/rule',
  ];
  return ownTexts(contract).filter((text) => !said.has(text) && !notPersonal.includes(text));
};

const everyRow = async (database: pg.Client): Promise<string> => {
  const { rows: tables } = await database.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const contents: string[] = [];
  for (const { name } of tables) {
    const { rows } = await database.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    contents.push(name, ...rows.map(({ row }) => row));
  }
  return contents.join('\n');
};

/** Encoded by other means than those by which the forms to look for were made. */
const plantInPlainText = async (database: pg.Client, { latin, cyrillic }: Canary): Promise<void> => {
  const name = cyrillic();
  const escaped = name.replace(
    /[^ -~]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  await database.query('CREATE TABLE public.careless (note text, bytes bytea)');
  await database.query(
    `INSERT INTO public.careless
     SELECT unnest(ARRAY[$1, $2, $3, encode(name, 'hex'), encode(name, 'base64'),
       encode('1'::bytea || name, 'base64'), encode('12'::bytea || name, 'base64')]), $4::bytea
     FROM convert_to($1, 'UTF8') name`,
    [latin(), escaped, encodeURIComponent(name), Buffer.from(latin(), 'utf16le')],
  );
};

const sealedFields: readonly string[] = (() => {
  const rules = Object.values({ ...journeyFields, ...clientFields }).flatMap(({ fields }) =>
    Object.entries(fields as Readonly<Record<string, string>>),
  );
  const plain = new Set(rules.filter(([, rule]) => rule.startsWith('plain')).map(([field]) => field));
  return [...new Set(rules.map(([field]) => field))].filter((field) => !plain.has(field));
})();

const inPlainText = (text: string): Form => ({ name: text, bytes: Buffer.from(text) });

const inJson = (field: string): Form => ({ name: field, bytes: Buffer.from(`"${field}":`) });
