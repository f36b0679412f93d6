import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Columns } from './column.js';
import type { Statements } from './database.js';
import type { Projection, Row } from './projection.js';
import { openRows, sealedProperties, sealRows, type KeyedRow, type Seals } from './sealing.js';
import { parametersOf, rowFrom, type Table, type Tables } from './table.js';

/**
 * The rows of one projection that some events concern: loaded with one statement, folded in memory, written
 * back with one statement. Worth something only as long as nobody else writes to these tables.
 */
export interface WorkingSet<Event> {
  /** Rows held in memory. */
  readonly size: number;
  fold(events: readonly Event[]): Promise<void>;
  /** What has to be written, sealed and as text already. */
  changes(): Promise<Changes>;
  /** The row as folded so far, if it is held here. */
  held(key: string): { readonly row: Row | undefined } | undefined;
  /** Keys of the rows held here with one of these values. */
  heldWith(property: string, values: ReadonlySet<string>): readonly string[];
  /** Lets go of the set beneath, once nothing will be folded here any more. */
  detach(): void;
}

export interface Changes {
  readonly none: boolean;
  write(transaction: Statements): Promise<void>;
}

/**
 * @param beneath the set before, which may still be on its way into the tables: its rows count as loaded
 */
export const workingSet = <Event>(
  projection: Projection<Event>,
  tables: Tables,
  database: Statements,
  seals: Seals | undefined,
  beneath?: WorkingSet<Event>,
): WorkingSet<Event> => {
  const { columns, key, name, related } = projection;
  const entries = new Map<string, Entry>();
  const properties = Object.entries(columns);
  const sealedOnes = sealedProperties(columns);

  const hold = async (found: readonly Row[]): Promise<void> => {
    const rows = found.map((row) => ({ key: String(row[key]), row }));
    const opened = sealedOnes.length > 0 ? await openRows(name, columns, rows, seals) : found;
    for (const [at, { key, row }] of rows.entries()) {
      const readable = opened[at]!;
      const entry = entries.get(key);
      if (!entry) throw new KeyChanged(name);
      [entry.before, entry.after, entry.stored] = [readable, readable, row];
      entry.outdated = sealedOnes.some((property) => row[property] !== null && readable[property] === null);
    }
  };

  const select = async (statement: string, values: readonly string[]): Promise<readonly Row[]> =>
    (await database.query(statement, [values])).map((row) => rowFrom(properties, row));

  /** What is held of a row; asks the set beneath, and notes in `missing` what only the table can know. */
  const entryOf = (key: string, missing: string[]): Entry => {
    const known = entries.get(key);
    if (known) return known;
    const held = beneath?.held(key);
    const entry: Entry = { key, before: held?.row, after: held?.row, stored: undefined, outdated: false };
    entries.set(key, entry);
    if (!held) missing.push(key);
    return entry;
  };

  const load = async (missing: readonly string[]): Promise<void> => {
    if (missing.length > 0) await hold(await select(tables.rows.selectByKey, missing));
  };

  const loadRelated = async (values: ReadonlySet<string>): Promise<void> => {
    if (!related || !tables.selectRelated || values.size === 0) return;
    for (const key of beneath?.heldWith(related.column, values) ?? []) entryOf(key, []);
    const unknown: string[] = [];
    const found = await select(tables.selectRelated, [...values]);
    for (const row of found) entryOf(String(row[key]), unknown);
    const isUnknown = new Set(unknown);
    await hold(found.filter((row) => isUnknown.has(String(row[key]))));
  };

  const heldWith = (property: string, values: ReadonlySet<string>): readonly string[] =>
    [...entries].filter(([, { after }]) => after && values.has(String(after[property]))).map(([key]) => key);

  const evolve = (entry: Entry, event: Event): void => {
    entry.after = projection.evolve(entry.after, event, entry.key);
    if (entry.after && entry.after[key] !== entry.key) throw new KeyChanged(name);
  };

  return {
    get size() {
      return entries.size;
    },
    fold: async (events) => {
      const missing: string[] = [];
      const concerned = events.map((event) =>
        projection.rowKeysOf(event).map((key) => entryOf(key, missing)),
      );
      await load(missing);
      const valueOf = related ? events.map((event) => related.valueOf(event)) : [];
      await loadRelated(new Set(valueOf.filter((value) => value !== undefined)));
      let begun = performance.now();
      for (const [at, event] of events.entries()) {
        // Some rows take long to fold: whoever shares the thread is let in between.
        if (performance.now() - begun > longestFold) {
          await setImmediate();
          begun = performance.now();
        }
        for (const entry of concerned[at]!) evolve(entry, event);
        const value = valueOf[at];
        if (related && value !== undefined)
          for (const key of heldWith(related.column, new Set([value]))) {
            const entry = entries.get(key)!;
            if (!concerned[at]!.includes(entry)) evolve(entry, event);
          }
      }
    },
    changes: () => changesOf(projection, tables, entries, seals),
    held: (key) => {
      const entry = entries.get(key);
      return entry && { row: entry.after };
    },
    heldWith,
    detach: () => {
      beneath = undefined;
    },
  };
};

/** Milliseconds of folding without a break. */
const longestFold = 20;

