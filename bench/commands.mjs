// Commands over HTTP against the running application: a need recorded in a journey of up to twenty events, by 64
// clients at the same time. In the same rounds emmett's bare append, on the same database, without any of what a
// command is: HTTP, access, validation, reading and folding the stream, unsealing, deciding, sealing. Then once more
// while nobody feeds the views, beside a floor: a server that reads the stream and appends to it, and does nothing else.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbeddedPostgres } from '../dist/src/config/index.js';
import { makeDataDirectory, startApplication, tokenFor, usageOf } from './application.mjs';
import { openEmmett } from './commands/emmett.mjs';
import { startFloor } from './commands/floor.mjs';
import { writeJourneys } from './commands/journeys.mjs';
import { interleaved } from './measuring.mjs';

const concurrency = 64;
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const milliseconds = 2_000;
const journeys = Number(process.env.BENCH_JOURNEYS ?? 6_000);
const longest = 20;
/** A journey begins with one event, and up to nine more. */
const entries = (place) => place % (mostEntries + 1);
const mostEntries = 9;

export const title = `Commands on ${journeys.toLocaleString('en')} journeys of up to ${longest} events, ${concurrency} at the same time`;

export const measure = async (progress) => {
  const data = await makeDataDirectory();
  const closers = [() => data.remove()];
  try {
    const application = await startApplication(data.folder);
    closers.push(() => application.stop());
    const embedded = await startEmbeddedPostgres(data.folder);
    closers.push(() => embedded.stop());
    const admin = new pg.Client({ connectionString: embedded.connectionString });
    await admin.connect();
    closers.push(() => admin.end());
    const emmett = await openEmmett(await freshDatabase(admin, embedded, 'emmett'), concurrency);
    closers.push(() => emmett.close());
    const token = await tokenFor(application.address, 'bergkamen-cm');
    const written = await writeJourneys(application.address, token, { journeys, entries, progress });
    const clientsOf = async (address, room) => {
      const clients = await startClients({ address, token, journeys: written, room, concurrency });
      closers.push(() => clients.close());
      return clients;
    };
    const clients = await clientsOf(application.address, longest - 1 - mostEntries);
    const load = { rounds, load: { concurrency, milliseconds }, progress };

    const before = usageOf(application.pid);
    const commands = { what: 'KIM Journeys, POST …/needs', measure: () => clients.round(milliseconds) };
    const fed = await interleaved([commands, emmett], load);
    const { peak, processorTime } = usageOf(application.pid);
    const perCommand = (processorTime - before.processorTime) / clients.written();

    const release = await keepViewsStill(embedded.connectionString);
    closers.push(release);
    const floor = await startFloor(await freshDatabase(admin, embedded, 'floor'));
    closers.push(() => floor.close());
    const atFloor = await clientsOf(floor.address, longest);
    const still = await interleaved(
      [
        { ...commands, what: 'the same, nobody feeds the views' },
        { what: 'Fastify, one stream read and appended to', measure: () => atFloor.round(milliseconds) },
        { ...emmett, what: 'emmett once more' },
      ],
      load,
    );
    const [ours, theirs] = fed.map(({ perSecond }) => perSecond);
    const [alone, least, theirsThen] = still.map(({ perSecond }) => perSecond);
    return {
      rows: [...fed, ...still],
      ratios: { toEmmett: ours / theirs, aloneToEmmett: alone / theirsThen, aloneToFloor: alone / least },
      memory: { peakMiB: Math.round(peak) },
      processorTime: { microsecondsPerCommand: Math.round(perCommand) },
      findings: [
        `${ours} commands/s (wanted: 4,000), ${(ours / theirs).toFixed(2)} times emmett's bare append (or 1.3).`,
        `While nobody feeds the views ${(alone / theirsThen).toFixed(2)} times emmett, ` +
          `${(alone / least).toFixed(2)} of a server that only reads and appends.`,
        `At most ${Math.round(peak)} MiB of memory in the application (wanted: below 300), ` +
          `${Math.round(perCommand)} µs of processor time for each command.`,
      ],
    };
  } finally {
    for (const close of closers.reverse()) await close();
  }
};

const startClients = async (task) => {
  const child = fork(fileURLToPath(new URL('./commands/load.mjs', import.meta.url)));
  child.send(task);
  await answerOf(child);
  let count = 0;
  return {
    round: async (time) => {
      child.send(time);
      const figures = await answerOf(child);
      count = figures.written;
      return figures;
    },
    written: () => count,
    close: async () => {
      child.disconnect();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
};

const answerOf = (child) =>
  new Promise((resolve, reject) => {
    const ended = () => reject(new Error('The clients ended, see above'));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message);
    });
  });

const freshDatabase = async (admin, { connectionString }, name) => {
  await admin.query(`CREATE DATABASE ${name}`);
  return connectionString.replace(/postgres$/, name);
};

/** Takes the lead from the application, as another instance would, and feeds nothing. */
const keepViewsStill = async (connectionString) => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks
     WHERE locktype = 'advisory' AND granted
       AND (classid::bigint << 32 | objid::bigint) = hashtextextended('kim_views leader', 0)`,
  );
  await client.query("SELECT pg_advisory_lock(hashtextextended('kim_views leader', 0))");
  return () => client.end();
};
