import { AccessDeniedError, MaxAppendSizeExceededError } from '@eventstore/db-client';
import { InvalidPosition, StoreUnavailable } from '../errors.js';
import { UnsuitableStore } from './unsuitable-store.js';

/** The codes of gRPC that matter here. */
const status = {
  invalidArgument: 3,
  alreadyExists: 6,
  permissionDenied: 7,
  failedPrecondition: 9,
  outOfRange: 11,
  unimplemented: 12,
  dataLoss: 15,
  unauthenticated: 16,
} as const;

/** No answer came in the time that was given for it. */
export class Unanswered extends StoreUnavailable {
  constructor(where: string) {
    super(`EventStoreDB at ${where} did not answer in time`);
  }
}

/**
 * What went wrong with a call, in the port's errors. Whatever says nothing about the request counts as the
 * store being unavailable: no connection, no leader, a deadline, a server that is starting, stopping, busy,
 * or failing inside. Only what the server finds wrong with the request itself stays as it is.
 */
export const portError = (error: unknown, where: string): Error => {
  if (!(error instanceof Error)) return new Error(String(error));
  const code = grpcCode(error);
  if (/invalid ?position/i.test(error.message)) return new InvalidPosition('This log has no such position');
  if (
    error instanceof AccessDeniedError ||
    code === status.unauthenticated ||
    code === status.permissionDenied
  )
    return new StoreUnavailable(`EventStoreDB at ${where} refused: ${refusal(code)}`, { cause: error });
  if (error instanceof StoreUnavailable || error instanceof MaxAppendSizeExceededError) return error;
  if (code === undefined ? isConnectionFailure(error) : !aboutTheRequest.has(code))
    return new StoreUnavailable(`EventStoreDB at ${where} is unavailable: ${reason(error)}`, {
      cause: error,
    });
  return error;
};

/**
 * Why a store cannot be worked with at all, if a call's failure says so: the credentials or the certificate.
 * At start such a failure will not pass by waiting.
 */
export const lastingRefusal = (error: unknown, where: string): UnsuitableStore | undefined => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return undefined;
  const code = grpcCode(cause);
  if (
    cause instanceof AccessDeniedError ||
    code === status.unauthenticated ||
    code === status.permissionDenied
  )
    return new UnsuitableStore(`EventStoreDB at ${where} refused: ${refusal(code)}.`);
  if (/wrong version number/i.test(cause.message))
    return new UnsuitableStore(
      `EventStoreDB at ${where} speaks without TLS; write tls=false if it is meant to, otherwise configure its certificate.`,
    );
  if (/certificate|self.signed|altname|alert/i.test(cause.message))
    return new UnsuitableStore(
      `The certificate of EventStoreDB at ${where} was not accepted (${reason(cause)}); name the authority that signed it with tlsCAFile=, and connect by a name that it certifies.`,
    );
  return undefined;
};

const refusal = (code: number | undefined): string =>
  code === status.unauthenticated
    ? 'user or password is wrong, or the connection string names none'
    : 'the user may not do this; it needs to read $all and to read and write all streams';

/** gRPC codes by which a server says that the request, not the server, is at fault. */
const aboutTheRequest: ReadonlySet<number> = new Set<number>([
  status.invalidArgument,
  status.alreadyExists,
  status.failedPrecondition,
  status.outOfRange,
  status.unimplemented,
  status.dataLoss,
]);

/** Errors without a code come from inside the client. */
const isConnectionFailure = (error: Error): boolean =>
  /^14 UNAVAILABLE|discover|channel|write after end|ECONN|EPIPE/i.test(error.message);

const grpcCode = (error: Error): number | undefined => {
  const { code } = error as { code?: unknown };
  return typeof code === 'number' ? code : undefined;
};

/** The client's message without its trailing remarks; some of its errors have none. */
const reason = (error: Error): string =>
  error.message
    .replace(/^\d+ [A-Z_]+: /, '')
    .replace(/^No connection established\. Last error: (?:Error: )?/, '')
    .replace(/\.? ?Resolution note:.*$/s, '')
    .replace(/\(\d{4}-.*?\)/, '')
    .trim() || error.constructor.name;
