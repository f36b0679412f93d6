// Reading one journey over HTTP: its stream, its person's keys, unsealing, granting, redacting, folding.
import { makeDataDirectory, startApplication, tokenFor } from './application.mjs';
import { openConnection } from './connection.mjs';
import { writeJourneys } from './commands/journeys.mjs';
import { underLoad } from './measuring.mjs';

const lengths = [10, 100, 1_000];
const milliseconds = 3_000;

export const title = 'A journey read by one client after the other';

export const measure = async (progress) => {
  const data = await makeDataDirectory();
  const closers = [() => data.remove()];
  try {
    const { address, stop } = await startApplication(data.folder);
    closers.push(stop);
    const token = await tokenFor(address, 'bergkamen-cm');
    progress('writing the journeys');
    const journeys = await writeJourneys(address, token, {
      journeys: lengths.length,
      entries: (place) => lengths[place] - 1,
      progress,
    });
    const connection = await openConnection(address, token);
    closers.push(() => connection.close());
    const rows = [];
    for (const [place, journey] of journeys.entries()) {
      progress(`${lengths[place]} events`);
      const act = async () => {
        if ((await connection.get(journey)) !== 200) throw new Error('A journey could not be read');
      };
      await underLoad(act, { concurrency: 1, milliseconds: 1_000 });
      const { p50, p95 } = await underLoad(act, { concurrency: 1, milliseconds });
      rows.push({ what: `${lengths[place]} events`, 'p50 ms': rounded(p50), 'p95 ms': rounded(p95) });
    }
    return { rows, findings: [] };
  } finally {
    for (const close of closers.reverse()) await close();
  }
};

const rounded = (number) => Math.round(number * 100) / 100;
