import { createHash, createSecretKey, randomUUID, type KeyObject } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { openPostgresEventStore, type EventStore, type Position, type RecordedEvent } from '#event-store';
import { seal, sealText, unseal, unsealText } from '#personal-data';
import pg from 'pg';
import {
  createProjections,
  date,
  instant,
  integer,
  json,
  list,
  nullable,
  projection,
  rowsAfter,
  sealed,
  sealedPlace,
  text,
  textList,
  uuid,
  type Incident,
  type Projection,
  type Projections,
  type ProjectionsOptions,
  type RowOf,
  type Seals,
} from '../index.js';

/** What an office's events say, unsealed. A name is absent once the client is erased. */
export type OfficeEvent =
  | { type: 'ClientRegistered'; clientId: string; name: string | undefined }
  | { type: 'ClientErased'; clientId: string }
  | { type: 'JourneyOpened'; journeyId: string; clientId: string; owner: string; openedOn: string }
  | { type: 'ContactRecorded'; journeyId: string; at: string; language: string }
  | { type: 'GoalAgreed'; journeyId: string; goal: string; dueOn: string }
  | { type: 'GoalReviewed'; journeyId: string; goal: string }
  | { type: 'JourneyAssigned'; journeyId: string; owner: string }
  | { type: 'JourneyClosed'; journeyId: string };

const journeyColumns = {
  journeyId: uuid(),
  clientId: nullable(uuid()),
  owner: text(),
  openedOn: date(),
  contacts: integer(),
  lastContactAt: nullable(instant()),
  languages: textList(),
  goals: json<readonly { readonly goal: string; readonly dueOn: string }[]>(),
};

type Journey = RowOf<typeof journeyColumns>;

/** Open journeys, one row each, and their tasks, any number each. */
export const caseload = projection({
  name: 'caseload',
  version: 1,
  prefixes: ['journey-', 'client-'],
  eventTypes: [
    'JourneyOpened',
    'ContactRecorded',
    'GoalAgreed',
    'GoalReviewed',
    'JourneyAssigned',
    'JourneyClosed',
    'ClientErased',
  ],
  columns: journeyColumns,
  key: 'journeyId',
  indexes: ['(owner, opened_on)', 'USING gin (languages)'],
  lists: {
    tasks: list({
      columns: { what: text(), dueOn: date() },
      indexes: ['(due_on)'],
      rowsOf: ({ goals }: Journey) => goals.map(({ goal, dueOn }) => ({ what: `review ${goal}`, dueOn })),
    }),
  },
  related: {
    column: 'clientId',
    valueOf: (event: OfficeEvent) => (event.type === 'ClientErased' ? event.clientId : undefined),
  },
  rowKeysOf: (event: OfficeEvent) => ('journeyId' in event ? [event.journeyId] : []),
  evolve: (journey, event: OfficeEvent) => {
    if (event.type === 'JourneyOpened') {
      const { journeyId, clientId, owner, openedOn } = event;
      return {
        journeyId,
        clientId,
        owner,
        openedOn,
        contacts: 0,
        lastContactAt: null,
        languages: [],
        goals: [],
      };
    }
    if (!journey) return undefined;
    switch (event.type) {
      case 'ContactRecorded':
        return {
          ...journey,
          contacts: journey.contacts + 1,
          lastContactAt: event.at,
          languages: [...new Set([...journey.languages, event.language])],
        };
      case 'GoalAgreed':
        return { ...journey, goals: [...journey.goals, { goal: event.goal, dueOn: event.dueOn }] };
      case 'GoalReviewed':
        return { ...journey, goals: journey.goals.filter(({ goal }) => goal !== event.goal) };
      case 'JourneyAssigned':
        return { ...journey, owner: event.owner };
      case 'JourneyClosed':
        return undefined;
      case 'ClientErased':
        return { ...journey, clientId: null };
      default:
        return journey;
    }
  },
});

const clientColumns = { clientId: uuid(), name: sealed('clientId') };

