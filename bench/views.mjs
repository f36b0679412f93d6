// What a case manager waits for over HTTP: the first page of the worklist, a search by name, and how soon the
// worklist shows what was written. In offices of two sizes, because neither should be much slower in the larger.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { makeDataDirectory, startApplication, tokenFor, usageOf } from './application.mjs';
import { writeOffice } from './views/office.mjs';

const sizes = (process.env.BENCH_JOURNEYS ?? '100000,500000').split(',').map(Number);
const milliseconds = 5_000;
const callers = 50;
const commandsPerSecond = 500;

export const title = `Views of an office, ${callers} callers at the same time`;

export const measure = async (progress) => {
  const offices = [];
  for (const journeys of sizes) offices.push(await measureOffice(journeys, progress));
  const names = Object.keys(offices[0].figures);
  const rows = names.flatMap((what) =>
    offices.map(({ journeys, figures }) => ({
      what: `${what}, ${journeys.toLocaleString('en')} journeys`,
      ...figures[what],
    })),
  );
  const smallest = offices[0];
  const largest = offices.at(-1);
  const ratios = Object.fromEntries(
    names.map((what) => [what, largest.figures[what]['p95 ms'] / smallest.figures[what]['p95 ms']]),
  );
  return {
    rows,
    ratios,
    findings: [
      ...Object.entries(ratios).map(
        ([what, ratio]) => `${what}: p95 ${ratio.toFixed(2)} times as long at ${largest.journeys} journeys`,
      ),
      ...offices.map(
        ({ journeys, built, peak }) =>
          `${journeys} journeys: every view built at ${built} events/s, at most ${peak} MiB in the application`,
      ),
    ],
  };
};

const measureOffice = async (journeys, progress) => {
  const data = await makeDataDirectory();
  const closers = [() => data.remove()];
  try {
    const events = await writeOffice(data.folder, journeys, progress);
    const application = await startApplication(data.folder);
    closers.push(() => application.stop());
    const token = await tokenFor(application.address, 'bergkamen-cm');
    progress('building the views');
    const built = Math.round(events / (await viewsBuilt(application.address, token)));
    const looking = fork(fileURLToPath(new URL('./views/load.mjs', import.meta.url)));
    closers.push(async () => {
      looking.disconnect();
      if (looking.exitCode === null) await once(looking, 'exit');
    });
    const ask = async (message) => {
      looking.send(message);
      return (await once(looking, 'message'))[0];
    };
    const figures = {};
    const scenarios = await ask({
      address: application.address,
      token,
      journeys,
      callers,
      commandsPerSecond,
    });
    for (const what of scenarios) {
      progress(`${what}, ${journeys} journeys`);
      await ask({ what, milliseconds: 2_000 });
      const { perSecond, p50, p95, p99 } = await ask({ what, milliseconds });
      figures[what] = {
        'per second': Math.round(perSecond),
        'p50 ms': rounded(p50),
        'p95 ms': rounded(p95),
        'p99 ms': rounded(p99),
      };
    }
    return { journeys, figures, built, peak: Math.round(usageOf(application.pid).peak) };
  } finally {
    for (const close of closers.reverse()) await close();
  }
};

/** Waits until every view can be read, with everything; gives the events of the log per second that this took. */
const viewsBuilt = async (address, token) => {
  const began = performance.now();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const { ok } = await fetch(`${address}/v1/journeys`, { headers: { authorization: `Bearer ${token}` } });
    const lags = [...(await metrics(address)).matchAll(/^kim_projection_lag\{[^}]*\} (\d+)$/gm)];
    if (ok && lags.length > 0 && lags.every(([, lag]) => lag === '0'))
      return (performance.now() - began) / 1_000;
  }
};

const metrics = async (address) => (await fetch(`${address}/metrics`)).text();

const rounded = (number) => Math.round(number * 100) / 100;
