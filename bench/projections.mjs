// Four projections rebuilt together from an empty database, against the same rows written by hand.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { openPostgresEventStore } from '../dist/libs/event-store/index.js';
import { startTestPostgres } from '../dist/test/support/postgres.js';
import { median } from './measuring.mjs';
import { writeLog } from './projections/log.mjs';

const events = Number(process.env.BENCH_EVENTS ?? 1_000_000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);

export const title = `Rebuild of four projections together over ${events.toLocaleString('en')} events`;

export const measure = async (progress) => {
  const postgres = await startTestPostgres();
  try {
    const connectionString = await postgres.freshDatabase();
    const store = await openPostgresEventStore({ connectionString });
    await writeLog(store, events, progress);
    await store.close();
    const measured = { engine: [], floor: [] };
    for (let round = 1; round <= rounds; round++)
      for (const contender of ['floor', 'engine']) {
        progress(`round ${round} of ${rounds}: ${contender}`);
        const schema = `round_${round}`;
        measured[contender].push(await run(contender, schema, connectionString));
        if (contender === 'engine' && round < rounds) await drop(connectionString, schema);
      }
    await mustHoldTheSameRows(connectionString, `round_${rounds}`);
    return summary(measured);
  } finally {
    await postgres.stop();
  }
};

const run = async (contender, schema, connectionString) => {
  const script = fileURLToPath(new URL('./projections/contender.mjs', import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, contender, schema], {
    env: { ...process.env, DATABASE: connectionString },
  });
  if (process.env.BENCH_VERBOSE) console.error(contender, stdout.trim(), stderr.trim());
  return JSON.parse(stdout);
};

const summary = (measured) => {
  const of = (contender, figure) => median(measured[contender].map(figure));
  const perSecond = (contender) => Math.round(of(contender, ({ events, seconds }) => events / seconds));
  const rows = [
    { what: 'KIM Journeys', contender: 'engine' },
    { what: 'hand-written SQL, no engine', contender: 'floor' },
  ].map(({ what, contender }) => ({
    what,
    'events/s for each projection': perSecond(contender),
    'MiB at most': of(contender, ({ peak }) => peak),
    'MiB in the first half': of(contender, ({ firstHalf }) => firstHalf),
    'MiB in the second half': of(contender, ({ secondHalf }) => secondHalf),
  }));
  const ratio = perSecond('engine') / perSecond('floor');
  return {
    rows,
    ratios: { toFloor: ratio },
    findings: [
      `${ratio.toFixed(2)} times the hand-written SQL (wanted: 0.5), ${perSecond('engine')} events/s for each ` +
        `projection (wanted: 40000), ${of('engine', ({ peak }) => peak)} MiB at most (wanted: below 400).`,
    ],
  };
};

const drop = (connectionString, schema) => ask(connectionString, `DROP SCHEMA ${schema} CASCADE`);

/** A floor that writes other rows would be no floor. */
const mustHoldTheSameRows = async (connectionString, schema) => {
  for (const [view, table, columns] of [
    ['worklist', 'floor_worklist', '*'],
    ['worklist_tasks', 'floor_tasks', '*'],
    ['clients', 'floor_clients', 'client_id'],
    ['clients_tokens', 'floor_tokens', '*'],
    ['handovers', 'floor_handovers', '*'],
    ['facts', 'floor_facts', '*'],
  ]) {
    const [ours, theirs] = [`SELECT ${columns} FROM ${schema}.${view}`, `SELECT ${columns} FROM ${table}`];
    const { rows } = await ask(
      connectionString,
      `SELECT (SELECT count(*) FROM (${ours}) a) AS rows,
         (SELECT count(*) FROM (${ours} EXCEPT ALL ${theirs}) a) + (SELECT count(*) FROM (${theirs} EXCEPT ALL ${ours}) b) AS differ`,
    );
    if (rows[0].rows === '0' || rows[0].differ !== '0')
      throw new Error(`${view} and ${table} differ in ${rows[0].differ} of ${rows[0].rows} rows`);
  }
};

const ask = async (connectionString, text) => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
};