/** Clients by name, and what to find them by: nothing of it readable in the database. */
export const clients = projection({
  name: 'clients',
  version: 1,
  prefixes: ['client-'],
  eventTypes: ['ClientRegistered', 'ClientErased'],
  columns: clientColumns,
  key: 'clientId',
  lists: {
    tokens: list({
      columns: { token: text() },
      indexes: ['(token)'],
      rowsOf: ({ name }: RowOf<typeof clientColumns>) =>
        (name ?? '').split(' ').map((part) => ({ token: hash(part) })),
    }),
  },
  rowKeysOf: (event: OfficeEvent) => ('clientId' in event ? [event.clientId] : []),
  evolve: (client, event: OfficeEvent) => {
    if (event.type === 'ClientRegistered') return { clientId: event.clientId, name: event.name ?? null };
    return event.type === 'ClientErased' && client ? { ...client, name: null } : client;
  },
});

const hash = (part: string): string => createHash('sha256').update(part.toLowerCase()).digest('base64url');

/** Keys that every process derives alike, until they are destroyed in this one. */
export const destroyedKeys = new Set<string>();

const keyOf = (subject: string): KeyObject | undefined =>
  destroyedKeys.has(subject) ? undefined : createSecretKey(createHash('sha256').update(subject).digest());

export const seals: Seals = {
  seal: (texts) =>
    Promise.resolve(
      texts.map(({ subject, place, text }) => {
        const key = keyOf(subject);
        return key && sealText(key, place, text);
      }),
    ),
  open: (texts) =>
    Promise.resolve(
      texts.map(({ subject, place, text }) => {
        const key = keyOf(subject);
        return key && unsealText(key, place, text);
      }),
    ),
};

export const decode = (events: readonly RecordedEvent[]): Promise<readonly OfficeEvent[]> =>
  Promise.resolve(
    events.map(({ id, type, data }) => {
      const { sealed: sealedPart, ...plain } = data;
      const key = typeof plain['clientId'] === 'string' ? keyOf(plain['clientId']) : undefined;
      const opened =
        key && typeof sealedPart === 'string' ? unseal(key, { eventId: id, type }, sealedPart) : {};
      return { type, ...plain, ...opened } as unknown as OfficeEvent;
    }),
  );

/** Writes events as an office does: one after the other, or all at once. */
export const record = async (store: EventStore, events: readonly OfficeEvent[]): Promise<Position> => {
  const results = await Promise.all(
    events.map((event) => {
      const id = randomUUID();
      const { type, ...fields } = event;
      const { name, ...plain } = { name: undefined, ...fields };
      const key = 'clientId' in event ? keyOf(event.clientId) : undefined;
      const data =
        name === undefined || !key ? plain : { ...plain, sealed: seal(key, { eventId: id, type }, { name }) };
      const stream = 'journeyId' in event ? `journey-${event.journeyId}` : `client-${event.clientId}`;
      return store.append({ stream, expected: 'any', events: [{ id, type, data, metadata: {} }] });
    }),
  );
  return results.map(({ position }) => position).reduce((a, b) => (store.compare(a, b) > 0 ? a : b));
};

/** Everything there is to know from the log, as the projections understand it. */
export const wholeRecord = async (store: EventStore): Promise<readonly OfficeEvent[]> => {
  const events: RecordedEvent[] = [];
  for (let after: Position | undefined, atHead = false; !atHead;) {
    const batch = await store.readLog({ after, limit: 5_000 });
    events.push(...batch.events);
    [after, atHead] = [batch.checkpoint, batch.atHead];
  }
  return decode(events);
};

/** Whether the views show what a fold of these events would. */
export const differences = async (
  office: Office,
  definition: Projection<OfficeEvent>,
  events: readonly OfficeEvent[],
): Promise<readonly string[]> => {
  const expected = expectedAfter(definition, events);
  const shown = await Promise.all(Object.keys(expected).map((view) => office.shown(view)));
  return Object.keys(expected).filter((view, at) => !isDeepStrictEqual(shown[at], expected[view]));
};

