import { fieldsOfAction, accessRoutes, closureOutcomes, residenceGroups } from '../../journeys/index.js';
import { addDays } from '../../reference/index.js';
import type { JourneyFacts } from '../facts/journey-facts.js';
import { ageGroups } from '../facts/person-facts.js';
import type { FactJourney, Facts } from '../release/cases.js';

/** Facts of people who do not exist, as many as one likes: for attacks, measurements and tests. */
export const inventFacts = (
  journeys: number,
  seed: number,
  until: string,
  places: Readonly<Record<string, number>> = towns,
): Facts => {
  const chance = randomNumbers(seed);
  const people = Array.from({ length: Math.ceil(journeys * 0.95) }, (_, at) => ({
    person: `person-${seed}-${at}`,
    sex: weighted(chance, { f: 52, m: 46, d: 1, x: 1 }),
    ageGroup: ageGroups[Math.floor(chance() ** 1.3 * 7)] ?? null,
    mergedInto: null,
  }));
  return {
    regions,
    persons: people,
    journeys: Array.from({ length: journeys }, (_, at): FactJourney => ({
      journey: `journey-${seed}-${at}`,
      person: people[at < people.length ? at : Math.floor(chance() * people.length)]!.person,
      facts: inventJourney(chance, addDays(until, -Math.floor(chance() * 3 * 365)), until, places),
    })),
  };
};

/** Those of the joint team, each as often as its weight says. */
export const towns = { '05978004': 42, '05978020': 36, '05978008': 22 };
const regions = Object.fromEntries(Object.keys(towns).map((town) => [town, 'bergkamen-kamen-boenen']));
const languages = {
  uk: 22,
  ar: 20,
  tr: 12,
  ku: 9,
  fa: 8,
  ru: 7,
  pl: 5,
  ro: 5,
  bg: 4,
  sq: 3,
  en: 2,
  fr: 2,
  so: 1,
};

const inventJourney = (
  chance: () => number,
  openedOn: string,
  until: string,
  places: Readonly<Record<string, number>>,
): JourneyFacts => {
  const later = (day: string, most: number): string => addDays(day, 1 + Math.floor(chance() ** 2 * most));
  const past = (day: string): boolean => day <= until;
  const oneOf = <T>(codes: readonly T[]): T => codes[Math.floor(chance() * codes.length)]!;
  let entries = 0;
  const entry = () => ({ at: `e${(entries += 1)}`, id: `i${entries}` });

  const municipality = weighted(chance, places);
  const preferredLanguage = weighted(chance, languages);
  const contacts = [];
  for (let day = later(openedOn, 40); past(day) && contacts.length < 8; day = later(day, 90)) {
    contacts.push({
      ...entry(),
      on: day,
      language: chance() < 0.4 ? 'de' : preferredLanguage,
      interpreter: chance() < 0.4,
    });
  }
  const needs = contacts
    .slice(0, Math.floor(chance() * 4))
    .map(({ on }) => ({ ...entry(), on, fieldOfAction: oneOf(fieldsOfAction) }));
  const referrals = needs.flatMap(({ id, on }) => {
    const made = later(on, 60);
    if (chance() < 0.4 || !past(made)) return [];
    const startedOn = later(made, 60);
    const completedOn = later(startedOn, 120);
    return [
      {
        ...entry(),
        on: made,
        need: id,
        ...(past(startedOn) && chance() < 0.7 && { startedOn }),
        ...(past(completedOn) && chance() < 0.6 && { completedOn, outcome: 'attained' }),
      },
    ];
  });
  const closedOn = later(openedOn, 900);
  const domainLeft = later(openedOn, 500);
  return {
    opening: {
      ...entry(),
      municipality,
      openedOn,
      socialArea: `${municipality}-${Math.floor(chance() * 6)}`,
      residenceGroup: oneOf(residenceGroups),
      preferredLanguage,
      accessRoute: oneOf(accessRoutes),
    },
    contacts,
    consents: [{ ...entry(), from: openedOn, ...(chance() < 0.1 && { withdrawnOn: later(openedOn, 400) }) }],
    needs,
    potentials: [],
    goals: needs.slice(0, 2).map(({ on }) => ({
      ...entry(),
      on,
      reviews: [{ on: later(on, 200), result: oneOf(['attained', 'partly']) }],
    })),
    referrals,
    legalDomains:
      chance() < 0.6
        ? [
            { ...entry(), from: openedOn, until: domainLeft, legalDomain: 'ASYLBLG' },
            { ...entry(), from: later(domainLeft, 60), legalDomain: 'SGB_II' },
          ]
        : [],
    handovers: [],
    closures:
      past(closedOn) && chance() < 0.6 ? [{ ...entry(), on: closedOn, outcome: oneOf(closureOutcomes) }] : [],
  };
};

const weighted = <Code extends string>(
  chance: () => number,
  weights: Readonly<Record<Code, number>>,
): Code => {
  const codes = Object.entries(weights) as [Code, number][];
  let left = chance() * codes.reduce((sum, [, weight]) => sum + weight, 0);
  return (codes.find(([, weight]) => (left -= weight) < 0) ?? codes[0]!)[0];
};

/** Mulberry32: the same seed, the same people. */
export const randomNumbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
