import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { DynamicModule, LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Registry } from 'prom-client';
import { TOKEN_VERIFIER, type TokenVerifier } from '../access/index.js';
import { Answer, unpacked } from './answer.js';
import { CLOCK, type Clock } from './clock.js';
import { closeInTime } from './closing.js';
import { serveContract } from './contract.js';
import { guardDoors } from './doors.js';
import { assertJson, parseJsonBody } from './json-body.js';
import type { Log } from './log.js';
import { observeRequests } from './metrics.js';
import { ProblemFilter, sendProblem } from './problem-filter.js';
import { problemBody } from './problem.js';
import { problemOf } from './problem-of-error.js';
import { FINGERPRINT, type Fingerprint } from './shell.js';

const bodyLimit = 256 * 1024;

interface ApplicationOptions {
  /** Requests that went well are logged as well. */
  readonly logSuccesses?: boolean;
  /** Only what the contract's description needs: nothing is started. */
  readonly preview?: boolean;
  /** How long requests that are under way when the application closes may take, in milliseconds. */
  readonly grace?: number;
}

/** A module behind the contract's border: it answers requests once it listens, or by `inject`. */
export const createApplication = async (
  module: DynamicModule,
  log: Log,
  { logSuccesses = false, preview = false, grace = 5_000 }: ApplicationOptions = {},
): Promise<NestFastifyApplication> => {
  const adapter = new FastifyAdapter({
    bodyLimit,
    // An id that is too long is answered as what it is, a malformed one; the whole address is bounded with the headers.
    routerOptions: { maxParamLength: 16 * 1024 },
    requestTimeout: 30_000,
    // Who asks while the service closes is answered in the contract's form (`closing.ts`).
    return503OnClosing: false,
    genReqId: () => randomUUID(),
    frameworkErrors: (error: unknown, _request: unknown, reply: FastifyReply) => {
      void reply.headers(answerHeaders);
      sendProblem(reply, error, log);
    },
    clientErrorHandler: answerUnreadable,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: nestLog(log),
    preview,
  });
  app.useGlobalFilters(new ProblemFilter(log));
  if (preview) return app;

  const server: FastifyInstance = adapter.getInstance();
  server.decorate('shell', {
    clock: app.get<Clock>(CLOCK),
    fingerprint: app.get<Fingerprint>(FINGERPRINT),
  });
  server.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(answerHeaders);
    done();
  });
  closeInTime(server, grace);
  guardDoors(server, app.get<TokenVerifier>(TOKEN_VERIFIER));
  readOnlyJson(server);
  server.addHook('preSerialization', (_request, reply, payload, done) => {
    done(null, payload instanceof Answer ? unpacked(reply, payload as Answer) : payload);
  });
  watchRequests(server, app.get(Registry), log, logSuccesses);
  serveContract(app, server);
  return app;
};

/** No answer of this service is for a cache, a frame or another site. */
const answerHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
};

const readOnlyJson = (server: FastifyInstance): void => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, ({ headers }, raw, done) => {
    try {
      assertJson(headers);
      done(null, parseJsonBody(raw as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
};

const watchRequests = (
  server: FastifyInstance,
  registry: Registry,
  log: Log,
  logSuccesses: boolean,
): void => {
  const observe = observeRequests(registry);
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { statusCode: status, elapsedTime } = reply;
    observe(request.method, route, status, elapsedTime / 1000);
    if (logSuccesses || status >= 400) {
      const milliseconds = Math.round(elapsedTime * 100) / 100;
      log('info', 'request', {
        method: request.method,
        route,
        status,
        milliseconds,
        correlationId: request.id,
      });
    }
    done();
  });
};

/** What Node could not read as HTTP never becomes a request; the answer is written by hand. */
const answerUnreadable = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const statusCode =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const problem = problemOf(Object.assign(new Error(), { statusCode }));
  const body = JSON.stringify(problemBody(problem, randomUUID()));
  const headers = {
    ...answerHeaders,
    connection: 'close',
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}\r\n${lines.join('')}\r\n${body}`);
};

/** Nest's own words are for developers; of them the log takes what went wrong. */
const nestLog = (log: Log): LoggerService => ({
  log: () => undefined,
  warn: (message: unknown, ...[context]: unknown[]) =>
    log('warn', 'nest', { message: String(message), context: String(context) }),
  error: (message: unknown, ...more: unknown[]) =>
    log('error', 'nest', {
      message: message instanceof Error ? message.name : String(message),
      context: String(more.at(-1)),
    }),
});
