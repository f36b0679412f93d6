import type { KeyObject } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sealText, unsealText } from '#personal-data';
import type { Figure, Indicator } from '../catalogue/indicator.js';
import { slotsOf } from './cells.js';
import { codesName, type EarlierFigure, type Rows } from './earlier.js';
import type { ReleaseStore } from './release-store.js';

/** True counts behind one figure of a release, sealed: only the attack on a later release reads them. */
export interface KeptCounts {
  readonly indicator: string;
  readonly figure: string;
  readonly counts: string;
}

/** An earlier release, and the slots of a figure in which it tells of the same people; all, where they are absent. */
export interface TellingRelease {
  readonly release: string;
  readonly slots?: readonly string[];
}

/** What earlier releases published of each figure, read when it is asked for. */
export const earlierFigures =
  (store: ReleaseStore, key: KeyObject, releasesOf: (figure: Figure) => readonly TellingRelease[]) =>
  (indicator: Indicator, figure: Figure): Promise<readonly EarlierFigure[]> =>
    Promise.all(
      releasesOf(figure).map(async ({ release, ...telling }) => {
        const kept = await store.keptCounts(release, indicator.code, figure.name);
        return {
          ...telling,
          published: await publishedOf(store, release, indicator, figure),
          counts: kept === undefined ? new Map() : openCounts(key, release, indicator, figure, kept),
        };
      }),
    );

const publishedOf = async (
  store: ReleaseStore,
  release: string,
  indicator: Indicator,
  figure: Figure,
): Promise<EarlierFigure['published']> => {
  const tables = await store.allFigures(release, 'analyst', indicator.code);
  return new Map(
    tables.flatMap(({ by, figures }) => {
      const found = figures.find((one) => one.figure === figure.name);
      if (!found) return [];
      const places = slotsOf(figure).map((slot) => found.slots.indexOf(slot));
      const rows = found.rows.map(
        ({ codes, counts }) => [codesName(codes), places.map((place) => counts[place] ?? null)] as const,
      );
      return [[by, new Map(rows)] as const];
    }),
  );
};

type Counts = ReadonlyMap<string, Rows<number>>;

export const sealCounts = (
  key: KeyObject,
  release: string,
  indicator: Indicator,
  figure: Figure,
  counts: Counts,
): KeptCounts => {
  const plain = JSON.stringify([...counts].map(([by, rows]) => [by, [...rows]]));
  const packed = gzipSync(plain, { level: 1 }).toString('base64');
  return {
    indicator: indicator.code,
    figure: figure.name,
    counts: sealText(key, placeOf(release, indicator, figure), packed),
  };
};

export const openCounts = (
  key: KeyObject,
  release: string,
  indicator: Indicator,
  figure: Figure,
  counts: string,
): Counts => {
  const packed = Buffer.from(unsealText(key, placeOf(release, indicator, figure), counts), 'base64');
  const plain = JSON.parse(gunzipSync(packed).toString()) as [string, [string, number[]][]][];
  return new Map(plain.map(([by, rows]) => [by, new Map(rows)]));
};

const placeOf = (release: string, { code }: Indicator, { name }: Figure): string =>
  `release_counts.${release}.${code}.${name}`;
