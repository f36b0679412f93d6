import 'reflect-metadata';
import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';
import { perturbationTable } from '#disclosure-control';
import type { Projections, ProjectionStatus } from '#projections';
import { partsOf } from './app-parts.js';
import { loadSettings } from './config/index.js';
import { copyEvents } from './copy-events.js';
import { systemClock } from './http/index.js';
import { noiseRules } from './indicators/index.js';
import { openInstallation } from './installation.js';
import type { Installation } from './installation.js';
import { berlinDay, isCalendarDay } from './reference/index.js';
import { writeRelease } from './write-release.js';
import { writeSimulation } from './write-simulation.js';

/** What the operator asked for cannot be done; the message is the one sentence that says why. */
class Unusable extends Error {}

interface OperatorCommand {
  readonly usage: string;
  readonly run: (args: readonly string[]) => Promise<void>;
}

const withInstallation = async (work: (installation: Installation) => Promise<void>): Promise<void> => {
  const installation = await openInstallation(loadSettings(process.env));
  try {
    await work(installation);
  } finally {
    await installation.close();
  }
};

const wholeNumber = (text: string | undefined, name: string): number => {
  if (text !== undefined && /^\d{1,9}$/.test(text)) return Number(text);
  throw new Unusable(`--${name} takes a whole number.`);
};

const number = (given: string | number, name: string): number => {
  if (typeof given === 'number') return given;
  if (/^\d{1,9}(\.\d{1,9})?$/.test(given)) return Number(given);
  throw new Unusable(`--${name} takes a number that is not negative.`);
};

/** The read models without the rest of the application; `feed` also does their work, unless another process does. */
const withReadModels = (
  work: (projections: Projections) => Promise<void>,
  { feed }: { readonly feed: boolean },
): Promise<void> =>
  withInstallation(async (installation) => {
    const { readModels } = partsOf(installation, {
      clock: systemClock,
      verifier: { verify: () => Promise.resolve(undefined) },
      log: () => undefined,
    });
    if (feed) readModels.projections.start();
    try {
      await work(readModels.projections);
    } finally {
      await readModels.projections.stop();
    }
  });

const commands: Readonly<Record<string, OperatorCommand>> = {
  projections: {
    usage: 'projections [rebuild NAME | compare]',
    run: ([action, name, ...more]) => {
      if (action === undefined)
        return withReadModels(async (projections) => console.log(table(await projections.status())), {
          feed: false,
        });
      if (action === 'compare' && name === undefined) return withReadModels(compare, { feed: false });
      if (action !== 'rebuild' || name === undefined || more.length > 0) throw new Unusable(usage());
      return withReadModels((projections) => rebuild(projections, name), { feed: true });
    },
  },
  'perturbation-table': {
    usage: 'perturbation-table [--max-noise D] [--variance V] [--lowest JS]',
    run: async (args) => {
      const asked = options(args, ['max-noise', 'variance', 'lowest']);
      const table = perturbationTable({
        maxNoise: number(asked['max-noise'] ?? noiseRules.maxNoise, 'max-noise'),
        variance: number(asked.variance ?? noiseRules.variance, 'variance'),
        lowest: number(asked.lowest ?? noiseRules.lowest, 'lowest'),
      });
      console.log(JSON.stringify(table, null, 2));
    },
  },
  'copy-events': {
    usage: 'copy-events --from STORE --to STORE',
    run: async (args) => {
      const { from, to } = options(args, ['from', 'to']);
      const ends = [endOf(from, 'from'), endOf(to, 'to')] as const;
      const { dataDirectory } = loadSettings({ ...process.env, KIM_DEMO: 'true' });
      const { events, found } = await copyEvents(...ends, dataDirectory);
      console.log(
        `${events} events are the same in both stores, one by one; ${found} of them had been copied before.`,
      );
    },
  },
  release: {
    usage: 'release QUARTER (2026-Q3, or 2026-Q3.1 for a correction)',
    run: async ([name, ...more]) => {
      if (name === undefined || more.length > 0) throw new Unusable(usage());
      const settings = loadSettings(process.env);
      await withInstallation((installation) => writeRelease(installation, settings, name));
    },
  },
  simulate: {
    usage: 'simulate --journeys N --seed S [--until YYYY-MM-DD]',
    run: async (args) => {
      const { journeys, seed, until } = options(args, ['journeys', 'seed', 'until']);
      const today = berlinDay(new Date());
      if (until !== undefined && (!isCalendarDay(until) || until > today))
        throw new Unusable('--until takes a day, YYYY-MM-DD, that is not in the future.');
      const simulation = {
        journeys: wholeNumber(journeys, 'journeys'),
        seed: wholeNumber(seed, 'seed'),
        until: until ?? today,
      };
      await withInstallation(async (installation) => {
        const written = await writeSimulation(installation, simulation);
        console.log(
          `${simulation.journeys} journeys in ${written.commands} commands, of which ${written.refused} were refused`,
        );
      });
    },
  },
};

