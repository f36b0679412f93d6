// What an EventStoreDB server and the network before it can do to the adapter alone, tried on the server itself:
//     node dist/test/faults/eventstoredb.js --server-command '… {port} … {data} …' [--faults kill,stop] [--rounds 20]
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openEventStoreDB } from '#event-store';
import { appendUnderLoad, type LoadReport } from './appends-under-load.js';
import { startEventStoreDBServers } from '../support/eventstoredb-servers.js';
import { serverFault } from './server-faults.js';

const { values: options } = parseArgs({
  options: {
    'server-command': { type: 'string', default: '' },
    faults: { type: 'string', default: 'kill,stop,cut,delay,drop,long-kill' },
    rounds: { type: 'string', default: '5' },
    writers: { type: 'string', default: '16' },
  },
});

const main = async (): Promise<void> => {
  const faults = options.faults.split(',').map((name) => ({ name, strike: serverFault(name) }));
  const servers = await startEventStoreDBServers(options['server-command']);
  const { connectionString } = servers;
  const store = await openEventStoreDB({ connectionString, notice: (_, text) => console.log(text) });
  try {
    for (const { name, strike } of faults) {
      const load = await appendUnderLoad(store, Number(options.writers));
      const recoveries: number[] = [];
      for (let round = 0; round < Number(options.rounds); round++) {
        await pause(500 + Math.random() * 1_500);
        await strike(servers);
        recoveries.push(await load.nextAcknowledgement());
      }
      tell(name, recoveries, await load.end());
    }
  } finally {
    await store.close();
    await servers.remove();
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

await main();
