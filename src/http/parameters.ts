import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiParam, ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { preferredLanguage } from './accept-language.js';
import { callerOfRequest, readCommandRequest } from './command-request.js';
import { fieldsOf, withClock, wrongWith, type Field, type Kind, type Shape } from './fields.js';
import { purposes, readPurpose } from './headers.js';
import { readInput } from './input.js';
import { readParameters } from './query.js';
import { invalidHeader, invalidInput } from './problem.js';

/**
 * What a handler takes from its request. Each decorator reads, checks and documents its part; a handler that
 * does not ask for a body or a query gets requests without one only.
 */

/** Who asks. */
export const CallerOf = (): ParameterDecorator => taken(callerOfRequest);

/** The command's id, fingerprint, caller and expected revision. */
export const CommandRequestOf = (): ParameterDecorator =>
  taken(
    readCommandRequest,
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'The same key with the same body happens once, and is answered the same again.',
      schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
      example: '8e03978e-40d5-43dd-bc93-6894a57f9324',
    }),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The revision that was decided on, as `ETag` gave it; 412 if there is a newer one.',
      schema: { type: 'string', pattern: '^"(0|[1-9]\\d*)"$' },
      example: '"7"',
    }),
  );

/** What personal data is read for; undefined if the caller did not say. */
export const PurposeOf = (): ParameterDecorator =>
  taken(
    ({ headers }) => readPurpose(headers['kim-purpose']),
    ApiHeader({
      name: 'KIM-Purpose',
      required: false,
      description: 'What the personal data is read for; recorded in the access log.',
      schema: { type: 'string', enum: [...purposes] },
    }),
  );

/** The position that the answer must reach, as it was printed; undefined if none was named. */
export const MinPositionOf = (): ParameterDecorator =>
  taken(
    ({ headers }) => {
      const position = headers['kim-min-position'];
      if (position !== undefined && !/^[\x21-\x7e]{1,200}$/.test(String(position))) {
        throw invalidHeader('KIM-Min-Position', 'must be a position as KIM-Position gave it');
      }
      return position;
    },
    ApiHeader({
      name: 'KIM-Min-Position',
      required: false,
      description: "A command's `KIM-Position`: the answer waits until it is included.",
      schema: { type: 'string' },
    }),
  );

/** The language to word an answer in: German unless English is asked for. */
export const LanguageOf = (): ParameterDecorator =>
  taken(
    ({ headers }, reply) => {
      const language = preferredLanguage(headers['accept-language']);
      void reply.header('content-language', language);
      return language;
    },
    ApiHeader({
      name: 'Accept-Language',
      required: false,
      description: 'German unless English is preferred.',
      schema: { type: 'string' },
      example: 'en',
    }),
  );

/** A part of the path, of the kind that a field would be: `@PathOf('journeyId', Uuid())`. */
export const PathOf = (name: string, { kind }: Field): ParameterDecorator =>
  taken(
    (request) => {
      const value = (request.params as Readonly<Record<string, string>>)[name] ?? '';
      const message = withClock(request.server.shell.clock, () => wrongWith(kind, value));
      if (message !== undefined) throw invalidInput([{ pointer: `/${name}`, message, in: 'path' }]);
      return kind.rule.normal?.(value) ?? value;
    },
    ApiParam({ name, required: true, schema: { ...kind.rule.schema, example: kind.example } }),
  );

/** The body, read as the class that the parameter is declared with. A body that is absent is an empty object. */
export const BodyOf = (): ParameterDecorator => (target, method, index) => {
  const shape = declaredClass(target, method, index);
  Reflect.defineMetadata(takesBody, true, target, method ?? '');
  taken(
    ({ body, server }) => readInput(shape, body ?? {}, server.shell.clock),
    ApiBody({ type: shape, required: [...fieldsOf(shape).values()].some(({ optional }) => !optional) }),
  )(target, method, index);
};

/** The parameters after `?`, read as the class that the parameter is declared with. */
export const QueryOf = (): ParameterDecorator => (target, method, index) => {
  const shape = declaredClass(target, method, index);
  Reflect.defineMetadata(takesQuery, true, target, method ?? '');
  taken(
    ({ query, server }) =>
      readInput(shape, readParameters(shape, query as ParsedQuery), server.shell.clock, { in: 'query' }),
    ...Array.from(fieldsOf(shape), ([name, kind]) => queryParameter(name, kind)),
  )(target, method, index);
};

// Read from the class, Nest would take a code list for a text.
const queryParameter = (name: string, { rule, optional, description, example }: Kind): MethodDecorator =>
  ApiQuery({
    name,
    required: !optional,
    ...(description === undefined ? {} : { description }),
    schema: { ...rule.schema, ...(example === undefined ? {} : { example }) },
  });

type ParsedQuery = Readonly<Record<string, string | readonly string[]>>;

const takesBody = Symbol('takes a body');
const takesQuery = Symbol('takes a query');

/** What the parameters of a handler say about its route. */
export const takenBy = (
  target: object,
  method: string | symbol,
): { takesBody: boolean; takesQuery: boolean } => ({
  takesBody: Reflect.hasMetadata(takesBody, target, method),
  takesQuery: Reflect.hasMetadata(takesQuery, target, method),
});

const taken = (
  read: (request: FastifyRequest, reply: FastifyReply) => unknown,
  ...documents: readonly MethodDecorator[]
): ParameterDecorator =>
  createParamDecorator(
    (_: unknown, context: ExecutionContext) =>
      read(context.getArgByIndex<FastifyRequest>(0), context.getArgByIndex<FastifyReply>(1)),
    [
      (target, method) => {
        const handler = Object.getOwnPropertyDescriptor(target, method ?? '');
        if (handler) for (const document of documents) document(target, method ?? '', handler);
      },
    ],
  )();

const declaredClass = (target: object, method: string | symbol | undefined, index: number): Shape => {
  const types = Reflect.getMetadata('design:paramtypes', target, method ?? '') as Shape[];
  const shape = types[index];
  if (!shape || (shape as unknown) === Object)
    throw new Error(`${String(method)} names no class for its input`);
  return shape;
};
