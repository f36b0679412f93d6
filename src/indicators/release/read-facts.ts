import type pg from 'pg';
import type { JourneyFacts } from '../facts/journey-facts.js';
import type { Facts } from './cases.js';
import { onOneConnection } from './one-connection.js';

/** All facts, with the last day of which they know anything. The views must be at the log's head. */
export const readFacts = (
  pool: pg.Pool,
  schema: string,
): Promise<Omit<Facts, 'regions'> & { readonly recordedUntil: string | undefined }> =>
  onOneConnection(pool, async (client) => {
    // The pool's bound is for requests; this reads everything there is, at one moment.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query('SET LOCAL statement_timeout = 0');
    // What the views show changes no more from here on. To lock takes no snapshot: the first SELECT does, and sees
    // the tables of a rebuild that ended before as they are when they are whole.
    await client.query(`LOCK TABLE ${schema}.fact_persons, ${schema}.fact_journeys IN ACCESS SHARE MODE`);
    // In an order of their own, so that a release does not hang on where the rows lie.
    const { rows: persons } = await client.query<{
      person: string;
      sex: string | null;
      age_group: string | null;
      merged_into: string | null;
    }>(`SELECT person, sex, age_group, merged_into FROM ${schema}.fact_persons ORDER BY person`);
    const { rows: journeys } = await client.query<{
      journey: string;
      person: string;
      recorded_on: string;
      facts: JourneyFacts;
    }>(`SELECT journey, person, recorded_on::text, facts FROM ${schema}.fact_journeys ORDER BY journey`);
    await client.query('COMMIT');
    return {
      persons: persons.map(({ person, sex, age_group, merged_into }) => ({
        person,
        sex,
        ageGroup: age_group,
        mergedInto: merged_into,
      })),
      journeys: journeys.map(({ journey, person, facts }) => ({ journey, person, facts })),
      recordedUntil: journeys.reduce<string | undefined>(
        (last, { recorded_on }) => (last === undefined || recorded_on > last ? recorded_on : last),
        undefined,
      ),
    };
  });
