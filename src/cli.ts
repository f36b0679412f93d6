import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { loadSettings } from './config/index.js';
import { openInstallation } from './installation.js';
import type { Installation } from './installation.js';
import { berlinDay, isCalendarDay } from './reference/index.js';
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

const commands: Readonly<Record<string, OperatorCommand>> = {
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
        console.log(`${simulation.journeys} journeys in ${written.commands} commands`);
      });
    },
  },
};

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
