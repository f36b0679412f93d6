import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { countsBehind, keySpace, perturbationTable, recordKeysUnder } from '#disclosure-control';
import {
  breakdownName,
  breakdownsOf,
  personDimensions,
  readInstead,
  withRegion,
} from '../catalogue/dimensions.js';
import { indicatorOf } from '../catalogue/catalogue.js';
import { withoutSealed } from '../facts/journey-facts.js';
import { noiseRules } from '../noise.js';
import { bearingOn, inOrderOfRelease, releaseBefore, releaseNamed } from '../quarter.js';
import { inventFacts, towns } from '../testing/invented-facts.js';
import { attackedSystem } from './attacked-system.js';
import { casesOf, countedBy, dimensionsOf, type Facts } from './cases.js';
import { cellsOf, perturbedFigures } from './cells.js';
import { emptyCells } from './empty-cells.js';
import { computeRelease, type Beside, type Release } from './release.js';
import { hashOfRelease } from './release-store.js';

const recordKeyOf = recordKeysUnder(createSecretKey(Buffer.alloc(32, 3)));
const name = releaseNamed('2026-Q3')!;
const horizon = '2026-11-20';
const facts = inventFacts(150, 11, horizon, { ...towns, '05978036': 20, '05978024': 15 });

const compute = (given: Facts, beside?: Beside): Promise<Release> =>
  computeRelease(name, given, horizon, recordKeyOf, beside);
let small = 0;
let once: Promise<Release> | undefined;
const released = (): Promise<Release> =>
  (once ??= compute(facts, { onFigure: (_, __, { attacked }) => (small += attacked.small) }));

const rowsOf = ({ tables }: Release, audience: string, indicator: string, by: string) =>
  tables.find((table) => table.audience === audience && table.indicator === indicator && table.by === by)
    ?.figures[0]?.rows;

describe('A release', () => {
  it('is the same, byte for byte, from the same facts in whatever order', async () => {
    const turned = { ...facts, persons: facts.persons.toReversed(), journeys: facts.journeys.toReversed() };
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
    expect(small).toBeGreaterThan(500);
    expect(safety.filter(({ pinnedDown }) => pinnedDown > 0)).toEqual([]);
  });

  it('tells of the attack only what follows from its tables', async () => {
    const { safety, tables } = await released();
    const toldOf = ['indicator', 'figure', 'pinnedDown', 'withheld', 'coarsened', 'hiddenForOthers'];
    for (const report of safety) {
      expect(Object.keys(report)).toEqual(toldOf);
      const withheld = tables
        .filter(({ audience, indicator }) => audience === 'analyst' && indicator === report.indicator)
        .flatMap(({ figures }) => figures.filter(({ figure }) => figure === report.figure))
        .flatMap(({ rows }) => rows.flatMap(({ counts }) => counts.filter((count) => count === null)));
      expect([report.indicator, report.withheld]).toEqual([report.indicator, withheld.length]);
    }
    expect(safety.some(({ withheld }) => withheld! > 0)).toBe(true);
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
      ...facts,
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
      ...facts,
      persons: facts.persons.map((person) =>
        person === second ? { ...person, mergedInto: first!.person } : person,
      ),
    };
    const persons = (given: Facts) => new Set(casesOf(given, recordKeyOf).map(({ person }) => person)).size;
    expect(persons(merged)).toBe(persons(facts) - 1);
  });
});

describe('Places', () => {
  const indicator = indicatorOf('access-route')!;
  const dimensions = dimensionsOf(indicator);
  const system = cellsOf(
    indicator.figures[0]!,
    dimensions,
    [...breakdownsOf(dimensions, 2), withRegion(['municipality', 'sex'])!],
    countedBy(indicator, indicator.figures[0]!, casesOf(facts, recordKeyOf), { ...name.quarter, horizon }),
  );
  const nameAt = (cell: number) => breakdownName(system.breakdowns[system.cells[cell]!.breakdown]!);

  it('are summed up from social areas to towns, to the joint team and the others, and to the Kreis', () => {
    const steps = new Set(system.sums.map(({ total, parts }) => `${nameAt(parts[0]!)} > ${nameAt(total)}`));
    for (const step of [
      'socialArea > municipality',
      'municipality > region',
      'region > ',
      'region,sex > sex',
    ])
      expect([...steps]).toContain(step);
    // Where there is no breakdown by region, towns are summed up to the Kreis.
    expect([...steps]).toContain('municipality,ageGroup > ageGroup');
    for (const step of ['municipality > ', 'municipality,sex > sex']) expect([...steps]).not.toContain(step);
    for (const { total, parts } of system.sums)
      expect(parts.reduce((sum, part) => sum + system.cells[part]!.count, 0)).toBe(
        system.cells[total]!.count,
      );
    const regions = system.cells.filter((_, cell) => nameAt(cell) === 'region').map(({ codes }) => codes[0]);
    expect([...new Set(regions)].sort()).toEqual(['bergkamen-kamen-boenen', 'other-towns']);
  });

  it('have empty cells beside them, with which the sums hold as well', () => {
    const placeOf = new Map(
      system.cells
        .flatMap((_, cell) => (nameAt(cell).includes(',') ? [] : [cell]))
        .map((cell, at) => [cell, at]),
    );
    const { count, sums } = emptyCells(indicator.figures[0]!, system, placeOf);
    expect(count).toBeGreaterThan(50);
    const counts = [...placeOf.keys()].map((cell) => system.cells[cell]!.count);
    for (const { total, parts } of sums)
      expect(parts.reduce((sum, part) => sum + (counts[part] ?? 0), 0)).toBe(counts[total] ?? 0);
    const used = new Set(sums.flatMap(({ total, parts }) => [total, ...parts]));
    expect([...used].sort((one, other) => one - other)).toEqual([...Array(counts.length + count).keys()]);
  });
});

