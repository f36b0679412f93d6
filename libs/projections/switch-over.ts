import type { Position } from '#event-store';
import pg from 'pg';
import type { Columns } from './column.js';
import type { Database, Statements } from './database.js';
import type { Feed } from './feed.js';
import { generationsIn, retire, channelOf, type Generation } from './registry.js';
import { quoted, type Tables } from './table.js';

/**
 * A reader holds a lock on the view until its transaction ends, and readers that come later queue behind a
 * switch that waits for it: so it waits only this long, and tries again later. Shorter than PostgreSQL's
 * deadlock_timeout (1 s), so that a switch never costs a reader of two views its transaction. Milliseconds.
 */
const patience = 250;

/** Makes the declared indexes of a generation that nobody reads yet, and counts its rows for the planner. */
export const makeIndexes = async (
  database: Database,
  schema: string,
  { id }: Pick<Generation, 'id'>,
  { rows, lists }: Tables,
): Promise<void> => {
  await database.transaction(async (transaction) => {
    for (const statement of [rows, ...lists].flatMap(({ indexes }) => indexes))
      await transaction.query(statement, [], longestIndexing);
    await transaction.query(`UPDATE ${schema}.generations SET indexed = true WHERE generation = $1`, [id]);
  });
  for (const { name } of [rows, ...lists]) await database.query(`ANALYZE ${name}`, [], longestIndexing);
};

/** Milliseconds. */
const longestIndexing = 60 * 60_000;

/**
 * Lets the views show this generation instead of the active one, in one transaction: a reader sees the rows
 * of one or of the other. Gives false if readers were in the way, or it is not where it was thought to be.
 */
export const switchOver = async <Event>(
  database: Database,
  schema: string,
  { generation, checkpoint, tables }: Feed<Event>,
): Promise<boolean> => {
  try {
    return await database.transaction(async (transaction) => {
      await transaction.query(`SET LOCAL lock_timeout = ${patience}`);
      // What the views show after a power cut must not be older than what they showed before.
      await transaction.query('SET LOCAL synchronous_commit = on');
      const former = (await generationsIn(transaction, schema)).find(
        ({ projection, state }) => projection === generation.projection && state === 'active',
      );
      if (former) await retire(transaction, schema, former);
      if (!(await activate(transaction, schema, generation.id, checkpoint))) throw new Superseded();
      for (const view of new Set([...(former?.views ?? []), ...generation.views]))
        await transaction.query(`DROP VIEW IF EXISTS ${schema}.${view}`);
      for (const { view, columns, name } of [tables.rows, ...tables.lists])
        await transaction.query(`CREATE VIEW ${schema}.${view} AS SELECT ${columnsOf(columns)} FROM ${name}`);
      return true;
    });
  } catch (error) {
    if (error instanceof Superseded || isLockTimeout(error)) return false;
    throw error;
  }
};

/** Drops the tables of retired generations that nobody reads any more. Gives false if some are still read. */
export const dropRetired = async (database: Database, schema: string): Promise<boolean> => {
  const retired = (await generationsIn(database, schema)).filter(({ state }) => state === 'retired');
  let all = true;
  for (const { id, version, views } of retired) {
    try {
      await database.transaction(async (transaction) => {
        await transaction.query(`SET LOCAL lock_timeout = ${patience}`);
        for (const view of views)
          await transaction.query(`DROP TABLE IF EXISTS ${schema}.${view}_v${version}_${id}`);
        await transaction.query(`DELETE FROM ${schema}.generations WHERE generation = $1`, [id]);
      });
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      all = false;
    }
  }
  return all;
};

const columnsOf = (columns: Columns): string => Object.keys(columns).map(quoted).join(', ');

class Superseded extends Error {}

const activate = async (
  transaction: Statements,
  schema: string,
  id: number,
  checkpoint: Position | undefined,
): Promise<boolean> => {
  const activated = await transaction.query(
    `UPDATE ${schema}.generations SET state = 'active', live = true, failure = NULL
     WHERE generation = $1 AND state = 'building' AND position IS NOT DISTINCT FROM $2
     RETURNING pg_notify($3, json_build_object(
       'projection', projection, 'generation', generation, 'state', state, 'position', position)::text)`,
    [id, checkpoint ?? null, channelOf(schema)],
  );
  return activated.length > 0;
};

const isLockTimeout = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === '55P03';
