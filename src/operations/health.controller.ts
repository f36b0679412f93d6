import { Controller, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Registry } from 'prom-client';
import { Code, ListOf, Nested, Problem, QueryRoute, Text } from '../http/index.js';
import { readinessOf, READINESS_CHECKS, type ReadinessCheck } from './health.js';

class Liveness {
  @Code(['up']) status!: 'up';
}

class CheckedPart {
  @Text({ max: 100, example: 'event-store' }) name!: string;
  @Code(['up', 'down']) status!: 'up' | 'down';
  @Text({ max: 100, optional: true, example: 'eventstoredb' }) kind?: string;
  @Text({ max: 100, optional: true, example: '24.4.0' }) version?: string;
  /** The code of the last failure. */
  @Text({ max: 100, optional: true, example: 'gRPC 14' }) lastError?: string;
}

class ReadinessAnswer {
  @Code(['ready']) status!: 'ready';
  @ListOf(Nested(() => CheckedPart), { max: 100 })
  checks!: readonly CheckedPart[];
}

/** For the operator: without a token, and without anything about a person. */
@ApiTags('Operations')
@Controller()
export class HealthController {
  constructor(
    @Inject(READINESS_CHECKS) private readonly checks: readonly ReadinessCheck[],
    @Inject(Registry) private readonly registry: Registry,
  ) {}

  @QueryRoute('checkLiveness', {
    path: 'health/live',
    summary: 'Whether the process answers',
    answer: Liveness,
  })
  live(): Liveness {
    return { status: 'up' };
  }

  @QueryRoute('checkReadiness', {
    path: 'health/ready',
    summary: 'Whether everything that requests need is there',
    answer: ReadinessAnswer,
  })
  async ready(): Promise<ReadinessAnswer> {
    const { ready, checks } = await readinessOf(this.checks);
    if (ready) return { status: 'ready', checks };
    throw new Problem(503, 'not-ready', 'Not ready', { retryAfter: 2, extensions: { checks } });
  }

  @QueryRoute('readMetrics', {
    path: 'metrics',
    summary: 'Figures for Prometheus',
    otherFormats: { 'text/plain': { type: 'string' } },
  })
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    const figures = await this.registry.metrics();
    await reply.type(this.registry.contentType).send(figures);
  }
}
