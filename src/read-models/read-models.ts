import type pg from 'pg';
import type { EventStore, Position } from '#event-store';
import type { SubjectKeys } from '#personal-data';
import { createProjections } from '#projections';
import type { Incident, Projection, Projections } from '#projections';
import { unavailable } from '../http/index.js';
import { keysOfOneBatch } from './batch-keys.js';
import { caseEvents } from './case-event.js';
import type { CaseEvent } from './case-event.js';
import { sealsUnder } from './seals.js';

/** The injection token of the read models. */
export const READ_MODELS = Symbol('READ_MODELS');

/** The schema of the views that queries read. */
export const views = 'kim_views';

export interface ReadModels {
  readonly pool: pg.Pool;
  readonly keys: SubjectKeys;
  readonly projections: Projections;
  /**
   * Waits at most two seconds until the view can be read and holds what was written up to the position.
   * @throws InvalidPosition for another store's position, Problem 503 if it takes longer
   */
  ready(projection: string, minPosition?: string): Promise<void>;
  /** Waits until the view holds everything that is in the log at this moment; false if that takes longer. */
  atHead(projection: string): Promise<boolean>;
}

export interface ReadModelParts {
  readonly store: EventStore;
  readonly keys: SubjectKeys;
  readonly pool: pg.Pool;
  /** Where the views lie, for the engine's own connections. */
  readonly databaseAddress: string;
  readonly projections: readonly Projection<CaseEvent>[];
  readonly report: (incident: Incident) => void;
}

export const openReadModels = ({
  store,
  keys,
  pool,
  databaseAddress,
  projections: definitions,
  report,
}: ReadModelParts): ReadModels => {
  const projections = createProjections<CaseEvent>({
    database: { connectionString: databaseAddress, application_name: 'kim' },
    schema: views,
    store,
    projections: definitions,
    decode: caseEvents(keys),
    seals: sealsUnder(keys),
    forOneBatch: () => {
      const fetched = keysOfOneBatch(keys);
      return { decode: caseEvents(fetched), seals: sealsUnder(fetched) };
    },
    measure,
    // A journey in memory, folded and as it is written, takes ten times what a usual row does.
    stretch: { rows: 4_000 },
    report,
  });
  const wait = (projection: string, position: Position | undefined): Promise<boolean> =>
    projections.waitFor(projection, position, patience);
  return {
    pool,
    keys,
    projections,
    ready: async (projection, minPosition) => {
      const position = minPosition === undefined ? undefined : store.parsePosition(minPosition);
      if (await wait(projection, position)) return;
      throw position === undefined
        ? unavailable('view-not-ready', 2, 'This view is being built; nothing is lost.')
        : unavailable('view-behind', 1, 'The write itself succeeded; this view does not show it yet.');
    },
    atHead: async (projection) => wait(projection, await store.head()),
  };
};

/** Milliseconds that a query waits for its view. */
const patience = 2_000;

/** Both stores print how far a position is behind the name of their log. */
export const measure = (position: Position): number => Number(position.split('-')[1]);
