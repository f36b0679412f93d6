import type { KeyObject } from 'node:crypto';
import type pg from 'pg';
import { recordKeysUnder } from '#disclosure-control';
import { addDays, type ReferenceData } from '../../reference/index.js';
import { horizonOf } from '../catalogue/journey-times.js';
import { regionsOn } from '../catalogue/regions.js';
import { releaseBefore, releaseNamed, type ReleaseName } from '../quarter.js';
import { trueCounts } from './attacked-system.js';
import { earlierFigures, sealCounts, type KeptCounts } from './kept-counts.js';
import type { ReleaseLedger } from './ledger.js';
import { readFacts } from './read-facts.js';
import { computeRelease } from './release.js';
import { hashOfRelease, releaseStore } from './release-store.js';
import type { FrozenRelease } from './release-store.js';

/** A release cannot be frozen; the message is one sentence that says why, and what can be done instead. */
export class ReleaseRefused extends Error {
  override readonly name = 'ReleaseRefused';
}

export interface FreezingParts {
  readonly pool: pg.Pool;
  readonly schema: string;
  readonly ledger: ReleaseLedger;
  readonly reference: ReferenceData;
  /** Under which record keys are made. */
  readonly recordKeySecret: KeyObject;
  /** Under which true counts are kept for the attacks on later releases. */
  readonly countsKey: KeyObject;
  /** Brings the facts to the log's head. */
  readonly factsAtHead: () => Promise<void>;
  /** The present moment, and the day that it is in Berlin. */
  readonly now: () => { readonly instant: string; readonly today: string };
  readonly onProgress: (done: number, total: number) => void;
  /** Gets a sentence for whoever releases. */
  readonly warn: (sentence: string) => void;
}

/** What came of freezing. The numbers follow from true counts and are for whoever releases alone. */
export interface Freezing {
  readonly release: FrozenRelease;
  /** How many true counts from 1 to 4 had to stay open. */
  readonly smallCounts: number;
  /** How many figures are withheld for them, those of breakdowns that are not released included. */
  readonly withheld: number;
}

/**
 * Computes, attacks, audits and freezes the release of a quarter that is over. One that was frozen, here or in a
 * data directory that this one is an older copy of, is never computed again.
 * @throws ReleaseRefused, ReleaseUnsafe
 */
export const freezeRelease = async (id: string, parts: FreezingParts): Promise<Freezing> => {
  const { pool, schema, ledger, reference, recordKeySecret, countsKey } = parts;
  const { factsAtHead, now, onProgress, warn } = parts;
  const name = releaseNamed(id);
  if (!name)
    throw new ReleaseRefused('A release is named by its quarter, 2026-Q3, or 2026-Q3.1 for a correction.');
  const { instant, today } = now();
  if (name.quarter.to >= today)
    throw new ReleaseRefused(`${name.quarter.name} is not over before the end of ${name.quarter.to}.`);

  const store = releaseStore(pool);
  await healLedger(pool, ledger);
  if (await store.find(id))
    throw new ReleaseRefused(`${id} is frozen; a correction is a release of its own: ${nextOf(name)}.`);
  const listed = (await ledger.list()).map((release) => release.id);
  if (listed.includes(id))
    throw new ReleaseRefused(
      `The ledger lists ${id} as frozen, and this data directory does not hold it: restore a newer one, or release ${nextOf(name)}.`,
    );
  const before = releaseBefore(name);
  if (before !== undefined && !listed.includes(before))
    throw new ReleaseRefused(`${id} corrects ${before}, which is not released.`);

  await factsAtHead();
  const { recordedUntil, ...recorded } = await readFacts(pool, schema);
  const facts = { ...recorded, regions: regionsOn(name.quarter.to, reference) };
  const horizon = horizonOf(recordedUntil, name.quarter.to);
  const held = (await store.list()).map((release) => release.id);
  for (const missing of bearingOn(name, listed).filter((one) => !held.includes(one)))
    warn(`${missing} is released and not held here: ${id} is not attacked together with it.`);
  const attackedWith = bearingOn(name, held);
  const kept: KeptCounts[] = [];
  let [smallCounts, withheld] = [0, 0];
  const release = await computeRelease(name, facts, horizon, recordKeysUnder(recordKeySecret), {
    attackedWith,
    earlierOf: earlierFigures(store, countsKey, (indicator) =>
      attackedWith.filter((one) => indicator.carriedOver || isOfQuarter(one, name)),
    ),
    onFigure: (indicator, figure, system) => {
      kept.push(sealCounts(countsKey, id, indicator, figure, trueCounts(figure, system)));
      smallCounts += system.attacked.small;
      withheld += system.attacked.withheld.length;
    },
    onProgress,
  });
  const frozen = await store.freeze(release, instant, kept);
  await ledger.add({ id, hash: hashOfRelease(release) });
  return { release: frozen, smallCounts, withheld };
};

const nextOf = ({
  quarter,
  correction,
}: {
  readonly quarter: { readonly name: string };
  readonly correction: number;
}) => `${quarter.name}.${correction + 1}`;

/**
 * The releases that are about the same people: of the same quarter, and those of the quarters beside it, since who
 * is there at the end of one is mostly there at the end of the next.
 */
const bearingOn = (name: ReleaseName, releases: readonly string[]): readonly string[] =>
  releases.filter((release) => isOfQuarter(release, name) || isBeside(release, name));

const isOfQuarter = (release: string, { quarter }: ReleaseName): boolean =>
  releaseNamed(release)?.quarter.name === quarter.name;

const isBeside = (release: string, { quarter }: ReleaseName): boolean => {
  const other = releaseNamed(release)?.quarter;
  return (
    other !== undefined && (addDays(other.to, 1) === quarter.from || addDays(quarter.to, 1) === other.from)
  );
};

/** Lists what was frozen and not yet listed, should the process have ended in between. */
const healLedger = async (pool: pg.Pool, ledger: ReleaseLedger): Promise<void> => {
  const listed = new Set((await ledger.list()).map(({ id }) => id));
  for (const release of await releaseStore(pool).list())
    if (!listed.has(release.id)) await ledger.add({ id: release.id, hash: release.hash });
};
