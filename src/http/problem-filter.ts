import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { described, type Log } from './log.js';
import { problemBody } from './problem.js';
import { problemOf } from './problem-of-error.js';

/** Turns whatever was thrown into an answer of the contract. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    sendProblem(host.switchToHttp().getResponse<FastifyReply>(), error, this.log);
  }
}

export const sendProblem = (reply: FastifyReply, error: unknown, log: Log): void => {
  const problem = problemOf(error);
  const { id } = reply.request;
  if (problem.status >= 500) {
    const template = reply.request.routeOptions.url;
    log(problem.status === 503 ? 'warn' : 'error', 'request-failed', {
      correlationId: id,
      ...(template === undefined ? {} : { route: template }),
      problem: problem.code,
      ...(error === problem ? {} : described(error)),
    });
  }
  if (reply.sent) return;
  const { retryAfter, headers } = problem;
  void reply
    .code(problem.status)
    .headers({ ...headers, ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }) })
    .type('application/problem+json')
    // As bytes, because Fastify adds a charset to text, which the media type has not (RFC 9457, section 6).
    .send(Buffer.from(JSON.stringify(problemBody(problem, id))));
};
