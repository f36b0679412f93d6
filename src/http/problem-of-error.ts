import { HttpException } from '@nestjs/common';
import { EventTooLarge, InvalidPosition, StoreUnavailable, WrongExpectedRevision } from '#event-store';
import { KeyReused, KeyRunning, NotVisible, Refused, StaleRevision } from '../record/index.js';
import {
  forbidden,
  internalError,
  invalidHeader,
  invalidInput,
  keyReused,
  keyRunning,
  notFound,
  Problem,
  refused,
  staleRevision,
  tooLarge,
  unavailable,
  unsupportedMediaType,
} from './problem.js';

/** Which answer of the contract an error is. None of them repeats the error's own words. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof NotVisible) return notFound();
  if (error instanceof Refused) return problemOfRefusal(error);
  if (error instanceof StaleRevision) return staleRevision();
  if (error instanceof KeyReused) return keyReused();
  if (error instanceof KeyRunning) return keyRunning();
  if (error instanceof EventTooLarge) return tooLarge('This is more than one event can hold.');
  if (error instanceof InvalidPosition) {
    return invalidHeader('KIM-Min-Position', 'must be a position as KIM-Position gave it');
  }
  // Others were faster each time that it was decided.
  if (error instanceof WrongExpectedRevision) return unavailable('too-busy', 1);
  if (error instanceof StoreUnavailable) return storeAway();
  return problemOfServer(error);
};

const problemOfRefusal = ({ kind, code, pointer = '', extensions }: Refused): Problem => {
  if (kind === 'not-allowed') return forbidden(code);
  if (kind === 'state') return refused(code, undefined, extensions);
  if (code === 'purpose-required') return invalidHeader('KIM-Purpose', 'purpose required');
  return invalidInput([{ pointer, message: code.replaceAll('-', ' ') }]);
};

const storeAway = (): Problem =>
  unavailable(
    'store-unavailable',
    2,
    'The store is away at the moment. A command may be sent again unchanged, under the same Idempotency-Key.',
  );

/** PostgreSQL's `undefined_column`: the rows of an earlier version are still there, those of this one are being made. */
const undefinedColumn = '42703';

const viewBeingBuilt = (): Problem =>
  unavailable('view-not-ready', 2, 'This view is being built anew; nothing is lost.');

/** What Fastify, Nest and the database throw. */
const problemOfServer = (error: unknown): Problem => {
  const { status, code, message } = facts(error);
  if (status !== undefined && status < 500) return problemOfStatus(status);
  if (code === undefinedColumn) return viewBeingBuilt();
  return isDatabaseAway(code, message) ? storeAway() : internalError();
};

const problemOfStatus = (status: number): Problem => {
  switch (status) {
    case 400:
      return invalidInput([{ pointer: '', message: 'could not be read' }]);
    case 403:
      return forbidden();
    case 404:
      return notFound();
    case 413:
      return tooLarge();
    case 415:
      return unsupportedMediaType();
    case 408:
      return new Problem(408, 'too-slow', 'The request took too long to arrive');
    case 431:
      return new Problem(431, 'headers-too-large', 'The headers are too large');
    default:
      return new Problem(status, 'bad-request', 'Bad request');
  }
};

interface ErrorFacts {
  readonly status: number | undefined;
  readonly code: string;
  readonly message: string;
}

const facts = (error: unknown): ErrorFacts => {
  if (!(error instanceof Error)) return { status: undefined, code: '', message: '' };
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
  return {
    status:
      error instanceof HttpException
        ? error.getStatus()
        : typeof statusCode === 'number'
          ? statusCode
          : undefined,
    code: typeof code === 'string' ? code : '',
    message: error.message,
  };
};

// PostgreSQL: connection exceptions (08), too many connections, time-outs, shutdowns; then Node's own; and what `pg` says in
// words alone.
const away =
  /^(?:08...|53300|57014|57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND)$/;
const awayInWords =
  /^(?:Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end)/;

const isDatabaseAway = (code: string, message: string): boolean =>
  away.test(code) || awayInWords.test(message);
