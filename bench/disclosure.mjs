import { createSecretKey } from 'node:crypto';
import {
  addKeys,
  countsBehind,
  crossTable,
  keySpace,
  perturbationBy,
  perturbationTable,
  recordKeysUnder,
  suppressTable,
} from '../dist/libs/disclosure-control/index.js';
import { releaseNamed } from '../dist/src/indicators/quarter.js';
import { releasedFigure, trueCounts } from '../dist/src/indicators/release/attacked-system.js';
import { sealCounts } from '../dist/src/indicators/release/kept-counts.js';
import { computeRelease } from '../dist/src/indicators/release/release.js';
import { inventFacts, randomNumbers } from '../dist/src/indicators/testing/invented-facts.js';
import { askRelease } from './disclosure/queries.mjs';

export const title =
  'Indicators: the audit of one table, a release with attack and audit, and questions to it';

const table = perturbationTable({ maxNoise: 4, variance: 3, lowest: 2 });
const perturb = perturbationBy(table);
const behind = countsBehind(table);
const summer = '2026-08-20';
const horizon = '2026-11-20';
const countsKey = createSecretKey(Buffer.alloc(32, 4));

/** A table of 20 × 20 × 6 cells with all margins, and who is counted in it. */
const townOf = (persons) => {
  const chance = randomNumbers(7);
  const dimensions = [20, 20, 6].map((size) => Array.from({ length: size }, (_, code) => String(code)));
  const margins = Array.from({ length: 8 }, (_, margin) => margin);
  const nameOf = (codes) => codes.map((code) => code ?? '-').join('|');
  const marginsOf = (codes) =>
    margins.map((margin) => codes.map((code, at) => ((margin >> at) & 1 ? undefined : code)));
  const counts = new Map();
  const kinds = new Map();
  for (let person = 0; person < persons; person += 1) {
    const key = Math.floor(chance() * keySpace);
    const codes = [20 * chance() ** 2, 20 * chance() ** 2, 6 * chance()].map((at) => String(Math.floor(at)));
    kinds.set(nameOf(codes), (kinds.get(nameOf(codes)) ?? 0) + 1);
    for (const name of marginsOf(codes).map(nameOf)) {
      const { count, sum } = counts.get(name) ?? { count: 0, sum: 0 };
      counts.set(name, { count: count + 1, sum: addKeys(sum, key) });
    }
  }
  const { cells, sums } = crossTable(dimensions, (codes) => {
    const cell = counts.get(nameOf(codes));
    return cell ? perturb(cell.count, cell.sum) : 0;
  });
  const placeOf = new Map(cells.map(({ codes }, place) => [nameOf(codes), place]));
  const population = cells
    .filter(({ codes }) => codes.every((code) => code !== undefined))
    .map(({ codes }) => ({
      persons: kinds.get(nameOf(codes)) ?? 0,
      cells: marginsOf(codes).map((margin) => placeOf.get(nameOf(margin))),
    }));
  return { counts: cells.map(({ value }) => value), sums, population };
};

/** What happened to persons, one by one: an opening, a contact, a need … */
const factsIn = ({ journeys }) =>
  journeys.reduce(
    (sum, { facts }) => sum + Object.values(facts).reduce((all, entries) => all + (entries.length ?? 1), 0),
    0,
  );

const seconds = async (work) => {
  const began = performance.now();
  const result = await work();
  return { seconds: Math.round((performance.now() - began) / 10) / 100, result };
};

export const measure = async (progress) => {
  const rows = [];
  for (const persons of [3_000, 15_000, 60_000]) {
    progress(`auditing a table of ${persons} persons`);
    const { counts, sums, population } = townOf(persons);
    const rules = { threshold: 5, multiple: 5, behind };
    const audit = await seconds(() => suppressTable(counts, sums, rules, population));
    rows.push({
      what: `audit 20 × 20 × 6, ${persons} persons`,
      seconds: audit.seconds,
      'hidden for others': audit.result.secondary,
    });
  }
  const recordKeyOf = recordKeysUnder(createSecretKey(Buffer.alloc(32, 3)));
  let largest;
  for (const journeys of [10_000, 100_000]) {
    progress(`releasing a quarter of ${journeys} journeys`);
    const facts = inventFacts(journeys, 1, horizon);
    const inSummer = {
      ...facts,
      journeys: facts.journeys.filter(({ facts: { opening } }) => opening.openedOn <= summer),
    };
    const before = new Map();
    // As `release` does: what a later one is attacked with is sealed and kept.
    const keep = (release) => (indicator, figure, attacked) => {
      sealCounts(countsKey, release, indicator, figure, trueCounts(figure, attacked));
      if (figure.carriedOver)
        before.set(`${indicator.code} ${figure.name}`, {
          ...releasedFigure(indicator, figure, attacked),
          slots: figure.carriedOver,
        });
    };
    const first = await seconds(() =>
      computeRelease(releaseNamed('2026-Q2'), inSummer, summer, recordKeyOf, { onFigure: keep('2026-Q2') }),
    );
    progress(`releasing the next quarter of ${journeys} journeys`);
    const second = await seconds(() =>
      computeRelease(releaseNamed('2026-Q3'), facts, horizon, recordKeyOf, {
        earlierOf: async (indicator, figure) => {
          const told = before.get(`${indicator.code} ${figure.name}`);
          return told ? [told] : [];
        },
        onFigure: keep('2026-Q3'),
      }),
    );
    rows.push(
      { what: `release, ${inSummer.journeys.length} journeys`, seconds: first.seconds },
      {
        what: `the next quarter with it, ${journeys} journeys, ${factsIn(facts)} facts`,
        seconds: second.seconds,
      },
    );
    largest = second.result;
  }
  rows.push(...(await askRelease(largest, progress)));
  return {
    rows,
    findings: [
      'Wanted: the audit below 5 s, the release of 100,000 journeys below 60 s, a query below 50 ms (p95).',
    ],
  };
};
