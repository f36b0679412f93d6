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
  for (const [name, { help, of }] of Object.entries(figures)) {
    const gauge = new Gauge({
      name,
      help,
      labelNames: ['projection'],
      registers: [registry],
      collect: async () => {
        gauge.reset();
        // The other figures are wanted most when the database is away.
        const statuses = await projections.status().catch(() => []);
        for (const status of statuses) {
          const value = of(status);
          if (value !== undefined) gauge.set({ projection: status.name }, value);
        }
      },
    });
  }
};
