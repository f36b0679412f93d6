// The adapter against the bare client on the server that KIM_TEST_EVENTSTOREDB names, and projections over a long log.
import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { EventStoreDBClient, jsonEvent, START } from '@eventstore/db-client';
import { openEventStoreDB } from '../dist/libs/event-store/index.js';
import { startTestPostgres } from '../dist/test/support/postgres.js';
import { fillLog } from './eventstoredb/fill-log.mjs';
import { interleaved, median } from './measuring.mjs';

const events = Number(process.env.BENCH_EVENTS ?? 1_000_000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const concurrency = 64;
const connectionString = process.env.KIM_TEST_EVENTSTOREDB;

export const title = `EventStoreDB: appends from ${concurrency} places at once, reading everything, ${events.toLocaleString('en')} events into projections`;

export const measure = async (progress) => {
  if (!connectionString)
    return {
      rows: [],
      findings: [
        'Not measured: name a server with KIM_TEST_EVENTSTOREDB=esdb://…; what is measured is written into its log.',
      ],
    };
  const store = await openEventStoreDB({ connectionString });
  const bare = EventStoreDBClient.connectionString(connectionString);
  try {
    const appends = await interleaved([ours(store), theirs(bare)], {
      rounds,
      load: { concurrency, milliseconds: 3_000 },
      progress,
    });
    const written = await fillLog(store, events, progress);
    const reads = await interleaved([readByUs(store), readByThem(bare)], {
      rounds: Math.min(rounds, 3),
      progress,
    });
    const projections = await catchUp(written, progress);
    const ratios = { appends: ratioOf(appends), reading: ratioOf(reads) };
    return {
      rows: [...appends, ...reads, projections],
      server: store.server,
      ratios,
      findings: [
        `EventStoreDB ${store.server.version}.`,
        `Appends: ${ratios.appends.toFixed(2)} times the bare client (wanted: 0.8).`,
        `Reading everything: ${ratios.reading.toFixed(2)} times the bare client's readAll (wanted: 0.8).`,
        `Projections: at most ${projections['MiB in the first half']} MiB in the first half, ` +
          `${projections['MiB in the second half']} MiB in the second (wanted: flat).`,
      ],
    };
  } finally {
    await store.close();
    await bare.dispose();
  }
};

const ratioOf = ([own, other]) => own.perSecond / other.perSecond;

// What a sealed event of a journey looks like in size and shape.
const event = () => ({
  id: randomUUID(),
  type: 'NeedIdentified',
  data: {
    needId: randomUUID(),
    identifiedOn: '2026-01-31',
    sealed: { algorithm: 'A256GCM', ciphertext: randomBytes(200).toString('base64url') },
  },
  metadata: {
    actor: 'kim-bergkamen-case-manager',
    organisation: 'kim-bergkamen',
    commandId: randomUUID(),
    fingerprint: randomBytes(32).toString('base64url'),
    recordedAt: '2026-01-31T10:11:12.123Z',
  },
});

const ours = (store) => ({
  what: 'appends: KIM Journeys',
  act: () => store.append({ stream: `journey-${randomUUID()}`, expected: 'none', events: [event()] }),
});

// Credentials with the call choose the classic path, which is ours; the default path is the dangerous one.
const options = { credentials: { username: 'nobody', password: 'none' }, requiresLeader: true };

const theirs = (bare) => ({
  what: 'appends: the bare client, same path',
  act: () =>
    bare.appendToStream(`journey-${randomUUID()}`, jsonEvent(event()), {
      ...options,
      expectedRevision: 'no_stream',
    }),
});

const readByUs = (store) => ({
  what: 'reading everything: KIM Journeys',
  measure: timed(async () => {
    let [count, after] = [0, undefined];
    for (;;) {
      const { events: page, checkpoint, atHead } = await store.readLog({ after, limit: 5_000 });
      count += page.length;
      if (atHead) return count;
      after = checkpoint;
    }
  }),
});

const readByThem = (bare) => ({
  what: "reading everything: the bare client's readAll",
  measure: timed(async () => {
    let count = 0;
    for await (const { event: found } of bare.readAll({ ...options, fromPosition: START }))
      if (found && !found.streamId.startsWith('$')) count += 1;
    return count;
  }),
});

const timed = (read) => async () => {
  const began = performance.now();
  const count = await read();
  return { perSecond: count / ((performance.now() - began) / 1_000), p50: 0, p95: 0, p99: 0 };
};

/** Each time in a process of its own, so that its memory is its own. */
const catchUp = async (written, progress) => {
  const postgres = await startTestPostgres();
  try {
    const script = fileURLToPath(new URL('./eventstoredb/catch-up.mjs', import.meta.url));
    const runs = [];
    for (let round = 1; round <= Math.min(rounds, 3); round++) {
      progress(`projections, round ${round}`);
      const env = { ...process.env, EVENT_STORE: connectionString, DATABASE: await postgres.freshDatabase() };
      runs.push(JSON.parse((await promisify(execFile)(process.execPath, [script], { env })).stdout));
    }
    const of = (figure) => median(runs.map(figure));
    return {
      what: `four projections catching up on ${written.toLocaleString('en')} events`,
      perSecond: Math.round(of(({ seconds }) => written / seconds)),
      'MiB in the first half': of(({ firstHalf }) => firstHalf),
      'MiB in the second half': of(({ secondHalf }) => secondHalf),
    };
  } finally {
    await postgres.stop();
  }
};
