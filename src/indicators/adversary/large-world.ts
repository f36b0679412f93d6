import { createSecretKey } from 'node:crypto';
import {
  narrowByBounds,
  narrowByPrograms,
  perturbationTable,
  recordKeysUnder,
  unknownCount,
  type CountRange,
} from '#disclosure-control';
import { breakdownName } from '../catalogue/dimensions.js';
import { catalogue, isRecorded } from '../catalogue/catalogue.js';
import type { Figure, Indicator } from '../catalogue/indicator.js';
import { noiseRules } from '../noise.js';
import { releaseNamed } from '../quarter.js';
import { isSmall, knownRanges, type PinnedDown } from '../release/attack.js';
import { attackedSystem, releasedFigure, type AttackedSystem } from '../release/attacked-system.js';
import { casesOf, countedBy, withLargestLanguages, type Case } from '../release/cases.js';
import type { CellSystem } from '../release/cells.js';
import { earlierCounts, type EarlierCounts, type EarlierFigure } from '../release/earlier.js';
import { knowingAllButOne, type KnowingAllButOne } from './all-but-one.js';
import { eventfulFacts } from './eventful-facts.js';

/** What the adversary could do with one release, and with those before it that are about the same people. */
export interface LargeRelease {
  readonly release: string;
  smallCounts: number;
  /** Small counts that a release betrays which hides what is small and does nothing else. */
  naivePinned: number;
  /** Of ours, by differencing. */
  pinned: number;
  withheld: number;
  /** Of the small counts that integer programs were asked about, how many they pinned down. */
  askedOfPrograms: number;
  pinnedByPrograms: number;
  /** The first counts that the naive release betrays, with the published cells that they follow from. */
  readonly examples: string[];
  /** Counts of ours that were pinned down, with what was published about them. */
  readonly ownExamples: string[];
}

/** Integer programs over one figure in breakdowns by one attribute: as large as they end in seconds. */
const mostAskedOfPrograms = 40;
const examplesTold = 5;

const table = perturbationTable(noiseRules);

/**
 * A quarter, the one after it, and a correction of that, in which people were recorded late, moved, were merged
 * and erased: attacked one after the other, each with all before.
 */
export const playLargeWorld = async (
  journeys: number,
): Promise<{ readonly releases: readonly LargeRelease[]; readonly allButOne: KnowingAllButOne }> => {
  const recordKeyOf = recordKeysUnder(createSecretKey(Buffer.alloc(32, 9)));
  const { inSummer, inAutumn, inWinter } = eventfulFacts(journeys, 5);
  const played = [
    { release: '2026-Q2', horizon: '2026-08-20', facts: inSummer },
    { release: '2026-Q3', horizon: '2026-11-20', facts: inAutumn },
    { release: '2026-Q3.1', horizon: '2026-12-20', facts: inWinter },
  ].map(({ release, horizon, facts }) => {
    const { quarter } = releaseNamed(release)!;
    const window = { ...quarter, horizon };
    const cases = withLargestLanguages(casesOf(facts, recordKeyOf), window, table);
    return { window, cases, report: emptyReport(release) };
  });
  const allButOne = { asked: 0, naive: 0, ours: 0 };
  for (const indicator of catalogue.filter(isRecorded))
    for (const figure of indicator.figures) {
      const before: (EarlierFigure & { readonly quarter: string })[] = [];
      for (const { window, cases, report } of played) {
        const earlier = before.flatMap(({ quarter, ...told }) => {
          if (quarter === window.name) return [told];
          return figure.carriedOver ? [{ ...told, slots: figure.carriedOver }] : [];
        });
        const attacked = await playFigure(indicator, figure, cases, window, earlier, report);
        before.push({ quarter: window.name, ...releasedFigure(indicator, figure, attacked) });
        if (report.release !== '2026-Q3') continue;
        const told = knowingAllButOne(attacked.system, attacked.attacked.figures);
        allButOne.asked += told.asked;
        allButOne.naive += told.naive;
        allButOne.ours += told.ours;
      }
    }
  return { releases: played.map(({ report }) => report), allButOne };
};

const emptyReport = (release: string): LargeRelease => ({
  release,
  smallCounts: 0,
  naivePinned: 0,
  pinned: 0,
  withheld: 0,
  askedOfPrograms: 0,
  pinnedByPrograms: 0,
  examples: [],
  ownExamples: [],
});

