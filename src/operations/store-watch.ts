import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { CallOutcome, EventStore, Notice, Position, StoreOperation, StoreWatcher } from '#event-store';

/** How the event store has been doing, for whoever is on call. Neither addresses nor messages are in it. */
export interface StoreState {
  readonly connection: 'up' | 'down';
  /** Short code of the last failure: `gRPC 14`, `ECONNREFUSED`, `Unanswered`. */
  readonly lastError: string | undefined;
}

export interface StoreWatch extends StoreWatcher {
  notice(what: Notice): void;
  state(): StoreState;
  /** Shows the store in `/metrics`. */
  showIn(registry: Registry, store: EventStore, measure: (position: Position) => number): void;
}

/** Milliseconds that a look at the metrics waits for the log's head. */
const patience = 1_000;

export const watchStore = (): StoreWatch => {
  const calls = new Histogram({
    name: 'kim_event_store_call_duration_seconds',
    help: 'Time that calls of the event store took, by what came of them',
    labelNames: ['operation', 'outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [],
  });
  const failures = new Counter({
    name: 'kim_event_store_failures_total',
    help: 'Calls that found the event store unavailable, by the code that the server or the network gave',
    labelNames: ['code'],
    registers: [],
  });
  const notices = new Counter({
    name: 'kim_event_store_notices_total',
    help: 'Connections that were replaced, subscriptions that were interrupted and that go on (EventStoreDB)',
    labelNames: ['what'],
    registers: [],
  });
  // Finding a series by its labels costs more than adding to it.
  const series = new Map<string, { observe(seconds: number): void }>();
  const seriesOf = (operation: StoreOperation, outcome: CallOutcome) => {
    const name = `${operation} ${outcome}`;
    const known = series.get(name) ?? calls.labels(operation, outcome);
    series.set(name, known);
    return known;
  };

  let connection: StoreState['connection'] = 'up';
  let lastError: string | undefined;
  let reached: Position | undefined;
  return {
    called: (operation, seconds, outcome, failure) => {
      seriesOf(operation, outcome).observe(seconds);
      connection = outcome === 'unavailable' ? 'down' : 'up';
      if (failure === undefined) return;
      lastError = failure;
      failures.inc({ code: failure });
    },
    reached: (position) => {
      reached = position;
    },
    ended: () => {
      reached = undefined;
    },
    notice: (what) => {
      notices.inc({ what });
    },
    state: () => ({ connection, lastError }),
    showIn: (registry, store, measure) => {
      registry.registerMetric(calls);
      registry.registerMetric(failures);
      registry.registerMetric(notices);
      const { kind, version = 'unknown' } = store.server;
      gauge(registry, 'kim_event_store_info', 'Always 1; which event store it is', ['kind', 'version']).set(
        { kind, version },
        1,
      );
      gauge(
        registry,
        'kim_event_store_up',
        '0 while the last call found the event store unavailable',
        [],
        (up) => up.set(connection === 'up' ? 1 : 0),
      );
      gauge(
        registry,
        'kim_event_store_subscription_lag',
        'How far the subscription is behind the log, in events (in bytes on EventStoreDB); absent where none runs here',
        [],
        async (lag) => {
          lag.reset();
          const head = await headWithin(store, patience);
          if (head === undefined || reached === undefined) return lag.remove();
          lag.set(Math.max(0, measure(head) - measure(reached)));
        },
      );
    },
  };
};

const gauge = <Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
  collect: (gauge: Gauge<Label>) => void | Promise<void> = () => undefined,
): Gauge<Label> => {
  const made: Gauge<Label> = new Gauge({
    name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    collect: () => collect(made),
  });
  return made;
};

const headWithin = async (store: EventStore, milliseconds: number): Promise<Position | undefined> => {
  let bound: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((settle) => {
    bound = setTimeout(() => settle(undefined), milliseconds).unref();
  });
  try {
    return await Promise.race([store.head().catch(() => undefined), tooLate]);
  } finally {
    clearTimeout(bound);
  }
};
