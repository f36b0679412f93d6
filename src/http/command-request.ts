import type { FastifyRequest } from 'fastify';
import type { JsonValue } from '#event-store';
import type { Caller } from '../access/index.js';
import { uuidV5 } from '../record/index.js';
import { readIdempotencyKey, readIfMatch } from './headers.js';
import { pointerToUnknown } from './input.js';
import { invalidInput, unauthenticated } from './problem.js';

/** Who asks for what, under which key. */
export interface CommandRequest {
  /** UUID v5 of caller, method, path and Idempotency-Key: the same for every retry. */
  readonly commandId: string;
  /** Keyed hash of the body. */
  readonly fingerprint: string;
  readonly correlationId: string;
  readonly caller: Caller;
  /** The revision that the caller has seen. */
  readonly ifMatch?: number;
}

/** Fixed for ever: a retry must find its command in streams that were written years ago. */
const commandIds = 'c1b4a2f0-6f0e-5a39-9a40-3f6f0a5de5b7';

export const readCommandRequest = (request: FastifyRequest): CommandRequest => {
  const caller = callerOfRequest(request);
  const key = readIdempotencyKey(request.headers['idempotency-key']);
  const ifMatch = readIfMatch(request.headers['if-match']);
  if (!request.facts?.takesBody) refuseBody(request);
  return {
    commandId: uuidV5(JSON.stringify([caller.userId, request.method, pathOf(request), key]), commandIds),
    fingerprint: request.server.shell.fingerprint((request.body ?? {}) as JsonValue),
    correlationId: request.id,
    caller,
    ...(ifMatch === undefined ? {} : { ifMatch }),
  };
};

export const callerOfRequest = ({ caller }: FastifyRequest): Caller => {
  if (!caller) throw unauthenticated(false);
  return caller;
};

const refuseBody = ({ body }: FastifyRequest): void => {
  const names = Object.keys(body ?? {});
  if (names.length === 0) return;
  throw invalidInput(
    names.map((name) => ({ pointer: pointerToUnknown('', name), message: 'is not a known field' })),
  );
};

/** The path without its query; ids in the one way that they are written in. */
const pathOf = ({ url }: FastifyRequest): string => {
  const query = url.indexOf('?');
  const path = query === -1 ? url : url.slice(0, query);
  return /[A-F]/.test(path) ? path.replace(/\/[0-9a-f-]{36}(?=\/|$)/gi, (id) => id.toLowerCase()) : path;
};
