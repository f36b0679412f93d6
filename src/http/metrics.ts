import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Says how long a request took; `route` is the template, never the address. */
export type RequestObserver = (method: string, route: string, status: number, seconds: number) => void;

/** A registry for the whole application, with what Node says of itself. */
export const createRegistry = (): Registry => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
};

export const observeRequests = (registry: Registry): RequestObserver => {
  const durations = new Histogram({
    name: 'kim_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  // Finding a series by its labels costs more than adding to it.
  const series = new Map<string, { observe(seconds: number): void }>();
  return (method, route, status, seconds) => {
    const name = `${method} ${route} ${status}`;
    const known = series.get(name) ?? durations.labels(method, route, String(status));
    series.set(name, known);
    known.observe(seconds);
  };
};