export const measure = (position: Position): number => Number(position.split('-')[1]) + 1;

/** One office: its log and its read models in a database of their own. */
export interface Office {
  readonly connectionString: string;
  readonly store: EventStore;
  readonly reader: pg.Pool;
  /** What the instances reported so far. */
  readonly incidents: readonly Incident[];
  /** Resolves when there have been so many incidents of this kind, to the last of them. */
  told<What extends Incident['what']>(
    what: What,
    isMeant?: (incident: Extract<Incident, { what: What }>) => boolean,
    times?: number,
  ): Promise<Extract<Incident, { what: What }>>;
  /** An instance of the application, as usual but for what is given; stopped when the office closes. */
  instance(unusual?: Partial<ProjectionsOptions<OfficeEvent>>): Projections;
  /** What a view shows, sealed texts opened, in a stable order. */
  shown(view: string): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

export const openOffice = async (connectionString: string): Promise<Office> => {
  const store = await openPostgresEventStore({ connectionString });
  const reader = new pg.Pool({ connectionString, max: 4 });
  reader.on('error', () => undefined);
  const incidents: Incident[] = [];
  const listeners = new Set<() => void>();
  const report = (incident: Incident): void => {
    incidents.push(incident);
    for (const listener of listeners) listener();
  };
  const instances: Projections[] = [];
  return {
    connectionString,
    store,
    reader,
    incidents,
    told: (what, isMeant = () => true, times = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = incidents
            .filter(
              (incident): incident is Extract<Incident, { what: typeof what }> => incident.what === what,
            )
            .filter(isMeant);
          if (found.length < times) return;
          listeners.delete(look);
          resolve(found.at(-1)!);
        };
        listeners.add(look);
        look();
      }),
    instance: (unusual = {}) => {
      const instance = createProjections<OfficeEvent>({
        database: { connectionString },
        schema: 'views',
        store,
        projections: [caseload, clients],
        decode,
        seals,
        measure,
        report,
        ...unusual,
      });
      instances.push(instance);
      return instance;
    },
    shown: async (view) => shownBy(reader, view),
    close: async () => {
      await Promise.all(instances.map((instance) => instance.stop()));
      await Promise.all([store.close(), reader.end()]);
    },
  };
};

const shownBy = async (reader: pg.Pool, view: string): Promise<readonly Record<string, unknown>[]> => {
  const { rows } = await reader.query<{ row: Record<string, string> }>(
    `SELECT to_jsonb(v) AS row FROM views.${view} v`,
  );
  const opened = await Promise.all(
    rows.map(async ({ row }) => {
      if (typeof row['name'] !== 'string') return row;
      const subject = row['client_id']!;
      const place = sealedPlace(view, 'name', subject);
      return { ...row, name: (await seals.open([{ subject, place, text: row['name'] }]))[0] ?? null };
    }),
  );
  return inOrder(opened.map((row) => ({ ...row })));
};

/** What the views should show after these events. */
export const expectedAfter = (
  definition: Projection<OfficeEvent>,
  events: readonly OfficeEvent[],
): Readonly<Record<string, readonly Record<string, unknown>[]>> => {
  const types = new Set(definition.eventTypes);
  const views = rowsAfter(
    definition,
    events.filter(({ type }) => types.has(type)),
  );
  return Object.fromEntries(
    Object.entries(views).map(([view, rows]) => [view, inOrder(rows.map(asColumns))]),
  );
};

const asColumns = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([property, value]) => [
      property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      property === 'lastContactAt' && typeof value === 'string' ? value.replace(/\.?0*Z$/, '+00:00') : value,
    ]),
  );

const inOrder = <Row extends Record<string, unknown>>(rows: readonly Row[]): readonly Row[] =>
  [...rows].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));

const sortKey = (row: Record<string, unknown>): string => JSON.stringify(Object.entries(row).sort());
