import type { JsonValue } from '#event-store';
import type { Caller, Operation } from '../access/index.js';
import type { Clock } from './clock.js';

/** A keyed hash of a request's body: two requests have the same only if they ask for the same. */
export type Fingerprint = (body: JsonValue) => string;

/** The injection token of the application's fingerprint. */
export const FINGERPRINT = Symbol('FINGERPRINT');

/** What reading a request needs from the application. */
export interface Shell {
  readonly clock: Clock;
  readonly fingerprint: Fingerprint;
}

/** What a route says about itself, beside its path. */
export interface RouteFacts {
  readonly operation: Operation;
  /** Whether it takes parameters after `?`. */
  readonly takesQuery: boolean;
  readonly takesBody: boolean;
}

declare module 'fastify' {
  interface FastifyInstance {
    shell: Shell;
  }
  interface FastifyRequest {
    /** Set for every operation that is not public. */
    caller: Caller | undefined;
    facts: RouteFacts | undefined;
  }
  interface FastifyContextConfig {
    facts?: RouteFacts;
  }
}