/**
 * `evolve` gave a row another key than the one it was asked about, or an event spells a key otherwise than
 * PostgreSQL does (UUIDs are written in lower case).
 */
export class KeyChanged extends Error {
  override readonly name = 'KeyChanged';
  constructor(projectionName: string) {
    super(`Projection ${projectionName}: a row came back under another key`);
  }
}

interface Entry {
  readonly key: string;
  before: Row | undefined;
  after: Row | undefined;
  /** As it lies in the table, sealed texts included; unknown if it never was read from there. */
  stored: Row | undefined;
  /**
   * A key is gone since it was written. What lies in the table, its lists above all, may still follow from
   * the text that cannot be read any more, and has to be written anew.
   */
  outdated: boolean;
}

// Bounds what one statement takes in memory, here and in the database.
const rowsInOneStatement = 10_000;

const changesOf = async <Event>(
  projection: Projection<Event>,
  tables: Tables,
  entries: ReadonlyMap<string, Entry>,
  seals: Seals | undefined,
): Promise<Changes> => {
  const changed = [...entries].filter(
    ([, { before, after, outdated }]) => outdated || !sameRow(projection.columns, before, after),
  );
  const written = changed.filter(([, { after }]) => after !== undefined);
  const rows = await sealedAgain(projection, written, seals);
  for (const [at, [, entry]] of written.entries())
    entry.after = asReadable(projection.columns, entry.after!, rows[at]!);
  const gone = changed.filter(([, { after }]) => after === undefined).map(([key]) => key);
  const steps = [deletion(tables.rows, gone), insertion(tables.rows, tables.rows.upsert, rows)];
  for (const list of tables.lists) {
    const replaced = changed
      .map(([key, { before, after, outdated }]) => ({
        key,
        outdated,
        before: before ? list.rowsOf(before) : [],
        after: after ? list.rowsOf(after) : [],
      }))
      .filter(({ before, after, outdated }) => outdated || !sameRows(list.columns, before, after));
    const emptied = replaced
      .filter(({ before, outdated }) => outdated || before.length > 0)
      .map(({ key }) => key);
    const filled = replaced.flatMap(({ key, after }) =>
      after.map((row) => ({ key, row: { [list.key]: key, ...row } })),
    );
    const filling = await sealRows(list.view, list.columns, filled, seals);
    steps.push(deletion(list, emptied), insertion(list, list.insert, filling));
  }
  const statements = steps.flat();
  return {
    none: statements.length === 0,
    write: async (transaction) => {
      for (const { text, values } of statements) await transaction.query(text, values);
    },
  };
};

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

const deletion = (table: Table, keys: readonly string[]): readonly Statement[] =>
  keys.length > 0 ? [{ text: table.deleteByKey, values: [keys] }] : [];

const insertion = (table: Table, text: string, rows: readonly Row[]): readonly Statement[] =>
  inPortions(rows).map((portion) => ({ text, values: parametersOf(table.columns, portion) }));

const inPortions = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / rowsInOneStatement) }, (_, at) =>
    items.slice(at * rowsInOneStatement, (at + 1) * rowsInOneStatement),
  );

/** A sealed text that did not change keeps its ciphertext: sealing is the dearest part of writing. */
const sealedAgain = async <Event>(
  { name, columns }: Projection<Event>,
  written: readonly [string, Entry][],
  seals: Seals | undefined,
): Promise<readonly Row[]> => {
  const sealedOnes = sealedProperties(columns);
  if (sealedOnes.length === 0) return written.map(([, { after }]) => after!);
  const kept = written.map(([, { before, after, stored }]) =>
    Object.fromEntries(
      sealedOnes
        .filter(
          (property) =>
            before && stored && before[property] !== null && after![property] === before[property],
        )
        .filter(
          (property) => before![columns[property]!.sealedFor!] === after![columns[property]!.sealedFor!],
        )
        .map((property) => [property, stored![property]]),
    ),
  );
  const open = written.map(([key, { after }], at): KeyedRow => {
    const blanks = Object.fromEntries(Object.keys(kept[at]!).map((property) => [property, null]));
    return { key, row: { ...after, ...blanks } };
  });
  const rows = await sealRows(name, columns, open, seals);
  return rows.map((row, at) => ({ ...row, ...kept[at] }));
};

/** What can be read of a row once it is written: a key may have gone between unsealing an event and sealing the row. */
const asReadable = (columns: Columns, row: Row, written: Row): Row => {
  const unsealable = sealedProperties(columns).filter(
    (property) => row[property] !== null && written[property] === null,
  );
  return unsealable.length === 0
    ? row
    : { ...row, ...Object.fromEntries(unsealable.map((property) => [property, null])) };
};

const sameRows = (columns: Columns, some: readonly Row[], others: readonly Row[]): boolean =>
  some.length === others.length && some.every((row, at) => sameRow(columns, row, others[at]));

const sameRow = (columns: Columns, one: Row | undefined, other: Row | undefined): boolean => {
  if (one === other) return true;
  if (!one || !other) return false;
  return Object.keys(columns).every((property) => {
    const [a, b] = [one[property], other[property]];
    return a === b || (typeof a === 'object' && isDeepStrictEqual(a, b));
  });
};
