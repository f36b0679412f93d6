// What an EventStoreDB server and the network before it can do to the adapter, tried on the server itself:
//   KIM_TEST_EVENTSTOREDB='esdb://127.0.0.1:2113?tls=false' \
//     node dist/test/faults/eventstoredb.js --server-command 'run-eventstoredb …' [--faults kill,stop] [--rounds 20]
// The command starts, in the foreground and as its own process, the server that the address names.
// For a cluster the command starts all nodes, and --faults command --fault-command 'kill-leader' strikes one.
import { exec } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { openEventStoreDB, StoreUnavailable, type EventStore } from '#event-store';
import { startRelay, type Relay } from '../support/eventstoredb-stand-in/relay.js';
import { appendUnderLoad, type LoadReport } from './appends-under-load.js';
import { serverOf, type CommandedServer } from './server-command.js';

/** The server under test, and a relay between it and the adapter. */
interface Ground extends CommandedServer {
  readonly relay: Relay;
  readonly faultCommand: string | undefined;
}

/** Each does its harm and undoes it, so that the next append begun can be acknowledged. */
const faults: Readonly<Record<string, (ground: Ground) => Promise<void>>> = {
  /** The server dies and is started again at once. */
  kill: async ({ kill, start }) => {
    await kill();
    start();
  },
  /** The server is away for longer than the client's waits grow to. */
  'long kill': async ({ kill, start }) => {
    await kill();
    await pause(45_000);
    start();
  },
  /** The server hangs. */
  stop: async ({ signal }) => {
    signal('SIGSTOP');
    await pause(30_000);
    signal('SIGCONT');
  },
  /** Connections are cut in the middle of whatever they carry. */
  cut: ({ relay }) => {
    relay.cut();
    return Promise.resolve();
  },
  /** Nothing passes for a while, then everything that came meanwhile. */
  delay: async ({ relay }) => {
    relay.stall();
    await pause(1_500);
    relay.flow();
  },
  /** Connections pass nothing on any more and nobody is told. */
  drop: ({ relay }) => {
    relay.stall();
    return Promise.resolve();
  },
  /** Whatever the command named with --fault-command does. */
  command: async ({ faultCommand }) => {
    await promisify(exec)(faultCommand ?? 'false');
  },
};

const { values: options } = parseArgs({
  options: {
    'server-command': { type: 'string' },
    'fault-command': { type: 'string' },
    faults: { type: 'string', default: 'kill,stop,cut,delay,drop,long kill' },
    rounds: { type: 'string', default: '5' },
    writers: { type: 'string', default: '16' },
  },
});

const main = async (): Promise<void> => {
  const address = process.env['KIM_TEST_EVENTSTOREDB'];
  const command = options['server-command'];
  if (!address || !command)
    throw new Error(
      'Name the server with KIM_TEST_EVENTSTOREDB and how it is started with --server-command.',
    );
  const [host, port] = /([\w.-]+):(\d+)(?=[,/?]|$)/.exec(address)?.slice(1) ?? [];
  if (!host || !port) throw new Error('KIM_TEST_EVENTSTOREDB names no host and port.');
  const relay = await startRelay(() => Number(port));
  // A cluster's nodes name each other's addresses, which no relay can stand in for.
  const isCluster = address.includes(',');
  const connectionString = isCluster
    ? address
    : address.replace(`${host}:${port}`, `127.0.0.1:${relay.port}`);

  const ground: Ground = { ...serverOf(command), relay, faultCommand: options['fault-command'] };
  ground.start();
  const store = await opened(connectionString);
  try {
    for (const name of options.faults.split(',')) {
      const fault = faults[name];
      if (!fault) throw new Error(`There is no fault ${name}; there are: ${Object.keys(faults).join(', ')}.`);
      const load = await appendUnderLoad(store, Number(options.writers));
      const recoveries: number[] = [];
      for (let round = 0; round < Number(options.rounds); round++) {
        await pause(500 + Math.random() * 1_500);
        await fault(ground);
        recoveries.push(await load.nextAcknowledgement());
      }
      tell(name, recoveries, await load.end());
    }
  } finally {
    await store.close();
    await relay.close();
    await ground.kill();
  }
};

const tell = (name: string, recoveries: readonly number[], report: LoadReport): void => {
  const { acknowledged, repeated, lost, doubled, missed, longestAnswer } = report;
  const inOrder = recoveries.toSorted((a, b) => a - b).map(Math.round);
  console.log(
    `${name}: ${recoveries.length} times; ${acknowledged} acknowledged, ${repeated} repeated, ` +
      `${lost.length} lost, ${doubled.length} doubled, ${missed} not seen; longest answer ${longestAnswer} ms; ` +
      `recovered after ${inOrder[0]} to ${inOrder.at(-1)} ms (median ${inOrder[inOrder.length >> 1]})`,
  );
  if (lost.length + doubled.length + missed > 0) process.exitCode = 1;
};

const opened = async (connectionString: string): Promise<EventStore> => {
  for (;;) {
    try {
      return await openEventStoreDB({ connectionString, notice: (text) => console.log(text) });
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }
};

await main();
