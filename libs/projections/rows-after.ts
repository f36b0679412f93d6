import { listName, type Projection, type Row } from './projection.js';
import { KeyChanged } from './working-set.js';

/**
 * What a projection's views would show after these events, folded in memory: for the tests of projections.
 * Rows are frozen, so that an `evolve` that changes the row it is given fails here.
 */
export const rowsAfter = <Event>(
  projection: Projection<Event>,
  events: readonly Event[],
): Readonly<Record<string, readonly Row[]>> => {
  const { name, key: keyProperty, related, lists = {} } = projection;
  const rows = new Map<string, Row>();
  for (const event of events) {
    const value = related?.valueOf(event);
    const concerned = [...rows].filter(([, row]) => value !== undefined && row[related!.column] === value);
    for (const key of new Set([...projection.rowKeysOf(event), ...concerned.map(([key]) => key)])) {
      const row = projection.evolve(rows.get(key), event, key);
      if (row && row[keyProperty] !== key) throw new KeyChanged(name);
      if (row) rows.set(key, frozen(row));
      else rows.delete(key);
    }
  }
  const all = [...rows.values()];
  return {
    [name]: all,
    ...Object.fromEntries(
      Object.entries(lists).map(([list, { rowsOf }]) => [
        listName(name, list),
        all.flatMap((row) => rowsOf(row).map((entry) => ({ [keyProperty]: row[keyProperty], ...entry }))),
      ]),
    ),
  };
};

const frozen = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
};
