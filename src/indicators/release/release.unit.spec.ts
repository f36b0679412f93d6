import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { countsBehind, perturbationTable, recordKeysUnder } from '#disclosure-control';
import { breakdownsOf, personDimensions } from '../catalogue/dimensions.js';
import { indicatorOf } from '../catalogue/catalogue.js';
import { withoutSealed } from '../facts/journey-facts.js';
import { noiseRules } from '../noise.js';
import { releaseBefore, releaseNamed } from '../quarter.js';
import { inventFacts } from '../testing/invented-facts.js';
import { casesOf, countedBy, dimensionsOf, type Facts } from './cases.js';
import { cellsOf, perturbedFigures } from './cells.js';
import { computeRelease, type Release } from './release.js';
import { hashOfRelease } from './release-store.js';

const recordKeyOf = recordKeysUnder(createSecretKey(Buffer.alloc(32, 3)));
const name = releaseNamed('2026-Q3')!;
const horizon = '2026-11-20';
const facts = inventFacts(150, 11, horizon);

const compute = (given: Facts): Promise<Release> => computeRelease(name, given, horizon, recordKeyOf);
let once: Promise<Release> | undefined;
const released = (): Promise<Release> => (once ??= compute(facts));

const rowsOf = ({ tables }: Release, audience: string, indicator: string, by: string) =>
  tables.find((table) => table.audience === audience && table.indicator === indicator && table.by === by)
    ?.figures[0]?.rows;

describe('A release', () => {
  it('is the same, byte for byte, from the same facts in whatever order', async () => {
    const turned = { persons: facts.persons.toReversed(), journeys: facts.journeys.toReversed() };
    expect(hashOfRelease(await compute(turned))).toBe(hashOfRelease(await released()));
  });

  it('moves no figure further than the noise goes, and shows none from 1 to 2', async () => {
    const release = await released();
    const behind = countsBehind(perturbationTable(noiseRules));
    const indicator = indicatorOf('caseload')!;
    const dimensions = dimensionsOf(indicator);
    const window = { ...name.quarter, horizon };
    const counted = countedBy(indicator, indicator.figures[0]!, casesOf(facts, recordKeyOf), window);
    for (const by of ['municipality', 'sex', 'municipality,sex'] as const) {
      const places = by.split(',').map((dimension) => dimensions.indexOf(dimension as 'sex'));
      for (const { codes, counts } of rowsOf(release, 'analyst', 'caseload', by)!) {
        const truth = counted.filter((one) =>
          places.every((place, at) => one.codes[place] === codes[at]),
        ).length;
        const [figure] = counts;
        expect([1, 2]).not.toContain(figure);
        if (figure !== null) expect(behind(figure!)).toContain(truth);
      }
    }
  });

  it('stands the attack: no small count is pinned down', async () => {
    const { safety } = await released();
    expect(safety.reduce((sum, { smallCounts }) => sum + smallCounts, 0)).toBeGreaterThan(500);
    expect(safety.filter(({ pinnedDown }) => pinnedDown > 0)).toEqual([]);
  });

  it('shows to everyone only multiples of five, none below', async () => {
    const release = await released();
    const shown = release.tables
      .filter(({ audience }) => audience === 'public')
      .flatMap(({ figures }) => figures.flatMap(({ rows }) => rows.flatMap(({ counts }) => counts)))
      .filter((count) => count !== null);
    expect(shown.length).toBeGreaterThan(20);
    for (const count of shown) expect(count % 5 === 0 && count >= 5).toBe(true);
  });

  it('takes events only from cells of at least five persons', async () => {
    const indicator = indicatorOf('unmet-need')!;
    const table = perturbationTable(noiseRules);
    const system = cellsOf(
      indicator.figures[0]!,
      dimensionsOf(indicator),
      breakdownsOf(dimensionsOf(indicator), 2),
      countedBy(indicator, indicator.figures[0]!, casesOf(facts, recordKeyOf), { ...name.quarter, horizon }),
    );
    const figures = perturbedFigures(system, 'event', table);
    const few = system.cells.flatMap(({ persons, count }, cell) => (persons < 5 && count >= 5 ? [cell] : []));
    expect(few.length).toBeGreaterThan(0);
    for (const cell of few) expect(figures[cell]).toBeUndefined();
  });

  it('knows an erased person by the town alone', async () => {
    const erased = {
      persons: facts.persons.map((person) => ({ ...person, sex: null, ageGroup: null })),
      journeys: facts.journeys.map((journey) => ({ ...journey, facts: withoutSealed(journey.facts) })),
    };
    const release = await compute(erased);
    expect(rowsOf(release, 'analyst', 'caseload', 'sex')!.map(({ codes }) => codes)).toEqual([['unknown']]);
    const before = rowsOf(await released(), 'analyst', 'caseload', 'municipality')!;
    for (const { codes, counts } of rowsOf(release, 'analyst', 'caseload', 'municipality')!) {
      const then = before.find((row) => row.codes[0] === codes[0]);
      // The same persons, the same noise; what is withheld may differ.
      if (then?.counts[0] != null && counts[0] !== null) expect(counts).toEqual(then.counts);
    }
  });

  it('counts who was merged as one person', () => {
    const [first, second] = facts.persons;
    const merged = {
      persons: facts.persons.map((person) =>
        person === second ? { ...person, mergedInto: first!.person } : person,
      ),
      journeys: facts.journeys,
    };
    const persons = (given: Facts) => new Set(casesOf(given, recordKeyOf).map(({ person }) => person)).size;
    expect(persons(merged)).toBe(persons(facts) - 1);
  });
});

describe('Breakdowns', () => {
  it('are by up to three dimensions, a social area being a place in a municipality already', () => {
    const breakdowns = breakdownsOf(personDimensions, 3).map((by) => by.join());
    expect(breakdowns).toHaveLength(37);
    expect(breakdowns).toContain('municipality,sex,ageGroup');
    expect(breakdowns.filter((by) => by.includes('socialArea') && by.includes('municipality'))).toEqual([]);
  });
});

describe('The name of a release', () => {
  it('is a quarter, and a number for a correction', () => {
    expect(releaseNamed('2026-Q3')).toEqual({
      id: '2026-Q3',
      quarter: { name: '2026-Q3', from: '2026-07-01', to: '2026-09-30' },
      correction: 0,
    });
    expect(releaseNamed('2027-Q4.2')!.quarter).toEqual({
      name: '2027-Q4',
      from: '2027-10-01',
      to: '2027-12-31',
    });
    expect(releaseBefore(releaseNamed('2027-Q4.2')!)).toBe('2027-Q4.1');
    expect(releaseBefore(releaseNamed('2027-Q4.1')!)).toBe('2027-Q4');
  });

  it.each(['2026-Q5', '2026-Q0', '2026', '2026-Q3.0', '2026-q3', '2026-Q3 '])('is not %j', (text) => {
    expect(releaseNamed(text)).toBeUndefined();
  });
});
