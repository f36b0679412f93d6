// `npm run faults`: the faults of the tests, for as long as one likes.
import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';
import { compareViews } from './compare-views.js';
import { grounds } from './grounds.js';
import type { Ground, GroundOptions } from './grounds.js';
import { killAtRandom } from './kill.js';
import type { KillCounts, KillReport } from './kill.js';
import type { RecordFaults } from './needs.js';
import { outagesUnderLoad } from './outages.js';
import type { OutageReport } from './outages.js';
import { serverFaults } from './server-faults.js';

const stores = Object.keys(grounds).join('|');
const usage =
  `Usage: npm run faults -- [--points N] [--store ${stores}]\n` +
  `  with --store eventstoredb: --server-command 'COMMAND {port} {data}' [--faults ${Object.keys(serverFaults).join(',')}] [--rounds N]`;

/** Asked for what there is not; the message says what there is. */
class Unusable extends Error {}

interface Asked {
  /** Kills of the application. */
  readonly points: number;
  /** What is done to the store's server, each so many times. */
  readonly faults: readonly string[];
  readonly rounds: number;
  readonly open: () => Promise<Ground>;
}

const asked = (): Asked => {
  const { points, store, faults, rounds, 'server-command': serverCommand } = options();
  if (!isStore(store)) throw new Unusable(`Faults cannot be tried on this store. ${usage}`);
  const open: (options: GroundOptions) => Promise<Ground> = grounds[store];
  return {
    points: wholeNumber('points', points),
    faults: faults === '' ? [] : faults.split(','),
    rounds: wholeNumber('rounds', rounds),
    open: () => open(serverCommand === undefined ? {} : { serverCommand }),
  };
};

const wholeNumber = (name: string, value: string): number => {
  if (!/^\d{1,7}$/.test(value)) throw new Unusable(`--${name} takes a whole number. ${usage}`);
  return Number(value);
};

const isStore = (name: string): name is keyof typeof grounds => Object.hasOwn(grounds, name);

const options = () => {
  try {
    return parseArgs({
      options: {
        points: { type: 'string', default: '1000' },
        store: { type: 'string', default: 'embedded' },
        faults: { type: 'string', default: '' },
        rounds: { type: 'string', default: '5' },
        'server-command': { type: 'string' },
      },
    }).values;
  } catch {
    throw new Unusable(usage);
  }
};

const kill = async (ground: Ground, points: number): Promise<KillReport> => {
  const bar = new cliProgress.SingleBar(
    {
      format:
        'Killing the application {bar} {value} of {total} | {acknowledged} acknowledged | {eta_formatted} left',
      // Where there is no terminal, a line now and then.
      noTTYOutput: true,
      notTTYSchedule: 30_000,
    },
    cliProgress.Presets.shades_classic,
  );
  bar.start(points, 0, { acknowledged: 0 });
  try {
    const onKill = ({ kills, acknowledged }: KillCounts): void => bar.update(kills, { acknowledged });
    return await killAtRandom(ground.settings, points, onKill, ground.killStore);
  } finally {
    bar.stop();
  }
};

const tellKills = ({ kills, acknowledged, retried, ...faults }: KillReport): void => {
  console.log(`${kills} kills, ${acknowledged} acknowledged, ${retried} retried, ${count(faults)}`);
  tellFaults(faults);
};

/** Milliseconds. */
const promised = { answer: 5_000, recovery: 10_000 };

const tellOutages = (fault: string, report: OutageReport): void => {
  const { rounds, acknowledged, putOff, wrong, longestAnswer, recoveries, viewRecoveries } = report;
  console.log(
    `${fault} ${rounds} times: ${acknowledged} acknowledged, ${putOff} put off with 503, ${wrong.length} answered wrongly, ` +
      `${count(report)}; slowest answer ${longestAnswer} ms; ` +
      `writing again after at most ${Math.max(...recoveries)} ms, views after ${Math.max(...viewRecoveries)} ms`,
  );
  for (const answer of wrong.slice(0, 5)) console.log(`wrong: ${answer}`);
  tellFaults(report);
  const late = longestAnswer > promised.answer || Math.max(...viewRecoveries) > promised.recovery;
  if (wrong.length > 0 || late) process.exitCode = 1;
};

const count = ({ lost, doubled }: RecordFaults): string => `${lost.length} lost, ${doubled.length} doubled`;

const tellFaults = ({ lost, doubled }: RecordFaults): void => {
  for (const description of lost) console.log(`lost: ${description}`);
  for (const description of doubled) console.log(`doubled: ${description}`);
  if (lost.length + doubled.length > 0) process.exitCode = 1;
};

try {
  const { points, faults, rounds, open } = asked();
  const ground = await open();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void ground.remove().finally(() => process.exit(130)));
  try {
    const strikes = faults.map((name) => {
      const strike = ground.fault?.(name);
      if (!strike) throw new Unusable('On this store only the application is killed.');
      return { name, strike };
    });
    if (points > 0) tellKills(await kill(ground, points));
    for (const { name, strike } of strikes)
      tellOutages(name, await outagesUnderLoad(ground.settings, strike, rounds));
    console.log((await compareViews(ground.settings)).stdout.trimEnd());
  } finally {
    await ground.remove();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : 'Unknown failure');
  process.exitCode = 1;
}
