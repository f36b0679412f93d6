// Four projections from an empty database to the head of an EventStoreDB's log.
import { openEventStoreDB } from '../../dist/libs/event-store/index.js';
import { createProjections } from '../../dist/libs/projections/index.js';
import { all, decode, seals } from '../projections/views.mjs';

const store = await openEventStoreDB({ connectionString: process.env.EVENT_STORE });
const head = await store.head();
const memory = [];
const sampling = setInterval(() => memory.push(Math.round(process.memoryUsage.rss() / 2 ** 20)), 100);
const began = performance.now();
const projections = createProjections({
  database: { connectionString: process.env.DATABASE },
  schema: 'bench',
  store,
  projections: all,
  decode,
  seals,
  measure: (position) => Number(position.split('-')[1]),
  report: (incident) => incident.what === 'leading' || console.error(JSON.stringify(incident)),
});
projections.start();
for (const { name } of all)
  if (!(await projections.waitFor(name, head, 1_800_000))) throw new Error(`${name} did not catch up`);
const seconds = (performance.now() - began) / 1_000;
await projections.stop();
clearInterval(sampling);
await store.close();
const half = Math.floor(memory.length / 2);
console.log(
  JSON.stringify({
    seconds,
    firstHalf: Math.max(...memory.slice(0, half)),
    secondHalf: Math.max(...memory.slice(half)),
  }),
);
