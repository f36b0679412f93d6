import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canary, expectInvalid, expectProblem } from './expectations.js';
import { openOffice, type Office } from './fake-office.js';

const needs = '/v1/journeys/6f1c2b0e-9f0a-5d53-8e0a-0d6f6c1f2a34/needs';

describe('A body', () => {
  let office: Office;
  let token: { authorization: string };
  beforeAll(async () => {
    office = await openOffice();
    token = await office.as('kamen-cm');
  });
  afterAll(() => office.app.close());

  const sendText = (url: string, payload: string | Buffer, headers: Record<string, string> = {}) =>
    office.ask({
      method: 'POST',
      url,
      payload,
      headers: { ...token, 'content-type': 'application/json', 'idempotency-key': 'k1', ...headers },
    });
  const send = (url: string, body: object, headers: Record<string, string> = {}) =>
    sendText(url, JSON.stringify(body), headers);

  it('is told each of its faults', async () => {
    const body = {
      fieldOfAction: canary,
      occurredOn: '2026-11-25',
      description: 7,
      minutes: '5',
      steps: [{ title: 'a' }, { title: '', [`${canary} Y`]: 1 }, canary],
      shoeSize: canary,
    };
    expectInvalid(
      await send(needs, body),
      '/steps/1',
      '/shoeSize',
      '/fieldOfAction',
      '/occurredOn',
      '/description',
      '/minutes',
      '/steps/1/title',
      '/steps/2',
    );
  });

  it.each([
    ['text', '"hello"'],
    ['a number', '7'],
    ['null', 'null'],
    ['a list', '[{"fieldOfAction":"housing"}]'],
    ['no JSON', '{"fieldOfAction":'],
    ['no JSON at all', canary],
    ['JSON with a comment', '{/* */"fieldOfAction":"housing"}'],
    ['JSON after a byte order mark', '\ufeff{"fieldOfAction":"housing"}'],
    ['blanks', '   '],
  ])('that is %s is refused', async (_, text) => {
    expectInvalid(await sendText(needs, text), '');
  });

  it('that is not UTF-8 is refused', async () => {
    const latin1 = Buffer.from('{"fieldOfAction":"housing","description":"Ümit"}', 'latin1');
    expectInvalid(await sendText(needs, latin1), '');
  });

  it.each([
    ['{"fieldOfAction":"housing","description":"a\\u0000b"}', '/description'],
    ['{"fieldOfAction":"housing","description":"\\ud800"}', '/description'],
    ['{"fieldOfAction":"housing","steps":[{"title":"\\udc00\\ud800"}]}', '/steps/0/title'],
    ['{"fieldOfAction":"housing","a\\u0000b":1}', ''],
    ['{"fieldOfAction":"housing","\\ud800":1}', ''],
    ['{"fieldOfAction":"housing","minutes":1e999}', '/minutes'],
  ])('with what no store can hold is refused: %s', async (text, pointer) => {
    expectInvalid(await sendText(needs, text), pointer);
  });

  it.each([
    ['{"fieldOfAction":"housing","fieldOfAction":"health-care"}', '/fieldOfAction'],
    ['{"fieldOfAction":"housing","steps":[{"title":"a"},{"title":"b","ti\\u0074le":"c"}]}', '/steps/1/title'],
    ['{"a":{"b":":{}[],\\"","c":[[1,2],{"b":1}]},"b":1,"a":2}', '/a'],
    [`{"fieldOfAction":"housing","${canary} Y":1,"${canary} Y":2}`, ''],
  ])('in which a field stands twice is refused: %s', async (text, pointer) => {
    expectInvalid(await sendText(needs, text), pointer);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'])(
    'cannot reach what every object has: %s',
    async (name) => {
      const answer = await sendText(needs, `{"fieldOfAction":"housing","${name}":{"isAdmin":true}}`);
      expectInvalid(answer, `/${name}`);
      expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
    },
  );

  it('that is deep is refused', async () => {
    const deep = (levels: number) => `{"description":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    for (const levels of [17, 1000, 100_000]) {
      const answer = await sendText(needs, deep(levels));
      expectInvalid(answer, `/description${'/0'.repeat(15)}`);
    }
  });

  it('with very many values is refused', async () => {
    expectInvalid(await send(needs, { description: Array.from({ length: 10_001 }, () => 0) }), '');
  });

  it('with very many unknown fields is told of a hundred', async () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`field${index}`, 1]));
    expect((await send(needs, many)).body.errors).toHaveLength(100);
  });

  it('that is larger than the limit is refused', async () => {
    const answer = await send(needs, { fieldOfAction: 'housing', description: 'x'.repeat(256 * 1024) });
    expectProblem(answer, 413, 'too-large');
  });

  it.each([
    ['text/plain'],
    ['application/xml'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/json; charset=latin1'],
    ['application/jsonx'],
    ['application/problem+json'],
    ['json'],
    [''],
  ])('of type %j is refused', async (type) => {
    expectProblem(
      await sendText(needs, '{"fieldOfAction":"housing"}', { 'content-type': type }),
      415,
      'unsupported-media-type',
    );
  });

  it('that is compressed is refused', async () => {
    expectProblem(
      await sendText(needs, '{"fieldOfAction":"housing"}', { 'content-encoding': 'gzip' }),
      415,
      'unsupported-media-type',
    );
  });

  it.each([['application/json;charset=UTF-8'], ['APPLICATION/JSON'], ['application/json; charset="utf-8"']])(
    'of type %s is read',
    async (type) => {
      expect((await sendText(needs, '{"fieldOfAction":"housing"}', { 'content-type': type })).status).toBe(
        201,
      );
    },
  );
});
