import {
  closeSearchHashes,
  likelyMatch,
  nameTokens,
  personHashes,
  queryTokens,
  score,
  searchHashes,
  searchScore,
  searchTokens,
  unpackTokens,
} from '#personal-data';
import type { NamedPerson, NameToken, Score } from '#personal-data';
import type pg from 'pg';
import type { Directory } from './directory.js';

export interface FoundClient {
  readonly clientId: string;
  /** 0 to 1. */
  readonly score: number;
}

/**
 * Clients who may be this person, the likeliest first, among those whom the organisation has ever had to do
 * with; where clients were merged, the survivor. Whether it may see them now, and what of them, has to be asked
 * of the record.
 */
export const likelyClients = async (
  directory: Directory,
  person: NamedPerson,
  organisationId: string,
): Promise<readonly FoundClient[]> => {
  const query = queryTokens(directory.searchKey, person);
  const asked = { organisationId, limit: mostCompared };
  const candidates = await candidatesFor(directory, [personHashes(query)], asked);
  return best(candidates, likelyMatch, (tokens) => score(query, tokens));
};

/** As many names as one person is compared with: namesakes beyond are told apart by nobody. */
const mostCompared = 5_000;

/**
 * How well somebody fits this person by the names that a reader knows them by, of which the best counts;
 * nothing if it is hardly them. What the directory goes by may be more than the reader may know.
 */
export const likenessTo = ({ searchKey }: Directory, person: NamedPerson) => {
  const query = queryTokens(searchKey, person);
  return (names: readonly NamedPerson[]): Score | undefined =>
    names
      .map((name) => score(query, nameTokens(searchKey, name)))
      .filter((one) => one.score >= likelyMatch)
      .sort((one, other) => other.score - one.score)[0];
};

/**
 * Clients whose name fits what somebody typed, the best first, among those whom the organisation has ever had
 * to do with: at most so many names are looked at, those that sound like it before all others. Each person comes
 * with the ids of all clients that were merged into one.
 */
export const findClientIds = async (
  directory: Directory,
  q: string,
  { organisationId, limit }: { readonly organisationId: string; readonly limit: number },
): Promise<readonly FoundClient[]> => {
  const query = searchTokens(directory.searchKey, q);
  const lists = searchHashes(query);
  if (lists.length === 0) return [];
  const asked = { organisationId, limit };
  const closest = await candidatesFor(directory, closeSearchHashes(query), asked);
  // What was typed may be the beginning of very many names; who types another letter finds the rest.
  const others = await candidatesFor(directory, lists, { ...asked, besides: closest });
  const candidates = [...closest, ...others];
  const found = best(candidates, likelyMatch, (tokens) => searchScore(query, tokens));
  const members = await membersOf(directory, found);
  return found.flatMap(({ clientId, score }) =>
    (members.get(clientId) ?? []).map((member) => ({ clientId: member, score })),
  );
};

interface Candidate {
  readonly client_id: string;
  readonly survivor_id: string;
  readonly tokens: Buffer;
}

interface Asked {
  readonly organisationId: string;
  /** Together with those found already. */
  readonly limit?: number;
  readonly besides?: readonly Candidate[];
}

/** Rows with a hash of each list, of persons whom the organisation knows under one of their clients at least. */
const candidatesFor = async (
  { pool, schema }: Directory,
  lists: readonly (readonly string[])[],
  { organisationId, limit, besides = [] }: Asked,
): Promise<readonly Candidate[]> => {
  const left = limit === undefined ? null : limit - besides.length;
  if (left === 0 || lists.some((list) => list.length === 0)) return [];
  const fitting = lists.map((_, at) => `found.hashes && $${at + 4}::bigint[]`).join(' AND ');
  return selectByIndex<Candidate>(
    pool,
    `SELECT client_id, survivor_id, tokens FROM ${schema}.clients found
      WHERE ${fitting} AND NOT client_id = ANY ($3::uuid[]) AND (
        SELECT bool_or($1 = ANY (same.organisations)) FROM ${schema}.clients same
         WHERE same.survivor_id = found.survivor_id)
      LIMIT $2`,
    [organisationId, left, besides.map(({ client_id }) => client_id), ...lists],
  );
};

/**
 * By index, whatever the planner thinks: it takes every rare hash for as common as the rarest of those that it
 * has counted, and would rather read the whole table, or start another process for a millisecond's work.
 */
const selectByIndex = async <Row extends object>(
  pool: pg.Pool,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> => {
  const client = await pool.connect();
  // Without a listener a connection that breaks between two statements would end the process.
  const broken = (): void => undefined;
  client.on('error', broken);
  let ended = false;
  try {
    await client.query(
      'BEGIN READ ONLY; SET LOCAL enable_seqscan = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off',
    );
    const { rows } = await client.query<Row>(text, [...values]);
    await client.query('COMMIT');
    ended = true;
    return rows;
  } finally {
    client.off('error', broken);
    // A connection that is closed takes its transaction with it.
    client.release(!ended);
  }
};

/** Each person once, by the name of theirs that fits best. */
const best = (
  candidates: readonly Candidate[],
  atLeast: number,
  scored: (tokens: readonly NameToken[]) => Score,
): readonly FoundClient[] => {
  const persons = new Map<string, FoundClient>();
  for (const { survivor_id: clientId, tokens } of candidates) {
    const found = { clientId, score: scored(unpackTokens(tokens)).score };
    if (found.score >= atLeast && found.score > (persons.get(clientId)?.score ?? 0))
      persons.set(clientId, found);
  }
  return [...persons.values()].sort((a, b) => b.score - a.score || (a.clientId < b.clientId ? -1 : 1));
};

const membersOf = async (
  { pool, schema }: Directory,
  found: readonly FoundClient[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { rows } = await pool.query<{ survivor_id: string; members: readonly string[] }>(
    `SELECT survivor_id, array_agg(client_id::text ORDER BY client_id) AS members FROM ${schema}.clients
      WHERE survivor_id = ANY ($1::uuid[]) GROUP BY survivor_id`,
    [found.map(({ clientId }) => clientId)],
  );
  return new Map(rows.map(({ survivor_id, members }) => [survivor_id, members]));
};
