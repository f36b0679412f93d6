import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { isPublic, policy, type Operation } from '../../src/access/index.js';
import { contractOfApplication } from '../../src/contract.js';
import { otherFormats } from '../../src/indicators/http/accept.js';
import { operationsOf, schemaReader } from '../support/documented.js';
import type { Document, DocumentedOperation, Schema } from '../support/documented.js';
import { openOffice, type Office } from './fake-office.js';

type Described = DocumentedOperation & {
  readonly operationId: Operation;
  readonly security?: readonly unknown[];
};

describe('The contract', () => {
  let document: Awaited<ReturnType<typeof contractOfApplication>>;
  let operations: readonly Described[];
  let schemas: Readonly<Record<string, Schema>>;
  beforeAll(async () => {
    document = await contractOfApplication();
    operations = operationsOf(document as unknown as Document) as readonly Described[];
    schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  });

  it('is the one that is committed; `npm run openapi` writes it anew', async () => {
    const committed = new URL('../../../openapi.json', import.meta.url);
    expect(JSON.parse(await readFile(committed, 'utf8'))).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(
      await validator.validate(JSON.parse(JSON.stringify(document)) as Record<string, unknown>),
    ).toMatchObject({
      valid: true,
    });
    expect(validator.version).toBe('3.1');
  });

  it('has schemas that are JSON Schema 2020-12, with nothing left of older dialects', () => {
    const ajv = schemaReader();
    ajv.addSchema({ $id: 'contract', components: { schemas } });
    for (const name of Object.keys(schemas)) {
      expect(ajv.getSchema(`contract#/components/schemas/${name}`)).toBeDefined();
    }
  });

  it('gives examples that are what they are examples of', () => {
    const ajv = schemaReader();
    const fields = Object.values(schemas).flatMap(({ properties = {} }) => Object.values(properties));
    const parameters = operations.flatMap(({ parameters = [] }) => parameters.map(({ schema }) => schema));
    const withExample = [...fields, ...parameters].filter(({ example }) => example !== undefined);
    expect(withExample.length).toBeGreaterThan(100);
    for (const schema of withExample) {
      expect([schema, ajv.validate(schema, schema.example)]).toEqual([schema, true]);
    }
  });

  it('says of every success what is answered', () => {
    for (const { operationId, responses } of operations) {
      const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      expect([operationId, successes.length]).toEqual([operationId, 1]);
      for (const [, { content = {} }] of successes) {
        const schemas = Object.values(content).filter(({ schema }) => schema.$ref ?? schema.type);
        expect([operationId, schemas.length > 0]).toEqual([operationId, true]);
        expect(schemas.length).toBe(Object.keys(content).length);
      }
    }
  });

  it('has a route for every operation of the policy, and no other', () => {
    const served = operations.map(({ operationId }) => operationId);
    const allowed = Object.keys(policy).filter((operation) => operation !== 'readContract');
    expect([...served].sort()).toEqual(allowed.sort());
  });

  it('names every format of a figure, and that there are others', () => {
    const figures = operations.filter(({ operationId }) => /^read(Public)?Indicator$/.test(operationId));
    expect(figures).toHaveLength(2);
    for (const { responses } of figures) {
      const { content = {} } = responses['200'] ?? {};
      expect(Object.keys(content)).toEqual(['application/json', ...Object.keys(otherFormats)]);
      expect(responses).toHaveProperty('406');
    }
  });

  it('asks for a token wherever the policy does', () => {
    for (const { operationId, security, responses } of operations) {
      const needsToken = security !== undefined && '401' in responses;
      expect([operationId, needsToken]).toEqual([operationId, !isPublic(operationId)]);
    }
  });

  it('says of every command how it is sent again and by what it is refused', () => {
    const commands = operations.filter(({ parameters = [] }) =>
      parameters.some(({ name }) => name === 'Idempotency-Key'),
    );
    expect(commands.length).toBeGreaterThan(20);
    for (const { responses } of commands) {
      expect(Object.keys(responses)).toEqual(
        expect.arrayContaining(['400', '401', '403', '404', '409', '412', '413', '415', '422', '503']),
      );
    }
  });

  it('names every part of an address', () => {
    for (const { path, parameters = [] } of operations) {
      const named = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
      const described = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
      expect([path, described.sort()]).toEqual([path, named.sort()]);
    }
  });
});

describe('The pages to browse the contract', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.app.close());

  it('load nothing from elsewhere', async () => {
    const page = await office.ask({ method: 'GET', url: '/docs' });
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; /);
    const loaded = Array.from(page.text.matchAll(/(?:src|href)="([^"]+)"/g), ([, address]) => address ?? '');
    expect(loaded.length).toBeGreaterThan(2);
    for (const address of loaded.filter((one) => one !== 'data:,')) {
      expect(address).toMatch(/^\/docs\//);
      const asset = await office.ask({ method: 'GET', url: address });
      expect(asset.status).toBe(200);
      expect(asset.headers['content-type']).toMatch(/^text\/(javascript|css); charset=utf-8$/);
    }
  });

  it('show the document that is served without a token', async () => {
    const answer = await office.ask({ method: 'GET', url: '/openapi.json' });
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.body).toMatchObject({ openapi: '3.1.0', paths: { '/v1/journeys/{journeyId}/needs': {} } });
  });
});
