import { unsealText } from '#personal-data';
import { sealedPlace } from '#projections';
import type { Directory } from './directory.js';
import { readPerson } from './listed-person.js';
import type { ListedPerson } from './listed-person.js';

export type ListedName = Omit<ListedPerson, 'otherNames'>;

/** How these clients are called, who were merged by their survivor's name; without those who are erased. */
export const namesOf = async (
  { pool, schema, keys }: Directory,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, ListedName>> => {
  if (clientIds.length === 0) return new Map();
  const { rows } = await pool.query<{ client_id: string; survivor_id: string; person: string }>(
    `SELECT asked.client_id, asked.survivor_id, survivor.person
       FROM ${schema}.clients asked JOIN ${schema}.clients survivor ON survivor.client_id = asked.survivor_id
      WHERE asked.client_id = ANY ($1::uuid[]) AND survivor.person IS NOT NULL`,
    [clientIds],
  );
  const subjectKeys = await keys.fetch(new Set(rows.map(({ survivor_id }) => survivor_id)));
  return new Map(
    rows.flatMap(({ client_id, survivor_id, person }) => {
      const key = subjectKeys.get(survivor_id);
      if (!key) return [];
      const written = unsealText(key, sealedPlace('clients', 'person', survivor_id), person);
      const { otherNames: _, ...name } = readPerson(written);
      return [[client_id, name]];
    }),
  );
};
