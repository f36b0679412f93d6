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
import type { Step } from './story.js';

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
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Writes plausible journeys through the same commands as any client, each at the instant at which it
 * happened. The same seed, number and day write the same events; what is there already is not written again.
 */
export const simulate = async (
  { journeys, seed, until }: Simulation,
  { commands, clock, reference, onProgress }: Parts,
): Promise<{ readonly commands: number }> => {
  const steps = Array.from({ length: journeys }, (_, index) => tell(seed, index, until, reference)).flat();
  steps.sort((a, b) => a.at.localeCompare(b.at));
  let done = 0;
  const goOn = async (story: readonly Step[]) => {
    for (const step of story) {
      await clock.at(step.at, () => take(step, commands));
      done += 1;
      onProgress?.(done, steps.length);
    }
  };
  for (const stories of weeks(steps)) await Promise.all(stories.map(goOn));
  return { commands: steps.length };
};

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
 * The steps of one week after those of the week before, so that the log is nearly in the order of time; within
 * a week the stories go on side by side, each step after the one before.
 */
const weeks = (steps: readonly Step[]): readonly (readonly (readonly Step[])[])[] => {
  const byWeek = new Map<number, Map<number, Step[]>>();
  for (const step of steps) {
    const week = Math.floor(Date.parse(step.at) / (7 * 86_400_000));
    const stories = byWeek.get(week) ?? new Map<number, Step[]>();
    byWeek.set(week, stories);
    stories.set(step.story, [...(stories.get(step.story) ?? []), step]);
  }
  return [...byWeek.values()].map((stories) => [...stories.values()]);
};

const take = async (step: Step, commands: CommandBus): Promise<void> => {
  try {
    await commands.execute(commandOf(step));
  } catch (error) {
    // Two chances may contradict each other, as people do: a goal that was dropped is reviewed once more.
    if (!(error instanceof Refused) && !(error instanceof NotVisible)) throw error;
  }
};

const commandOf = ({ deed, commandId, by }: Step) => {
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
  }
};
