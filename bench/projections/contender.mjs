// One rebuild in a process of its own, so that its memory is its own: `node contender.mjs engine|floor`.
import { openPostgresEventStore } from '../../dist/libs/event-store/index.js';
import { createProjections } from '../../dist/libs/projections/index.js';
import { fillByHand } from './floor.mjs';
import { all, decode, seals } from './views.mjs';

const [, , contender, schema] = process.argv;
const connectionString = process.env.DATABASE;
const store = await openPostgresEventStore({ connectionString, statementTimeout: 60_000 });
const head = await store.head();
const measure = (position) => Number(position.split('-')[1]) + 1;

const memory = [];
const mebibytes = () => Math.round(process.memoryUsage.rss() / 2 ** 20);
const sampling = setInterval(() => memory.push(mebibytes()), 100);

const began = performance.now();
if (contender === 'floor') await fillByHand(store, connectionString, () => undefined);
else {
  const projections = createProjections({
    database: { connectionString },
    schema,
    store,
    projections: all,
    decode,
    seals,
    measure,
    report: (incident) => incident.what === 'leading' || console.error(JSON.stringify(incident)),
  });
  projections.start();
  await Promise.all(all.map(({ name }) => projections.waitFor(name, head, 600_000)));
  await projections.stop();
}
const seconds = (performance.now() - began) / 1000;
clearInterval(sampling);
await store.close();
const half = Math.floor(memory.length / 2);
console.log(
  JSON.stringify({
    events: measure(head),
    seconds,
    peak: Math.max(...memory),
    firstHalf: Math.max(...memory.slice(0, half)),
    secondHalf: Math.max(...memory.slice(half)),
  }),
);
