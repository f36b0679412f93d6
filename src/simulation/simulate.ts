import type { CommandBus } from '@nestjs/cqrs';
import { AddClient } from '../clients/index.js';
import { ChangeJourney, StartJourney } from '../journeys/index.js';
import { NotVisible, Refused } from '../record/index.js';
import type { CommandRequest } from '../record/index.js';
import { addDays } from '../reference/index.js';
import type { ReferenceData } from '../reference/index.js';
import { chanceOf } from './chance.js';
import type { Chance } from './chance.js';
import { chooseSetting, tellJourney } from './plot.js';
import type { SimulatedClock } from './simulated-clock.js';
import { storyOf } from './story.js';
import type { Author, Step } from './story.js';

export interface Simulation {
  readonly journeys: number;
  readonly seed: number;
  /** `YYYY-MM-DD`: the day before which everything has happened; the stories begin up to three years earlier. */
  readonly until: string;
}

interface Parts {
  readonly commands: CommandBus;
  readonly clock: SimulatedClock;
  readonly reference: ReferenceData;
  /** The hash by which an office accepts a handover, as it stands at that moment. */
  readonly packageHash: (journeyId: string, handoverId: string, by: Author) => Promise<string | undefined>;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Writes plausible journeys through the same commands as any client, each at the instant at which it
 * happened. The same seed, number and day write the same events; what is there already is not written again.
 */
export const simulate = async (
  { journeys, seed, until }: Simulation,
  { clock, reference, onProgress, ...parts }: Parts,
): Promise<{ readonly commands: number; readonly refused: number }> => {
  const steps = storiesOf({ journeys, seed, until }, reference);
  let done = 0;
  let refused = 0;
  const goOn = async (story: readonly Step[]) => {
    for (const step of story) {
      if (!(await clock.at(step.at, () => take(step, parts)))) refused += 1;
      done += 1;
      onProgress?.(done, steps.length);
    }
  };
  for (const stories of fourWeeks(steps)) await Promise.all(stories.map(goOn));
  return { commands: steps.length, refused };
};

/** All that is to happen, in the order of time. */
export const storiesOf = ({ journeys, seed, until }: Simulation, reference: ReferenceData): readonly Step[] =>
  Array.from({ length: journeys }, (_, index) => tell(seed, index, until, reference))
    .flat()
    .sort((a, b) => a.at.localeCompare(b.at));

const tell = (seed: number, index: number, until: string, reference: ReferenceData): readonly Step[] => {
  const chance = chanceOf(`${seed}/${index}`);
  const setting = chooseSetting(chance, reference);
  const story = storyOf(chance, {
    seed,
    index,
    author: setting.author,
    from: openingDay(chance, until),
    until,
  });
  tellJourney(story, chance, setting, reference);
  return story.steps;
};

const threeYears = 3 * 365;

/** Fewer come in the summer holidays and around Christmas, more when courses begin. */
const openingDay = (chance: Chance, until: string): string => {
  const day = addDays(until, -chance.whole(8, threeYears));
  const season =
    [1.1, 1.15, 1.1, 1, 0.95, 0.85, 0.7, 0.9, 1.3, 1.2, 1.1, 0.65][Number(day.slice(5, 7)) - 1] ?? 1;
  return chance.happens(season / 1.3) ? day : openingDay(chance, until);
};

/**
 * The steps of four weeks after those of the four before, so that the log is nearly in the order of time; within
 * them the stories go on side by side, each step after the one before.
 */
const fourWeeks = (steps: readonly Step[]): readonly (readonly (readonly Step[])[])[] => {
  const periods = new Map<number, Map<number, Step[]>>();
  for (const step of steps) {
    const period = Math.floor(Date.parse(step.at) / (28 * 86_400_000));
    const stories = periods.get(period) ?? new Map<number, Step[]>();
    periods.set(period, stories);
    const story = stories.get(step.story) ?? [];
    stories.set(step.story, story);
    story.push(step);
  }
  return [...periods.values()].map((stories) => [...stories.values()]);
};

/** False if it was refused. */
const take = async (step: Step, parts: Pick<Parts, 'commands' | 'packageHash'>): Promise<boolean> => {
  try {
    await parts.commands.execute(await commandOf(step, parts));
    return true;
  } catch (error) {
    // Two chances may contradict each other, as people do: a goal that was dropped is reviewed once more.
    if (!(error instanceof Refused) && !(error instanceof NotVisible)) throw error;
    return false;
  }
};

const commandOf = async (
  { deed, commandId, by }: Step,
  { packageHash }: Pick<Parts, 'packageHash'>,
): Promise<AddClient | StartJourney | ChangeJourney> => {
  const request: CommandRequest = {
    commandId,
    fingerprint: 'simulated',
    correlationId: commandId,
    caller: by,
  };
  switch (deed.on) {
    case 'client':
      return new AddClient(deed.details, request);
    case 'opening':
      return new StartJourney(deed.command, request);
    case 'journey':
      return new ChangeJourney(deed.journeyId, deed.command, request);
    case 'acceptance': {
      const hash = await packageHash(deed.journeyId, deed.command.handoverId, by);
      return new ChangeJourney(deed.journeyId, { ...deed.command, packageHash: hash ?? '' }, request);
    }
  }
};
