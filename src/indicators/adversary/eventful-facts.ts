import { withoutSealed } from '../facts/journey-facts.js';
import type { FactJourney, FactPerson, Facts } from '../release/cases.js';
import { inventFacts, randomNumbers, towns } from '../testing/invented-facts.js';

/** The towns of the joint team, and others beside them. */
const places = { ...towns, '05978024': 14, '05978036': 10, '05978028': 6, '05978040': 3, '05978032': 2 };

/** Of a hundred people, to how many it happens between autumn and winter. */
const of100 = { recordedLate: 2, moved: 2, merged: 1, erased: 2 };

/**
 * The same people as they are known at three times: in summer some had not come yet; between autumn and winter
 * some are recorded late, move to another town, turn out to be somebody else, or are erased.
 */
export const eventfulFacts = (
  journeys: number,
  seed: number,
): { readonly inSummer: Facts; readonly inAutumn: Facts; readonly inWinter: Facts } => {
  const all = inventFacts(journeys, seed, '2026-11-20', places);
  const chance = randomNumbers(seed + 1);
  const happens = (share: number): boolean => chance() * 100 < share;
  const late = new Set(all.persons.filter(() => happens(of100.recordedLate)).map(({ person }) => person));
  const moved = new Set(all.persons.filter(() => happens(of100.moved)).map(({ person }) => person));
  const erased = new Set(all.persons.filter(() => happens(of100.erased)).map(({ person }) => person));
  const known = ({ person }: { readonly person: string }): boolean => !late.has(person);
  const inAutumn = {
    ...all,
    persons: all.persons.filter(known),
    journeys: all.journeys.filter(known),
  };
  const persons = all.persons.map((one, at): FactPerson => {
    if (erased.has(one.person)) return { ...one, sex: null, ageGroup: null };
    return happens(of100.merged) ? { ...one, mergedInto: all.persons[at - 1]?.person ?? null } : one;
  });
  const townsThere = Object.keys(places);
  const inWinter = {
    ...all,
    persons,
    journeys: all.journeys.map((one): FactJourney => {
      if (erased.has(one.person)) return { ...one, facts: withoutSealed(one.facts) };
      if (!moved.has(one.person)) return one;
      const municipality = townsThere[Math.floor(chance() * townsThere.length)]!;
      const { socialArea: _, ...opening } = one.facts.opening;
      return { ...one, facts: { ...one.facts, opening: { ...opening, municipality } } };
    }),
  };
  const inSummer = {
    ...inAutumn,
    journeys: inAutumn.journeys.filter(({ facts }) => facts.opening.openedOn <= '2026-08-20'),
  };
  return { inSummer, inAutumn, inWinter };
};
