import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { ProjectionStatus } from '#projections';
import type { ReadModels } from './read-models.js';

const figures: Readonly<
  Record<string, { readonly help: string; readonly of: (status: ProjectionStatus) => number | undefined }>
> = {
  kim_projection_lag: {
    help: 'How far a projection is behind the log, in events (in bytes on EventStoreDB).',
    of: ({ lag }) => lag,
  },
  kim_projection_events_per_second: {
    help: 'Events per second while the projection was working last.',
    of: ({ eventsPerSecond }) => eventsPerSecond,
  },
  kim_projection_stopped: {
    help: '1 while a projection stands still at an event that it could not apply; `npm run kim -- projections` names it.',
    of: ({ state }) => (state === 'stopped' ? 1 : 0),
  },
};

/** Every projection's state in `/metrics`, asked of the database when somebody looks. */
export const measureProjections = (
  registry: Registry,
  { projections }: Pick<ReadModels, 'projections'>,
): void => {
  const asked = askedOnce(() => projections.status().catch(() => []));
  const statuses = () => inTime(asked());
  const failures = new Gauge({
    name: 'kim_projection_last_error',
    help: '1 for the error at which a projection stands still: its class, where it was thrown, the type of the event.',
    labelNames: ['projection', 'error', 'event_type', 'place'],
    registers: [registry],
    collect: async () => {
      failures.reset();
      for (const { name, failure } of await statuses())
        if (failure)
          failures.set(
            {
              projection: name,
              error: failure.error,
              event_type: failure.eventType ?? '',
              place: failure.place ?? '',
            },
            1,
          );
    },
  });
  for (const [name, { help, of }] of Object.entries(figures)) {
    const gauge = new Gauge({
      name,
      help,
      labelNames: ['projection'],
      registers: [registry],
      collect: async () => {
        gauge.reset();
        for (const status of await statuses()) {
          const value = of(status);
          if (value !== undefined) gauge.set({ projection: status.name }, value);
        }
      },
    });
  }
};

/** Milliseconds until figures that hang are left out. */
const patience = 1_000;

/** The other figures are wanted most when the database is away, or hangs. */
const inTime = async <T>(answer: Promise<readonly T[]>): Promise<readonly T[]> => {
  let bound: NodeJS.Timeout | undefined;
  const tooLate = new Promise<readonly T[]>((settle) => {
    bound = setTimeout(() => settle([]), patience).unref();
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(bound);
  }
};

/** Whoever asks while it is being asked, or within a second after, shares the answer: all gauges of a look do. */
const askedOnce = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let last: { readonly answer: Promise<T>; freshUntil: number } | undefined;
  return () => {
    if (last === undefined || performance.now() > last.freshUntil) {
      const asking = { answer: ask(), freshUntil: Infinity };
      last = asking;
      void asking.answer.then(() => (asking.freshUntil = performance.now() + 1_000));
    }
    return last.answer;
  };
};