describe('A breakdown by towns that does not stand the attack', () => {
  it('is coarsened to regions, and the attack made on those as well', async () => {
    const few = inventFacts(120, 1, horizon, { ...towns, '05978036': 20, '05978024': 15 });
    // Keys that move every figure as far as it goes, by which the adversary can tell most.
    const extreme = (person: string) => (Number(person.split('-').at(-1)) % 7 === 0 ? keySpace - 1 : 0);
    const indicator = indicatorOf('caseload')!;
    const window = { ...name.quarter, horizon };
    const counted = countedBy(indicator, indicator.figures[0]!, casesOf(few, extreme), window);
    const table = perturbationTable(noiseRules);
    const { system, attacked } = attackedSystem(indicator, indicator.figures[0]!, counted, table);
    const all = system.breakdowns.map(breakdownName);
    const out = attacked.coarsened.map((breakdown) => all[breakdown]);
    expect(out).toContain('municipality,ageGroup');
    expect(all).toContain('region,ageGroup');
    expect(out).not.toContain('region,ageGroup');
    expect(all).not.toContain('region,sex');
    expect(attacked.pinned).toEqual([]);
    const { safety } = await computeRelease(name, few, horizon, extreme);
    expect(safety.find((report) => report.indicator === 'caseload')!.coarsened).toContainEqual({
      by: ['municipality', 'ageGroup'],
      readBy: ['region', 'ageGroup'],
    });
  });
});

describe('A breakdown that is not released', () => {
  const released =
    (...names: readonly string[]) =>
    (by: readonly string[]) =>
      names.includes(by.join());

  it('is read by the next larger place, and at last by fewer attributes', () => {
    expect(readInstead(['socialArea', 'sex'], released('region,sex', 'sex'))).toEqual(['region', 'sex']);
    expect(readInstead(['municipality', 'sex'], released('sex'))).toEqual(['sex']);
    expect(readInstead(['municipality', 'sex'], released(''))).toEqual([]);
    expect(readInstead(['sex', 'ageGroup'], released('sex'))).toEqual(['sex']);
  });
});

describe('Breakdowns', () => {
  it('are by up to three dimensions, one of them at most a place', () => {
    const breakdowns = breakdownsOf(personDimensions, 3).map((by) => by.join());
    expect(breakdowns).toHaveLength(38);
    expect(breakdowns).toContain('municipality,sex,ageGroup');
    for (const two of ['socialArea,municipality', 'socialArea,region', 'municipality,region'])
      expect(breakdowns.filter((by) => by.startsWith(two))).toEqual([]);
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

  it('bears on those of its quarter, and of the nearest on each side that are there', () => {
    const bearing = bearingOn(releaseNamed('2026-Q3')!, [
      ...['2025-Q3', '2026-Q1', '2026-Q1.1', '2026-Q3', '2026-Q4', '2027-Q1', '2027-Q1.1'],
    ]);
    expect(bearing).toEqual(['2026-Q1', '2026-Q1.1', '2026-Q3', '2026-Q4']);
  });

  it('stands in the order of quarters and corrections', () => {
    const ids = ['2026-Q2', '2026-Q3', '2026-Q3.1', '2026-Q3.2', '2026-Q3.10', '2026-Q4', '2027-Q1'];
    const mixed = ids.toSorted().map((id) => ({ id }));
    expect(mixed.toSorted(inOrderOfRelease).map(({ id }) => id)).toEqual(ids);
  });

  it.each([
    ['2024-Q1', '2024-01-01', '2024-03-31'],
    ['2024-Q2', '2024-04-01', '2024-06-30'],
    ['0000-Q1', '0000-01-01', '0000-03-31'],
    ['9999-Q4', '9999-10-01', '9999-12-31'],
  ])('%s is of the days from %s to %s', (text, from, to) => {
    expect(releaseNamed(text)?.quarter).toEqual({ name: text, from, to });
  });

  it.each(['2026-Q5', '2026-Q0', '2026', '2026-Q3.0', '2026-q3', '2026-Q3 '])('is not %j', (text) => {
    expect(releaseNamed(text)).toBeUndefined();
  });
});