const endOf = (given: string | undefined, name: string): string => {
  // A password in the arguments is seen by everybody on the machine.
  const address = given === 'KIM_EVENT_STORE' ? process.env['KIM_EVENT_STORE'] : given;
  if (address === 'embedded' || /^(esdb(\+discover)?|postgres(ql)?):\/\//.test(address ?? ''))
    return address!;
  throw new Unusable(
    `--${name} takes an esdb:// or postgres:// address, embedded for the database in KIM_DATA_DIR, or KIM_EVENT_STORE for what that setting names.`,
  );
};

const rebuild = async (projections: Projections, name: string): Promise<void> => {
  const known = (await projections.status()).map((status) => status.name);
  if (!known.includes(name))
    throw new Unusable(`There is no projection ${name}; there are ${known.join(', ')}.`);
  const bar = new cliProgress.SingleBar(
    { format: `${name} {bar} {percentage}% | {left}`, noTTYOutput: true, notTTYSchedule: 5_000 },
    cliProgress.Presets.shades_classic,
  );
  bar.start(100, 0, { left: '' });
  try {
    await projections.rebuild(name, ({ share, eventsPerSecond, secondsLeft }) => {
      const left = secondsLeft === undefined ? '' : `${Math.ceil(secondsLeft)} s left`;
      bar.update(Math.floor(share * 100), { left: `${Math.round(eventsPerSecond)} events/s ${left}` });
    });
    bar.update(100, { left: '' });
  } finally {
    bar.stop();
  }
  console.log(`${name} was built anew`);
};

/** Every view against a rebuild of it, row by row. */
const compare = async (projections: Projections): Promise<void> => {
  let differing = 0;
  for (const { name } of await projections.status()) {
    const { rows, differences, examples } = await projections.compareWithRebuild(name);
    console.log(`${name.padEnd(16)} ${rows} rows, ${differences} differ from a rebuild`);
    for (const { view, key, kind, properties } of examples)
      console.log(`  ${view} ${key} ${kind} ${properties.join(', ')}`);
    differing += differences;
  }
  if (differing > 0) throw new Unusable(`${differing} rows differ; rebuild the views, and find out why.`);
};

const table = (statuses: readonly ProjectionStatus[]): string =>
  statuses
    .map(({ name, activeVersion, state, lag, eventsPerSecond, failure, rebuild: building }) =>
      [
        name.padEnd(16),
        `v${activeVersion ?? '-'}`.padEnd(4),
        state.padEnd(12),
        `behind ${lag ?? '?'}`.padEnd(14),
        `${Math.round(eventsPerSecond)} events/s`,
        building ? `rebuild ${Math.floor(building.share * 100)} %` : '',
        failure ? `stopped at event ${failure.eventId ?? '-'}: ${failure.error}` : '',
      ].join(' '),
    )
    .join('\n');

const options = <Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): Partial<Record<Name, string>> => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    });
    return values as Partial<Record<Name, string>>;
  } catch {
    throw new Unusable(`This command takes ${names.map((name) => `--${name}`).join(', ')}.`);
  }
};

const usage = (): string =>
  ['Usage:', ...Object.values(commands).map((command) => `  npm run kim -- ${command.usage}`)].join('\n');

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
try {
  if (!command) throw new Unusable(usage());
  await command.run(args);
} catch (error) {
  console.error(error instanceof Error ? error.message : 'Unknown failure');
  process.exitCode = 1;
}
