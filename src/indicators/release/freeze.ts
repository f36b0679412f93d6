import type { KeyObject } from 'node:crypto';
import type pg from 'pg';
import { recordKeysUnder } from '#disclosure-control';
import type { ReferenceData } from '../../reference/index.js';
import { horizonOf } from '../catalogue/journey-times.js';
import { regionsOn } from '../catalogue/regions.js';
import { bearingOn, isOfQuarter, releaseBefore, releaseNamed, type ReleaseName } from '../quarter.js';
import { trueCounts } from './attacked-system.js';
import { earlierFigures, sealCounts, type KeptCounts } from './kept-counts.js';
import type { ReleaseLedger } from './ledger.js';
import { onOneConnection } from './one-connection.js';
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
 * @throws ReleaseRefused, ReleaseUnsafe, LedgerUnusable
 */
export const freezeRelease = async (id: string, parts: FreezingParts): Promise<Freezing> => {
  const name = releaseNamed(id);
  if (!name)
    throw new ReleaseRefused('A release is named by its quarter, 2026-Q3, or 2026-Q3.1 for a correction.');
  const { instant, today } = parts.now();
  if (name.quarter.to >= today)
    throw new ReleaseRefused(`${name.quarter.name} is not over before the end of ${name.quarter.to}.`);
  return onOneConnection(parts.pool, async (connection) => {
    const { rows } = await connection.query<{ alone: boolean }>(
      "SELECT pg_try_advisory_lock(hashtextextended('kim release', 0)) AS alone",
    );
    if (rows[0]?.alone !== true)
      throw new ReleaseRefused(
        'Another release is being made: wait until it is frozen, since this one has to be attacked together with it.',
      );
    return frozenAlone(name, instant, parts, async () => {
      await connection.query('SELECT');
    });
  });
};

/** While no other release is made: `stillAlone` rejects when the connection broke that sees to it. */
const frozenAlone = async (
  name: ReleaseName,
  instant: string,
  parts: FreezingParts,
  stillAlone: () => Promise<void>,
): Promise<Freezing> => {
  const { pool, schema, ledger, reference, recordKeySecret, countsKey } = parts;
  const { factsAtHead, onProgress, warn } = parts;
  const { id } = name;
  const store = releaseStore(pool);
  await ledger.tryWriting();
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
    earlierOf: earlierFigures(store, countsKey, ({ carriedOver }) =>
      attackedWith.flatMap((release) => {
        if (isOfQuarter(release, name)) return [{ release }];
        return carriedOver ? [{ release, slots: carriedOver }] : [];
      }),
    ),
    onFigure: (indicator, figure, system) => {
      kept.push(sealCounts(countsKey, id, indicator, figure, trueCounts(figure, system)));
      smallCounts += system.attacked.small;
      withheld += system.attacked.withheld.length;
    },
    onProgress,
  });
  await stillAlone();
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
 * Lists what was frozen and not yet listed, should the process have ended in between.
 * @throws ReleaseRefused where a release is not the one that was listed
 */
const healLedger = async (pool: pg.Pool, ledger: ReleaseLedger): Promise<void> => {
  const listed = new Map((await ledger.list()).map(({ id, hash }) => [id, hash]));
  for (const { id, hash } of await releaseStore(pool).list()) {
    const known = listed.get(id);
    if (known === undefined) await ledger.add({ id, hash });
    else if (known !== hash)
      throw new ReleaseRefused(
        `The ledger lists ${id} with another hash than the one that is held here: restore the data directory in which it was frozen.`,
      );
  }
};
