import type { OfficeEvent } from './office.js';

/**
 * A plausible run of an office's days: clients register, journeys open, go on and close, in an order that
 * only the seed decides.
 */
export const history = (count: number, seed: number): readonly OfficeEvent[] => {
  const random = randomNumbers(seed);
  const below = (bound: number): number => Math.floor(random() * bound);
  const id = (): string => {
    const digits = Array.from({ length: 32 }, () => below(16).toString(16)).join('');
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  };
  const [clientIds, open]: [string[], string[]] = [[], []];
  return Array.from({ length: count }, (_, at): OfficeEvent => {
    const chance = random();
    if (clientIds.length === 0 || chance < 0.1) {
      const clientId = id();
      clientIds.push(clientId);
      return { type: 'ClientRegistered', clientId, name: `Amina Nummer${at}` };
    }
    if (open.length === 0 || chance < 0.2) {
      const journeyId = id();
      open.push(journeyId);
      const clientId = clientIds[below(clientIds.length)]!;
      return {
        type: 'JourneyOpened',
        journeyId,
        clientId,
        owner: owners[below(3)]!,
        openedOn: day(below(700)),
      };
    }
    const place = below(open.length);
    const journeyId = open[place]!;
    if (chance < 0.5)
      return {
        type: 'ContactRecorded',
        journeyId,
        at: `${day(below(700))}T10:${10 + below(49)}:00.000Z`,
        language: languages[below(4)]!,
      };
    if (chance < 0.7)
      return { type: 'GoalAgreed', journeyId, goal: `goal "${below(4)}"`, dueOn: day(below(700)) };
    if (chance < 0.85) return { type: 'GoalReviewed', journeyId, goal: `goal "${below(4)}"` };
    if (chance < 0.94) return { type: 'JourneyAssigned', journeyId, owner: owners[below(3)]! };
    if (chance < 0.96) return { type: 'ClientErased', clientId: clientIds[below(clientIds.length)]! };
    open.splice(place, 1);
    return { type: 'JourneyClosed', journeyId };
  });
};

const owners = ['bergkamen/aylin', "kamen/o'brien", 'bönen/\\zoe'];
const languages = ['ar', 'uk, "ru"', 'tr', '{fa}'];

const day = (number: number): string => new Date(Date.UTC(2024, 0, 1 + number)).toISOString().slice(0, 10);

/** Mulberry32: small, and the same everywhere. */
const randomNumbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
