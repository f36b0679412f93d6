import { applyDecorators, Get, HttpCode, Post, Put } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiBearerAuth,
  ApiExtraModels,
  ApiOperation,
  ApiResponse,
  getSchemaPath,
  type ApiResponseNoStatusOptions,
} from '@nestjs/swagger';
import { isPublic, policy, type Operation, type Role } from '../access/index.js';
import type { Shape } from './fields.js';
import { takenBy } from './parameters.js';
import type { Schema } from './rules.js';
import type { RouteFacts } from './shell.js';

interface RouteOptions {
  /** Below the controller's, as Nest writes it: `:journeyId/needs`. */
  readonly path?: string;
  readonly summary: string;
  readonly description?: string;
  /** The class of the answer's body. */
  readonly answer?: Shape;
  /** What is served beside JSON, or instead of it: a schema for each media type. */
  readonly otherFormats?: Readonly<Record<string, Schema>>;
}

interface CommandOptions extends RouteOptions {
  readonly method?: 'POST' | 'PUT';
  /** Of the success, 201 where something new has an id; an `Answer` may name another. */
  readonly status?: 200 | 201 | 202;
  /** The rules by which the state may refuse the command (409). */
  readonly refusals?: readonly string[];
}

/** A command: takes an Idempotency-Key, answers with a position. */
export const CommandRoute = (
  operation: Operation,
  { method = 'POST', status = 200, refusals = [], ...options }: CommandOptions,
): MethodDecorator =>
  route(operation, method === 'POST' ? Post(options.path) : Put(options.path), status, options, {
    headers: {
      ETag: header('The revision that the command has led to; none where it is about many.', '"8"'),
      'KIM-Position': header('A query that names it in KIM-Min-Position includes what was written.', '1042'),
      ...(status === 201 ? { Location: header('The path of what was made, where it has one.') } : {}),
    },
    errors: [400, 404, 409, 412, 413, 415, 422, 503],
    refusals: [...refusals, 'idempotency-key-running'],
  });

interface QueryOptions extends RouteOptions {
  /** The rules by which the state may refuse the query (409). */
  readonly refusals?: readonly string[];
}

/** A query. */
export const QueryRoute = (
  operation: Operation,
  { refusals = [], ...options }: QueryOptions,
): MethodDecorator =>
  route(operation, Get(options.path), 200, options, {
    headers: isOfRecord(operation) ? { ETag: header('The revision, for If-Match.', '"7"') } : {},
    errors: [400, ...(options.path?.includes(':') ? [404] : []), ...(refusals.length > 0 ? [409] : []), 503],
    refusals,
  });

/** A query whose words stand in a body, because they are no part of an address. */
export const SearchRoute = (operation: Operation, options: RouteOptions): MethodDecorator =>
  route(operation, Post(options.path), 200, options, {
    headers: {},
    errors: [400, 413, 415, 503],
    refusals: [],
  });

interface Documented {
  readonly headers: Readonly<Record<string, object>>;
  readonly errors: readonly number[];
  readonly refusals: readonly string[];
}

const route =
  (
    operation: Operation,
    verb: MethodDecorator,
    status: number,
    { summary, description, answer, otherFormats = {} }: RouteOptions,
    { headers, errors, refusals }: Documented,
  ): MethodDecorator =>
  (target, method, descriptor) => {
    const facts: RouteFacts = { operation, ...takenBy(target, method) };
    const access = isPublic(operation) ? [] : [401, ...(isForSome(operation) ? [403] : [])];
    const choice = answer && Object.keys(otherFormats).length > 0 ? [406] : [];
    applyDecorators(
      verb,
      HttpCode(status),
      RouteConfig({ facts }),
      ApiOperation({
        operationId: operation,
        summary,
        ...(description === undefined ? {} : { description }),
      }),
      ...(answer ? [ApiExtraModels(answer)] : []),
      ApiResponse({ status, description: 'Done', headers, content: contentOf(answer, otherFormats) }),
      ...[...access, ...choice, ...errors].map((error) =>
        ApiResponse({
          status: error,
          description: error === 409 ? `Refused: ${refusals.map((code) => `\`${code}\``).join(', ')}` : '',
        }),
      ),
      ...(isPublic(operation) ? [] : [ApiBearerAuth()]),
    )(target, method, descriptor);
  };

const contentOf = (
  answer: Shape | undefined,
  otherFormats: NonNullable<RouteOptions['otherFormats']>,
): NonNullable<ApiResponseNoStatusOptions['content']> => ({
  ...(answer ? { 'application/json': { schema: { $ref: getSchemaPath(answer) } } } : {}),
  ...Object.fromEntries(Object.entries(otherFormats).map(([type, schema]) => [type, { schema }])),
});

const isOfRecord = (operation: Operation): boolean => /^(client|journey)$/.test(policy[operation].on);
const isForSome = (operation: Operation): boolean => (policy[operation].roles as readonly Role[]).length < 6;
const header = (description: string, example?: string): object => ({
  description,
  schema: { type: 'string' },
  ...(example === undefined ? {} : { example }),
});
