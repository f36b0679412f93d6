import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { v5 } from 'uuid';
import { readCommandRequest } from './command-request.js';

const caller = { userId: 'kamen-cm', name: 'Fallmanagement Kamen', organisationId: 'kim-kamen', roles: [] };
const request = (url: string): FastifyRequest =>
  ({
    url,
    method: 'POST',
    id: '0d6f6c1f-2a34-4e0a-9f0a-6f1c2b0e5d53',
    headers: { 'idempotency-key': 'k1' },
    caller,
    facts: { operation: 'openJourney', takesQuery: false, takesBody: true },
    body: {},
    server: { shell: { fingerprint: () => 'fingerprint' } },
  }) as unknown as FastifyRequest;

describe("A command's id", () => {
  it('is the UUID v5 of caller, method, path and key, for ever', () => {
    const { commandId } = readCommandRequest(request('/v1/journeys?x=1'));
    const name = JSON.stringify(['kamen-cm', 'POST', '/v1/journeys', 'k1']);
    expect(commandId).toBe(v5(name, 'c1b4a2f0-6f0e-5a39-9a40-3f6f0a5de5b7'));
    expect(commandId).toBe('02777cf9-1e80-573f-9c07-2b35ece31ac7');
  });
});
