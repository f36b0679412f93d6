// How long `npm start` takes on an installed, built tree with the data of an earlier start, until it is ready.
import { makeDataDirectory, npmStart, startApplication } from './application.mjs';
import { median } from './measuring.mjs';

const rounds = 7;
const journeys = 300;

export const title = `npm start over the data of ${journeys} journeys`;

export const measure = async (progress) => {
  const data = await makeDataDirectory();
  try {
    progress('first start');
    const first = await timed(data.folder);
    const times = [];
    for (let round = 1; round <= rounds; round++) {
      progress(`start ${round} of ${rounds}`);
      times.push(await timed(data.folder));
    }
    const rows = [
      { what: 'the first start, which writes the journeys', seconds: rounded(first) },
      { what: 'a later start', seconds: rounded(median(times)) },
      { what: 'the slowest of them', seconds: rounded(Math.max(...times)) },
    ];
    return { rows, findings: [`${rounded(median(times))} s until it is ready (wanted: below 5).`] };
  } finally {
    await data.remove();
  }
};

/** Seconds. */
const timed = async (folder) => {
  const began = performance.now();
  const { address, stop } = await startApplication(folder, { command: npmStart, journeys });
  const { ok } = await fetch(`${address}/health/ready`);
  const took = performance.now() - began;
  await stop();
  if (!ok) throw new Error('The application says that it is not ready');
  return took / 1000;
};

const rounded = (number) => Math.round(number * 100) / 100;
