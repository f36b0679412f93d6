/** One thing that is wrong with what was sent. The message never repeats it. */
export interface InputError {
  /** JSON Pointer (RFC 6901) into the body, or `/` and the name of a parameter or header. */
  readonly pointer: string;
  readonly message: string;
  /** Where the pointer points; the body if absent. */
  readonly in?: 'path' | 'query' | 'header';
}

interface ProblemParts {
  readonly detail?: string | undefined;
  readonly errors?: readonly InputError[];
  /** Seconds. */
  readonly retryAfter?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Members of their own beside those of RFC 9457. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** An answer of RFC 9457: what every error of the contract is thrown as. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly detail: string | undefined;
  readonly errors: readonly InputError[] | undefined;
  readonly retryAfter: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    { detail, errors, retryAfter, headers = {}, extensions = {} }: ProblemParts = {},
  ) {
    super(code);
    this.detail = detail ?? usualDetails[status];
    this.errors = errors;
    this.retryAfter = retryAfter;
    this.headers = headers;
    this.extensions = extensions;
  }
}

/** What there is to say where nothing more is known, or may be said. */
const usualDetails: Readonly<Record<number, string>> = {
  400: 'This could not be understood; nothing was written.',
  401: 'Send a valid access token: Authorization: Bearer and the token.',
  403: 'The caller may know of this, but not do it; nothing was written.',
  404: 'There is nothing at this address, or nothing that the caller may know of.',
  405: 'This address does not take the method; those that it takes stand in Allow.',
  408: 'The request did not arrive in time; nothing was written.',
  409: 'The present state forbids this; the code says which rule. Nothing was written.',
  413: 'This is more than the operation takes; nothing was written.',
  429: 'Wait as long as Retry-After says, then send it again.',
  431: 'The headers are more than this service takes.',
  503: 'Wait as long as Retry-After says, then send it again unchanged.',
};

/**
 * The body of the answer. `instance` names the occurrence by the id under which the log has it, not by the
 * address: an address may hold whatever somebody typed.
 */
export const problemBody = (problem: Problem, correlationId: string): Record<string, unknown> => ({
  type: `urn:kim:problem:${problem.code}`,
  title: problem.title,
  status: problem.status,
  code: problem.code,
  ...(problem.detail === undefined ? {} : { detail: problem.detail }),
  instance: `urn:uuid:${correlationId}`,
  ...(problem.errors === undefined ? {} : { errors: problem.errors }),
  ...problem.extensions,
});

/** 400: each thing that is wrong is named by its pointer. */
export const invalidInput = (errors: readonly InputError[]): Problem =>
  new Problem(400, 'invalid-input', 'Invalid input', {
    detail: 'What was sent is not what this operation takes; nothing was written.',
    // A body may be wrong in ten thousand places; nobody reads more than these.
    errors: errors.slice(0, 100),
  });

/** Where a list is told what to look for: after `?`, or in the body of a search. */
export type InputPlace = 'query' | 'body';

export const invalidAt = (place: InputPlace, pointer: string, message: string): Problem =>
  invalidInput([{ pointer, message, ...(place === 'query' && { in: place }) }]);

export const invalidHeader = (name: string, message: string): Problem =>
  invalidInput([{ pointer: `/${name}`, message, in: 'header' }]);

/** 401: no token, or none that this installation has issued and that is still good. */
export const unauthenticated = (tokenGiven: boolean): Problem =>
  new Problem(401, 'unauthenticated', 'A valid access token is needed', {
    // RFC 6750, section 3: the error is named only if there was a token.
    headers: { 'www-authenticate': tokenGiven ? 'Bearer error="invalid_token"' : 'Bearer' },
  });

/** 403: the caller may know of it, but not do it. */
export const forbidden = (code = 'forbidden'): Problem =>
  new Problem(403, code, code === 'forbidden' ? 'Not allowed for this role' : inWords(code));

/** 404: unknown or not visible to the caller, who cannot tell which. */
export const notFound = (): Problem => new Problem(404, 'not-found', 'Not found');

/** 405, with the methods that the address does take. */
export const methodNotAllowed = (allowed: readonly string[]): Problem =>
  new Problem(405, 'method-not-allowed', 'Method not allowed', { headers: { allow: allowed.join(', ') } });

/** 406: none of the asked for formats is served. */
export const notAcceptable = (served: readonly string[]): Problem =>
  new Problem(406, 'not-acceptable', 'Not acceptable', { detail: `Served are ${served.join(', ')}.` });

/** 409: the state forbids it; the code says which rule. */
export const refused = (
  code: string,
  detail?: string,
  extensions: Readonly<Record<string, unknown>> = {},
): Problem => new Problem(409, code, inWords(code), { detail, extensions });

/** 412: the revision in `If-Match` is not the newest. */
export const staleRevision = (): Problem =>
  new Problem(412, 'stale-revision', 'Changed meanwhile', {
    detail: 'The revision in If-Match is not the newest; read it again before deciding.',
  });

export const tooLarge = (detail?: string): Problem => new Problem(413, 'too-large', 'Too large', { detail });

export const unsupportedMediaType = (): Problem =>
  new Problem(415, 'unsupported-media-type', 'Unsupported media type', {
    detail: 'Send application/json in UTF-8.',
    headers: { 'accept-post': 'application/json' },
  });

/** 422: the key stands for another request already. */
export const keyReused = (): Problem =>
  new Problem(422, 'idempotency-key-reused', 'Idempotency key reused', {
    detail: 'This Idempotency-Key was used for another request; take a new one.',
  });

/** 409: the first request under this key has not been answered yet. */
export const keyRunning = (): Problem =>
  new Problem(409, 'idempotency-key-running', 'Still running', {
    detail: 'The first request under this Idempotency-Key is still running.',
    retryAfter: 1,
  });

export const tooManyRequests = (retryAfter: number): Problem =>
  new Problem(429, 'too-many-requests', 'Too many requests', { retryAfter });

/** 503: a store is away, or a projection has not come as far as was asked. `retryAfter` in seconds. */
export const unavailable = (code: string, retryAfter: number, detail?: string): Problem =>
  new Problem(503, code, inWords(code), { detail, retryAfter });

export const internalError = (): Problem =>
  new Problem(500, 'internal-error', 'Internal error', {
    detail: 'Something went wrong here; the operator finds it in the log under the id of this instance.',
  });

const inWords = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');