const playFigure = async (
  indicator: Indicator,
  figure: Figure,
  cases: readonly Case[],
  window: Parameters<typeof countedBy>[3],
  earlier: readonly EarlierFigure[],
  report: LargeRelease,
): Promise<AttackedSystem> => {
  const counted = countedBy(indicator, figure, cases, window);
  const { system, attacked } = attackedSystem(indicator, figure, counted, table, earlier);
  const told = earlierCounts(figure, indicator.unit, system, earlier, table);
  const sentence = ({ cell, from }: PinnedDown, published: (cell: number) => string) =>
    `${indicator.code} ${nameOf(system, cell)} = ${system.cells[cell]!.count}, from ${from.map((one) => `${nameOf(system, one)}${published(one)}`).join(', ') || 'an earlier release'}`;
  const withFigures = (one: number): string => ` ${attacked.figures[one] ?? '-'}`;

  report.smallCounts += attacked.small;
  report.withheld += attacked.withheld.length;
  report.pinned += attacked.pinned.length;
  report.ownExamples.push(...attacked.pinned.map((pinned) => sentence(pinned, withFigures)));
  const broken = naiveBroken(figure, indicator, system, earlier);
  report.naivePinned += broken.length;
  report.examples.push(
    ...broken
      .slice(0, Math.max(0, examplesTold - report.examples.length))
      .map((pinned) => sentence(pinned, () => '')),
  );
  const programs = await byPrograms(system, knownRanges(system, attacked.figures, table, told));
  report.askedOfPrograms += programs.asked;
  report.pinnedByPrograms += programs.pinned.length;
  report.ownExamples.push(...programs.pinned.map((pinned) => sentence(pinned, withFigures)));
  return { system, attacked };
};

/**
 * The control: true counts, hidden where they are small, and differenced, within the release and against what was
 * shown of the same cells earlier.
 */
const naiveBroken = (
  figure: Figure,
  { unit }: Indicator,
  system: CellSystem,
  earlier: readonly EarlierFigure[],
): readonly PinnedDown[] => {
  const { cells, sums } = system;
  const exact: EarlierFigure[] = earlier.map((then) => ({ ...then, published: then.counts }));
  const told: EarlierCounts = earlierCounts(figure, unit, system, exact, table);
  const isTold = (cell: number): boolean =>
    told.some((then) => then.has(cell) && !isSmall(then.get(cell)!.count));
  const ranges = cells.map(({ count }, cell) =>
    isSmall(count) && !isTold(cell) ? unknownCount : { least: count, most: count },
  );
  const differenced = narrowByBounds({ cells: ranges, sums }).filter(({ least, most }) => least === most);
  return [
    ...cells.flatMap(({ count }, cell) => (isSmall(count) && isTold(cell) ? [{ cell, from: [] }] : [])),
    ...differenced.filter(({ cell }) => isSmall(cells[cell]!.count)),
  ];
};

/** Everything that is published in breakdowns by one attribute, and the sums within them, asked for each small count. */
const byPrograms = async (
  { breakdowns, cells, sums }: CellSystem,
  ranges: readonly CountRange[],
): Promise<{ readonly asked: number; readonly pinned: readonly PinnedDown[] }> => {
  const places = cells.flatMap(({ breakdown }, cell) => (breakdowns[breakdown]!.length <= 1 ? [cell] : []));
  const at = new Map(places.map((place, index) => [place, index]));
  const linked = sums
    .filter(({ total, parts }) => [total, ...parts].every((place) => at.has(place)))
    .map(({ total, parts }) => ({ total: at.get(total)!, parts: parts.map((part) => at.get(part)!) }));
  const asked = places
    .flatMap((place, index) => (isSmall(cells[place]!.count) ? [index] : []))
    .slice(0, mostAskedOfPrograms);
  const table = { cells: places.map((place) => ranges[place]!), sums: linked };
  const ends = asked.length === 0 ? [] : await narrowByPrograms(table, asked);
  return {
    asked: asked.length,
    pinned: ends.flatMap(({ least, most }, number) => {
      if (least !== most) return [];
      const cell = asked[number]!;
      const around = linked.filter(({ total, parts }) => [total, ...parts].includes(cell));
      const from = new Set(around.flatMap(({ total, parts }) => [total, ...parts]));
      return [{ cell: places[cell]!, from: [...from].map((one) => places[one]!) }];
    }),
  };
};

const nameOf = ({ breakdowns, cells }: CellSystem, cell: number): string => {
  const { breakdown, codes, slot } = cells[cell]!;
  return `[${breakdownName(breakdowns[breakdown]!) || 'total'} ${codes.join('/')} ${slot}]`;
};
