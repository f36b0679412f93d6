// Commands over HTTP against the running application: a need recorded in a journey of up to twenty events, by 64
// clients at the same time. In the same rounds emmett's bare append, on the same database, without any of what a
// command is: HTTP, access, validation, reading and folding the stream, unsealing, deciding, sealing.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbeddedPostgres } from '../dist/src/config/index.js';
import { makeDataDirectory, startApplication, tokenFor, usageOf } from './application.mjs';
import { openEmmett } from './commands/emmett.mjs';
import { writeJourneys } from './commands/journeys.mjs';
import { interleaved } from './measuring.mjs';

const concurrency = 64;
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const milliseconds = 2_000;
const journeys = Number(process.env.BENCH_JOURNEYS ?? 6_000);
const longest = 20;
/** A journey begins with one event, and up to nine more. */
const entries = (place) => place % 10;

export const title = `Commands on ${journeys.toLocaleString('en')} journeys of up to ${longest} events, ${concurrency} at the same time`;

export const measure = async (progress) => {
  const data = await makeDataDirectory();
  const closers = [() => data.remove()];
  try {
    const application = await startApplication(data.folder);
    closers.push(() => application.stop());
    const embedded = await startEmbeddedPostgres(data.folder);
    closers.push(() => embedded.stop());
    const emmett = await openEmmett(await freshDatabase(embedded.connectionString), concurrency);
    closers.push(() => emmett.close());
    const clients = await startClients(application.address, progress);
    closers.push(() => clients.close());

    const before = usageOf(application.pid);
    const commands = { what: 'KIM Journeys, POST …/needs', measure: () => clients.round(milliseconds) };
    const rows = await interleaved([commands, emmett], {
      rounds,
      load: { concurrency, milliseconds },
      progress,
    });
    const { peak, processorTime } = usageOf(application.pid);
    const perCommand = (processorTime - before.processorTime) / clients.written();
    const [ours, theirs] = rows.map(({ perSecond }) => perSecond);
    return {
      rows,
      ratios: { toEmmett: ours / theirs },
      memory: { peakMiB: Math.round(peak) },
      processorTime: { microsecondsPerCommand: Math.round(perCommand) },
      findings: [
        `${ours} commands/s (wanted: 4,000), ${(ours / theirs).toFixed(2)} times emmett's bare append (or 1.3).`,
        `At most ${Math.round(peak)} MiB of memory in the application (wanted: below 300), ` +
          `${Math.round(perCommand)} µs of processor time for each command.`,
      ],
    };
  } finally {
    for (const close of closers.reverse()) await close();
  }
};

const startClients = async (address, progress) => {
  const token = await tokenFor(address, 'bergkamen-cm');
  const written = await writeJourneys(address, token, { journeys, entries, progress });
  const child = fork(fileURLToPath(new URL('./commands/load.mjs', import.meta.url)));
  const room = longest - 1 - Math.max(...Array.from({ length: 10 }, (_, place) => entries(place)));
  child.send({ address, token, journeys: written, room, concurrency });
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

const freshDatabase = async (connectionString) => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query('CREATE DATABASE emmett');
  await client.end();
  return connectionString.replace(/postgres$/, 'emmett');
};
