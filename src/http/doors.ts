import type { FastifyInstance, FastifyRequest } from 'fastify';
import { atTheDoor, isPublic, type TokenVerifier } from '../access/index.js';
import { readPurpose } from './headers.js';
import { forbidden, invalidInput, methodNotAllowed, notFound, unauthenticated } from './problem.js';
import { pointerToUnknown } from './input.js';

/**
 * What comes before a request's body is read: who asks, and whether they may at all. So a stranger costs no
 * parsing, and is told nothing about a body.
 */
export const guardDoors = (server: FastifyInstance, verifier: TokenVerifier): void => {
  const methodsAt = knownAddresses(server);
  server.decorateRequest('caller', undefined);
  server.decorateRequest('facts', undefined);

  server.addHook('onRequest', async (request) => {
    const { facts } = request.routeOptions.config;
    if (!facts) {
      const methods = methodsAt(request.url);
      throw methods.length > 0 && !methods.includes(request.method) ? methodNotAllowed(methods) : notFound();
    }
    request.facts = facts;
    if (!isPublic(facts.operation)) {
      const token = bearerToken(request.headers.authorization);
      const verified = token === undefined ? undefined : await verifier.verify(token);
      if (!verified) throw unauthenticated(token !== undefined);
      const answer = atTheDoor(facts.operation, verified.caller);
      if (answer !== 'enter') throw answer === 'forbidden' ? forbidden() : notFound();
      request.caller = verified.caller;
      // Lists need no purpose, but whoever states one is told that it is none.
      readPurpose(request.headers['kim-purpose']);
    }
    if (!facts.takesQuery) refuseQuery(request);
  });
};

const refuseQuery = ({ query }: FastifyRequest): void => {
  const names = Object.keys(query as object);
  if (names.length === 0) return;
  throw invalidInput(
    names.map((name) => ({
      pointer: pointerToUnknown('', name),
      message: 'is not a known parameter',
      in: 'query',
    })),
  );
};

const bearerToken = (header: string | undefined): string | undefined =>
  header === undefined ? undefined : /^Bearer +([\w\-.~+/]+=*) *$/i.exec(header)?.[1];

/** Which methods an address takes: none if there is no such address. */
const knownAddresses = (server: FastifyInstance): ((url: string) => readonly string[]) => {
  const addresses = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  server.addHook('onRoute', ({ url, method }) => {
    const source = url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[^/]+/g, '[^/]+');
    const address = addresses.get(url) ?? { pattern: new RegExp(`^${source}(\\?|$)`), methods: new Set() };
    for (const one of [method].flat()) address.methods.add(one);
    addresses.set(url, address);
  });
  return (url) => [
    ...new Set(
      [...addresses.values()].flatMap(({ pattern, methods }) => (pattern.test(url) ? [...methods] : [])),
    ),
  ];
};
