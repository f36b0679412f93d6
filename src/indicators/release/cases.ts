import { addKeys, perturbationBy, type PerturbationTable, type RecordKey } from '#disclosure-control';
import { personDimensions, unknown } from '../catalogue/dimensions.js';
import type { Dimension } from '../catalogue/dimensions.js';
import type { Figure, Indicator, Window } from '../catalogue/indicator.js';
import { isOpenOn, within } from '../catalogue/journey-times.js';
import { otherTowns, type Regions } from '../catalogue/regions.js';
import type { JourneyFacts } from '../facts/journey-facts.js';

export interface FactPerson {
  readonly person: string;
  readonly sex: string | null;
  readonly ageGroup: string | null;
  readonly mergedInto: string | null;
}

export interface FactJourney {
  readonly journey: string;
  readonly person: string;
  readonly facts: JourneyFacts;
}

/** All facts as a release is computed from them. */
export interface Facts {
  readonly persons: readonly FactPerson[];
  readonly journeys: readonly FactJourney[];
  readonly regions: Regions;
}

/** A journey with its person's key and its code in each dimension. */
export interface Case {
  /** Cases of one person have the same number, and stand one after the other. */
  readonly person: number;
  readonly key: RecordKey;
  readonly codes: Readonly<Record<(typeof personDimensions)[number], string>>;
  readonly facts: JourneyFacts;
}

/** One thing that is counted: whose, by which codes, in which slot. */
export interface Counted {
  readonly person: number;
  readonly key: RecordKey;
  /** One for each dimension of the indicator, in its order. */
  readonly codes: readonly string[];
  readonly slot: string;
}

export const dimensionsOf = ({ ownDimensions }: Indicator): readonly Dimension[] => [
  ...personDimensions,
  ...ownDimensions,
];

/** Every journey as a case, person after person, in an order that depends on the facts alone. */
export const casesOf = (
  { persons, journeys, regions }: Facts,
  recordKeyOf: (person: string) => RecordKey,
): readonly Case[] => {
  const byId = new Map(persons.map((person) => [person.person, person]));
  const survivorOf = (id: string): string => {
    const seen = new Set<string>();
    let at = id;
    for (let next = byId.get(at)?.mergedInto; next && !seen.has(next); next = byId.get(at)?.mergedInto) {
      seen.add(at);
      at = next;
    }
    return at;
  };
  const owned = journeys
    .map((journey) => ({ ...journey, person: survivorOf(journey.person) }))
    .toSorted((one, other) => compare(one.person, other.person) || compare(one.journey, other.journey));
  const numbers = new Map<string, number>();
  return owned.map(({ person, facts }) => {
    const number = numbers.get(person) ?? numbers.size;
    numbers.set(person, number);
    const { municipality, socialArea, residenceGroup, preferredLanguage } = facts.opening;
    return {
      person: number,
      key: recordKeyOf(person),
      facts,
      codes: {
        // One of another town, left over from before a move, would make towns differ from the sum of their areas.
        socialArea: socialArea?.startsWith(municipality) ? socialArea : `${municipality}:${unknown}`,
        municipality,
        region: regions[municipality] ?? otherTowns,
        sex: byId.get(person)?.sex ?? unknown,
        ageGroup: byId.get(person)?.ageGroup ?? unknown,
        residenceGroup: residenceGroup ?? unknown,
        language: preferredLanguage ?? unknown,
      },
    };
  });
};

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const mostLanguages = 10;

/** The code of all languages but the largest. */
export const otherLanguages = 'other';

/**
 * The cases with all but the ten largest languages as one, by their perturbed counts among all journeys of the
 * quarter, so that not even the choice tells more than a figure would.
 */
export const withLargestLanguages = (
  cases: readonly Case[],
  window: Window,
  table: PerturbationTable,
): readonly Case[] => {
  const perturb = perturbationBy(table);
  const sizes = new Map<string, { count: number; key: RecordKey }>();
  for (const { facts, key, codes } of cases) {
    if (!isOpenOn(facts, window.to) && !within(facts.opening.openedOn, window)) continue;
    const size = sizes.get(codes.language) ?? { count: 0, key: 0 };
    sizes.set(codes.language, { count: size.count + 1, key: addKeys(size.key, key) });
  }
  const largest = new Set(
    [...sizes]
      .filter(([language]) => language !== unknown)
      .map(([language, { count, key }]) => ({ language, count: perturb(count, key) }))
      .toSorted((one, other) => other.count - one.count || compare(one.language, other.language))
      .slice(0, mostLanguages)
      .map(({ language }) => language),
  );
  return cases.map((one) =>
    largest.has(one.codes.language) || one.codes.language === unknown
      ? one
      : { ...one, codes: { ...one.codes, language: otherLanguages } },
  );
};

/** Everything that a figure counts, person after person. A person is counted once, where counted first. */
export const countedBy = (
  indicator: Indicator,
  figure: Figure,
  cases: readonly Case[],
  window: Window,
): readonly Counted[] => {
  const dimensions = dimensionsOf(indicator);
  const counted = cases.flatMap(({ person, key, codes, facts }) =>
    figure.observe(facts, window).map((observation) => ({
      person,
      key,
      openedOn: facts.opening.openedOn,
      slot: observation.slot,
      codes: dimensions.map((dimension) =>
        dimension === 'fieldOfAction' || dimension === 'legalDomainPair'
          ? (observation[dimension] ?? unknown)
          : codes[dimension],
      ),
    })),
  );
  if (indicator.unit !== 'person') return counted;
  const first = new Map<number, (typeof counted)[number]>();
  for (const one of counted) {
    const known = first.get(one.person);
    if (!known || one.openedOn < known.openedOn) first.set(one.person, one);
  }
  return [...first.values()];
};
