import { phases } from '../journeys/index.js';
import type { Due, Phase } from '../journeys/index.js';
import { views } from '../read-models/index.js';
import { neverContacted, nothingDue } from './worklist.js';

export const sortKeys = ['openedOn', 'dueOn', 'urgency', 'phase', 'lastContactOn'] as const;
type SortKey = (typeof sortKeys)[number];
export const sorts = sortKeys.flatMap((key) => [key, `-${key}` as const]);
export type Sort = SortKey | `-${SortKey}`;

export interface WorklistFilter {
  readonly organisationId: string;
  readonly userId?: string;
  readonly municipality?: string;
  readonly phase?: Phase;
  /** Only what is due on that day or before. */
  readonly dueUntil?: string;
  /** Only these clients' journeys. */
  readonly clientIds?: readonly string[];
}

/** Where a page ended: the value of its last row's sort key, and its journey. */
export interface WorklistPlace {
  readonly value: string;
  readonly journeyId: string;
}

export interface WorklistRow {
  readonly journeyId: string;
  readonly clientId: string;
  readonly organisationId: string;
  readonly userId: string;
  readonly municipality: string;
  readonly phase: Phase;
  readonly openedOn: string;
  readonly dueOn: string | undefined;
  readonly dueWhat: Due['what'] | undefined;
  readonly lastContactOn: string | undefined;
  readonly revision: number;
  /** It came by a handover: the names that go with it are those of the package. */
  readonly handedOver: boolean;
  readonly place: WorklistPlace;
}

const columnOf: Readonly<Record<SortKey, { column: string; type: string }>> = {
  openedOn: { column: 'opened_on', type: 'date' },
  dueOn: { column: 'due_on', type: 'date' },
  urgency: { column: 'urgency', type: 'integer' },
  phase: { column: 'phase', type: 'integer' },
  lastContactOn: { column: 'last_contact_on', type: 'date' },
};

/**
 * The statement for one page, and one row more to tell whether there is another. Its order names the columns of the
 * view: by its bare name PostgreSQL takes the text that is selected, which no index is sorted by.
 */
export const worklistStatement = (
  filter: WorklistFilter,
  sort: Sort,
  after: WorklistPlace | undefined,
  limit: number,
): { readonly text: string; readonly values: readonly unknown[] } => {
  const descending = sort.startsWith('-');
  const { column, type } = columnOf[(descending ? sort.slice(1) : sort) as SortKey];
  const values: unknown[] = [];
  const value = (one: unknown): string => `$${values.push(one)}`;
  const conditions = [`organisation_id = ${value(filter.organisationId)}`];
  if (filter.userId !== undefined) conditions.push(`user_id = ${value(filter.userId)}`);
  if (filter.municipality !== undefined) conditions.push(`municipality = ${value(filter.municipality)}`);
  // The list of work: what is closed is shown to those who ask for it.
  conditions.push(
    filter.phase === undefined
      ? `phase <> ${phases.indexOf('closed')}`
      : `phase = ${value(phases.indexOf(filter.phase))}`,
  );
  if (filter.dueUntil !== undefined) conditions.push(`due_on <= ${value(filter.dueUntil)}::date`);
  if (filter.clientIds !== undefined) conditions.push(`client_id = ANY (${value(filter.clientIds)}::uuid[])`);
  if (after) {
    const [key, journeyId] = [`${value(after.value)}::${type}`, `${value(after.journeyId)}::uuid`];
    conditions.push(
      descending
        ? `${column} <= ${key} AND (${column} < ${key} OR journey_id > ${journeyId})`
        : `(${column}, journey_id) > (${key}, ${journeyId})`,
    );
  }
  return {
    text: `
      SELECT journey_id, client_id, organisation_id, user_id, municipality, phase, opened_on::text,
             due_on::text, due_what, last_contact_on::text, revision, handed_over, ${column}::text AS sorted_by
        FROM ${views}.worklist w
       WHERE ${conditions.join(' AND ')}
       ORDER BY w.${column} ${descending ? 'DESC' : 'ASC'}, w.journey_id
       LIMIT ${value(limit + 1)}`,
    values,
  };
};

/** A row of that statement's answer, as PostgreSQL gives it. */
export interface StoredRow {
  readonly journey_id: string;
  readonly client_id: string;
  readonly organisation_id: string;
  readonly user_id: string;
  readonly municipality: string;
  readonly phase: number;
  readonly opened_on: string;
  readonly due_on: string;
  readonly due_what: Due['what'] | null;
  readonly last_contact_on: string;
  readonly revision: number;
  readonly handed_over: number;
  readonly sorted_by: string;
}

export const worklistRow = (row: StoredRow): WorklistRow => ({
  journeyId: row.journey_id,
  clientId: row.client_id,
  organisationId: row.organisation_id,
  userId: row.user_id,
  municipality: row.municipality,
  phase: phases[row.phase] ?? 'intake',
  openedOn: row.opened_on,
  dueOn: row.due_on === nothingDue ? undefined : row.due_on,
  dueWhat: row.due_what ?? undefined,
  lastContactOn: row.last_contact_on === neverContacted ? undefined : row.last_contact_on,
  revision: row.revision,
  handedOver: row.handed_over === 1,
  place: { value: row.sorted_by, journeyId: row.journey_id },
});
