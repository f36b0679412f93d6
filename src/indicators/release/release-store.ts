import { createHash } from 'node:crypto';
import type pg from 'pg';
import { canonicalJson, type JsonObject } from '#personal-data';
import { inOrderOfRelease } from '../quarter.js';
import type { KeptCounts } from './kept-counts.js';
import { onOneConnection } from './one-connection.js';
import type { Audience, Release, ReleasedFigure, SafetyReport } from './release.js';

/** What is told of a release beside its tables. */
export type ReleaseDescription = Omit<Release, 'tables'>;

export interface FrozenRelease extends ReleaseDescription {
  readonly hash: string;
  readonly frozenAt: string;
}

/** Frozen releases in PostgreSQL. */
export interface ReleaseStore {
  list(): Promise<readonly FrozenRelease[]>;
  find(id: string): Promise<FrozenRelease | undefined>;
  /** Of a breakdown that is not released: undefined. */
  figures(
    release: string,
    audience: Audience,
    indicator: string,
    by: string,
  ): Promise<readonly ReleasedFigure[] | undefined>;
  /** All breakdowns of an indicator. */
  allFigures(
    release: string,
    audience: Audience,
    indicator: string,
  ): Promise<readonly { readonly by: string; readonly figures: readonly ReleasedFigure[] }[]>;
  /** Sealed; undefined for a release that kept none. */
  keptCounts(release: string, indicator: string, figure: string): Promise<string | undefined>;
  /** The breakdowns that are released of an indicator. */
  breakdowns(release: string, audience: Audience, indicator: string): Promise<readonly string[]>;
  /** All of it or nothing. Gives its hash. */
  freeze(release: Release, at: string, kept: readonly KeptCounts[]): Promise<FrozenRelease>;
}

/** SHA-256 over canonical JSON: two releases with the same hash are the same, byte for byte. */
export const hashOfRelease = (release: Release): string =>
  createHash('sha256')
    .update(canonicalJson(release as unknown as JsonObject))
    .digest('hex');

export const releaseStore = (pool: pg.Pool): ReleaseStore => ({
  list: async () => {
    const { rows } = await pool.query<StoredRelease>(selectReleases);
    return rows.map(frozen).toSorted(inOrderOfRelease);
  },

  find: async (id) => {
    const { rows } = await pool.query<StoredRelease>(`${selectReleases} WHERE id = $1`, [id]);
    return rows[0] && frozen(rows[0]);
  },

  figures: async (release, audience, indicator, by) => {
    const { rows } = await pool.query<{ figures: string }>(
      `SELECT figures FROM kim.release_tables
        WHERE release = $1 AND audience = $2 AND indicator = $3 AND breakdown = $4`,
      [release, audience, indicator, by],
    );
    return rows[0] && (JSON.parse(rows[0].figures) as ReleasedFigure[]);
  },

  allFigures: async (release, audience, indicator) => {
    const { rows } = await pool.query<{ by: string; figures: string }>(
      `SELECT breakdown AS by, figures FROM kim.release_tables
        WHERE release = $1 AND audience = $2 AND indicator = $3`,
      [release, audience, indicator],
    );
    return rows.map(({ by, figures }) => ({ by, figures: JSON.parse(figures) as ReleasedFigure[] }));
  },

  keptCounts: async (release, indicator, figure) => {
    const { rows } = await pool.query<{ counts: string }>(
      'SELECT counts FROM kim.release_counts WHERE release = $1 AND indicator = $2 AND figure = $3',
      [release, indicator, figure],
    );
    return rows[0]?.counts;
  },

  breakdowns: async (release, audience, indicator) => {
    const { rows } = await pool.query<{ breakdown: string }>(
      `SELECT breakdown FROM kim.release_tables WHERE release = $1 AND audience = $2 AND indicator = $3
        ORDER BY length(breakdown) - length(replace(breakdown, ',', '')), breakdown`,
      [release, audience, indicator],
    );
    return rows.map(({ breakdown }) => breakdown);
  },

  freeze: async (release, at, kept) => {
    const { tables, ...description } = release;
    const hash = hashOfRelease(release);
    await onOneConnection(pool, async (client) => {
      await client.query('BEGIN');
      await client.query('SET LOCAL statement_timeout = 0');
      await client.query(
        'INSERT INTO kim.releases (id, hash, frozen_at, description) VALUES ($1, $2, $3, $4)',
        [release.id, hash, at, JSON.stringify(description)],
      );
      await client.query(
        `INSERT INTO kim.release_tables (release, audience, indicator, breakdown, figures)
         SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[])`,
        [
          release.id,
          tables.map(({ audience }) => audience),
          tables.map(({ indicator }) => indicator),
          tables.map(({ by }) => by),
          tables.map(({ figures }) => JSON.stringify(figures)),
        ],
      );
      await client.query(
        `INSERT INTO kim.release_counts (release, indicator, figure, counts)
         SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[])`,
        [
          release.id,
          kept.map(({ indicator }) => indicator),
          kept.map(({ figure }) => figure),
          kept.map(({ counts }) => counts),
        ],
      );
      await client.query('COMMIT');
    });
    return { ...description, hash, frozenAt: at };
  },
});

interface StoredRelease {
  readonly hash: string;
  readonly frozen_at: Date;
  readonly description: ReleaseDescription;
}

const selectReleases = 'SELECT hash, frozen_at, description FROM kim.releases';

const frozen = ({ hash, frozen_at, description }: StoredRelease): FrozenRelease => ({
  ...description,
  safety: description.safety.map(withoutTrueCounts),
  // Those of earlier versions were attacked alone.
  attackedWith: (description as Partial<ReleaseDescription>).attackedWith ?? [],
  hash,
  frozenAt: frozen_at.toISOString(),
});

/**
 * Those of earlier versions say how many true counts were small, and count as withheld whatever is not 0 in
 * breakdowns that are not released: exact numbers of true counts, which nobody is told any more.
 */
const withoutTrueCounts = (report: SafetyReport & { readonly smallCounts?: number }): SafetyReport => {
  if (report.smallCounts === undefined) return report;
  const { smallCounts: _small, withheld: _withheld, ...rest } = report;
  return rest;
};
