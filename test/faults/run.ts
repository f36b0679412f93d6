// `npm run faults`: the faults of the tests, for as long as one likes.
import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';
import { grounds } from './grounds.js';
import type { Ground, GroundOptions } from './grounds.js';
import { killAtRandom } from './kill.js';
import type { KillCounts, KillReport } from './kill.js';

const stores = Object.keys(grounds).join('|');
const usage = `Usage: npm run faults -- [--points N] [--store ${stores}] [--server-command COMMAND]`;

/** Asked for what there is not; the message says what there is. */
class Unusable extends Error {}

interface Asked {
  readonly points: number;
  readonly open: () => Promise<Ground>;
}

const asked = (): Asked => {
  const { points, store, 'server-command': serverCommand } = options();
  if (!/^[1-9]\d{0,6}$/.test(points)) throw new Unusable(`--points takes a whole number. ${usage}`);
  if (!isStore(store)) throw new Unusable(`Faults cannot be tried on this store. ${usage}`);
  const open: (options: GroundOptions) => Promise<Ground> = grounds[store];
  return { points: Number(points), open: () => open(serverCommand === undefined ? {} : { serverCommand }) };
};

const isStore = (name: string): name is keyof typeof grounds => Object.hasOwn(grounds, name);

const options = () => {
  try {
    return parseArgs({
      options: {
        points: { type: 'string', default: '1000' },
        store: { type: 'string', default: 'embedded' },
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

const tell = ({ kills, acknowledged, retried, lost, doubled }: KillReport): void => {
  console.log(
    `${kills} kills, ${acknowledged} acknowledged, ${retried} retried, ${lost.length} lost, ${doubled.length} doubled`,
  );
  for (const description of lost) console.log(`lost: ${description}`);
  for (const description of doubled) console.log(`doubled: ${description}`);
  process.exitCode = lost.length + doubled.length === 0 ? 0 : 1;
};

try {
  const { points, open } = asked();
  const ground = await open();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void ground.remove().finally(() => process.exit(130)));
  try {
    tell(await kill(ground, points));
  } finally {
    await ground.remove();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : 'Unknown failure');
  process.exitCode = 1;
}
