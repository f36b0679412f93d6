import { StoreUnavailable, type Position } from '#event-store';
import { DatabaseUnavailable } from './database.js';

/** What stopped a projection, without anything that could be personal: no message, no values. */
export interface Failure {
  /** Absent if it was not about one event. */
  readonly eventId: string | undefined;
  readonly eventType: string | undefined;
  readonly position: Position | undefined;
  /** The error's class and code: `TypeError`, `DatabaseError 22003`. */
  readonly error: string;
  /** File and line of the code that threw: `worklist.js:42`. */
  readonly place: string | undefined;
  /** ISO 8601. */
  readonly since: string;
  /** How often it was tried without success. */
  readonly attempts: number;
}

/**
 * Another runner has moved the checkpoint, or the rows have been replaced: what was folded is worth nothing,
 * and nothing of it was written.
 */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** Whether it will pass by itself, and has nothing to do with the event: connections, disks, locks, restarts. */
export const isTransient = (error: unknown): boolean => {
  if (error instanceof StoreUnavailable || error instanceof DatabaseUnavailable || error instanceof Overtaken)
    return true;
  const code = codeOf(error);
  if (code !== undefined && sqlState.test(code)) return transientSqlState.test(code);
  if (code !== undefined) return networkErrors.has(code);
  return error instanceof Error && brokenConnection.test(error.message);
};

/** Class, code and place of an error; its message stays out, since it may quote what it was about. */
export const describeError = (error: unknown): { error: string; place: string | undefined } => {
  if (!(error instanceof Error)) return { error: 'not an Error', place: undefined };
  const name = /^\w{1,60}$/.test(error.name) ? error.name : 'Error';
  const code = codeOf(error);
  return {
    error: code !== undefined && /^[\w-]{1,40}$/.test(code) ? `${name} ${code}` : name,
    place: placeOf(error),
  };
};

const sqlState = /^[0-9A-Z]{5}$/;

// Connection, transaction state and read-only standby, rollback, resources, locks, operator, system, internal.
const transientSqlState = /^(08|25|40|53|55|57|58|XX)/;

const networkErrors = new Set(
  'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH ENOENT'.split(' '),
);

// What `pg` says without any code.
const brokenConnection =
  /^(Connection terminated|timeout exceeded|Query read timeout|Client has encountered)/;

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const placeOf = ({ stack = '', name, message }: Error): string | undefined => {
  const header = `${name}: ${message}`;
  const frames = stack.startsWith(header) ? stack.slice(header.length) : '';
  return /([\w.-]+\.[cm]?[jt]s:\d+):\d+\)?$/m.exec(frames)?.[1];
};
