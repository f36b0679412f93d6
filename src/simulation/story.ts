import { v5 as uuidV5 } from 'uuid';
import type { Gender, JourneyCommand, OpenJourney } from '../journeys/index.js';
import type { ClientDetails } from '../clients/index.js';
import { newId } from '../record/index.js';
import { addDays, isWorkingDay } from '../reference/index.js';
import type { ReferenceData } from '../reference/index.js';
import type { Chance } from './chance.js';

/** A user in whose name something is recorded. */
export interface Author {
  readonly userId: string;
  readonly organisationId: string;
  readonly roles: readonly string[];
  readonly gender?: Gender;
}

export type Deed =
  | { readonly on: 'client'; readonly details: ClientDetails }
  | { readonly on: 'opening'; readonly command: OpenJourney }
  | { readonly on: 'journey'; readonly journeyId: string; readonly command: JourneyCommand }
  /** By the hash of the package as it stands at that moment. */
  | { readonly on: 'acceptance'; readonly journeyId: string; readonly command: Acceptance };

export type Acceptance = Omit<Extract<JourneyCommand, { type: 'AcceptHandover' }>, 'packageHash'>;

/** One command, at one instant, by one person. */
export interface Step {
  /** Which of the simulated stories it belongs to. */
  readonly story: number;
  /** RFC 3339 in UTC. */
  readonly at: string;
  readonly by: Author;
  readonly commandId: string;
  readonly deed: Deed;
}

/** Collects what happens to one person, one working day after the other, until the given day. */
export interface Story {
  readonly clientId: string;
  readonly journeyId: string;
  /** `YYYY-MM-DD`: the day before which everything has happened. */
  readonly until: string;
  /** The day that the story has come to. */
  readonly today: () => string;
  /** Who works with the client at present. */
  readonly owner: () => Author;
  /** Goes on to that day, or the first working day after it; false if the simulated time ends before. */
  readonly goTo: (day: string) => boolean;
  readonly register: (details: ClientDetails) => void;
  readonly open: (command: Omit<OpenJourney, 'type' | 'clientId'>) => void;
  /** By the owner, if nobody else is named. Gives the id of what the command makes. */
  readonly add: (command: JourneyCommand, by?: Author) => string;
  /** From then on it is theirs. */
  readonly accept: (command: Omit<Acceptance, 'type'>, newOwner: Author) => void;
  /** Another person of the same organisation goes on with it. */
  readonly passTo: (colleague: Author) => void;
  readonly steps: readonly Step[];
}

export const storyOf = (
  chance: Chance,
  {
    seed,
    index,
    author,
    from,
    until,
  }: {
    readonly seed: number;
    readonly index: number;
    readonly author: Author;
    readonly from: string;
    readonly until: string;
  },
): Story => {
  const steps: Step[] = [];
  let owner = author;
  let today = workingDayFrom(from);
  let minute = chance.whole(8 * 60, 11 * 60);
  const nextId = () => uuidV5(`${seed}/${index}/${steps.length}`, simulations);
  const step = (deed: Deed, by: Author = owner): string => {
    const commandId = nextId();
    steps.push({ story: index, at: instantOf(today, minute), by, commandId, deed });
    minute = Math.min(minute + chance.whole(1, 12), 17 * 60);
    return newId(commandId);
  };
  const clientId = newId(uuidV5(`${seed}/${index}/0`, simulations));
  const journeyId = newId(uuidV5(`${seed}/${index}/1`, simulations));
  return {
    clientId,
    journeyId,
    steps,
    until,
    today: () => today,
    owner: () => owner,
    goTo: (from) => {
      const day = workingDayFrom(from > today ? from : today);
      if (day >= until) return false;
      if (day > today) minute = chance.whole(8 * 60, 15 * 60);
      today = day;
      return true;
    },
    register: (details) => void step({ on: 'client', details }),
    open: (command) => void step({ on: 'opening', command: { type: 'OpenJourney', clientId, ...command } }),
    add: (command, by) => step({ on: 'journey', journeyId, command }, by),
    accept: (acceptance, newOwner) => {
      const command: Acceptance = { type: 'AcceptHandover', ...acceptance };
      step({ on: 'acceptance', journeyId, command }, newOwner);
      owner = newOwner;
    },
    passTo: (colleague) => {
      owner = colleague;
    },
  };
};

const authorsOf = (reference: ReferenceData, organisationId: string): readonly Author[] =>
  reference.usersOf(organisationId).map(({ username, organisation, roles, gender }) => ({
    userId: username,
    organisationId: organisation,
    roles,
    ...(gender && { gender }),
  }));

export const caseManagersOf = (reference: ReferenceData, organisationId: string): readonly Author[] =>
  authorsOf(reference, organisationId).filter(({ roles }) => roles.includes('case_manager'));

export const supervisorsOf = (reference: ReferenceData, organisationId: string): readonly Author[] =>
  authorsOf(reference, organisationId).filter(({ roles }) => roles.includes('supervisor'));

const simulations = '6a7d1f0a-55d9-5a6c-9a34-0d3f7b8f2c11';

const workingDayFrom = (day: string): string => (isWorkingDay(day) ? day : workingDayFrom(addDays(day, 1)));

/** Office hours are told in winter time; an hour more or less says nothing in an invented story. */
const instantOf = (day: string, minute: number): string =>
  `${day}T${two(Math.floor(minute / 60) - 1)}:${two(minute % 60)}:00.000Z`;

const two = (number: number): string => String(number).padStart(2, '0');
