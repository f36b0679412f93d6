import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Question } from './ask.js';
import { canary, expectInvalid, expectProblem } from './expectations.js';
import { openOffice, type Office } from './fake-office.js';

const journey = '/v1/journeys/6f1c2b0e-9f0a-5d53-8e0a-0d6f6c1f2a34';

describe('At the border of the service', () => {
  let office: Office;
  let token: { authorization: string };
  beforeAll(async () => {
    office = await openOffice();
    token = await office.as('kamen-cm');
  });
  afterAll(() => office.app.close());

  const ask = (question: Question) => office.ask(question);
  const sendText = (url: string, payload: string | Buffer, headers: Record<string, string> = {}) =>
    ask({
      method: 'POST',
      url,
      payload,
      headers: { ...token, 'content-type': 'application/json', 'idempotency-key': 'k1', ...headers },
    });
  const send = (url: string, body: object, headers: Record<string, string> = {}) =>
    sendText(url, JSON.stringify(body), headers);
  const get = (url: string, headers: Record<string, string> = {}) =>
    ask({ method: 'GET', url, headers: { ...token, ...headers } });

  describe('a command', () => {
    it('is understood, and answered with revision, position and place', async () => {
      const answer = await send('/v1/journeys', { fieldOfAction: 'housing' }, { 'if-match': '"7"' });
      expect(answer).toMatchObject({
        status: 201,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          etag: '"0"',
          'kim-position': '1',
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        },
        body: { body: { fieldOfAction: 'housing' }, request: { ifMatch: 7, caller: { userId: 'kamen-cm' } } },
      });
      expect(answer.headers['location']).toBe(
        `/v1/journeys/${(answer.body['request'] as { commandId: string }).commandId}`,
      );
    });

    const requestOf = async (...[url, body, headers]: Parameters<typeof send>) =>
      (await send(url, body, headers)).body['request'] as { commandId: string; fingerprint: string };

    it('has the same id when it is sent again, however its fields are ordered or its key is quoted', async () => {
      const body = { fieldOfAction: 'housing', description: 'Schimmel' };
      const first = await requestOf(`${journey}/needs`, body);
      const again = await requestOf(
        `${journey}/needs`,
        { description: body.description, fieldOfAction: body.fieldOfAction },
        { 'idempotency-key': '"k1"' },
      );
      expect(again).toMatchObject({ commandId: first.commandId, fingerprint: first.fingerprint });
      expect(
        await requestOf(`${journey.toUpperCase().replace('/V1/JOURNEYS', '/v1/journeys')}/needs`, body),
      ).toMatchObject({ commandId: first.commandId });
    });

    it('has another id under another key, at another address, from another caller', async () => {
      const body = { fieldOfAction: 'housing' };
      const ids = [
        await requestOf('/v1/journeys', body),
        await requestOf('/v1/journeys', body, { 'idempotency-key': 'k2' }),
        await requestOf(`${journey}/needs`, body),
      ].map(({ commandId }) => commandId);
      expect(new Set(ids).size).toBe(3);
    });

    it('has another fingerprint when it asks for something else', async () => {
      const one = await requestOf(`${journey}/needs`, { fieldOfAction: 'housing' });
      const other = await requestOf(`${journey}/needs`, { fieldOfAction: 'health-care' });
      expect(other.commandId).toBe(one.commandId);
      expect(other.fingerprint).not.toBe(one.fingerprint);
    });

    it('that needs no field may come without a body', async () => {
      const key = { ...token, 'idempotency-key': 'k' };
      for (const path of ['closure', 'reopening']) {
        const without = await ask({ method: 'POST', url: `${journey}/${path}`, headers: key });
        expect(without.status).toBe(200);
        const empty = await sendText(`${journey}/${path}`, '{}', { 'idempotency-key': 'k' });
        expect(empty.body['request']).toMatchObject({
          fingerprint: (without.body['request'] as { fingerprint: string }).fingerprint,
        });
        expect((await sendText(`${journey}/${path}`, '')).status).toBe(200);
      }
    });

    it('that takes no body refuses one with fields', async () => {
      expectInvalid(await send(`${journey}/reopening`, { reason: canary }), '/reason');
    });

    it.each([[''], ['a b'], ['ä'], ['x'.repeat(256)], ['a, b'], ['"a'], ['"a", "b"'], ['\t']])(
      'is refused under the key %j',
      async (key) => {
        expectInvalid(
          await send('/v1/journeys', { fieldOfAction: 'housing' }, { 'idempotency-key': key }),
          '/Idempotency-Key',
        );
      },
    );

    it('is refused without a key', async () => {
      const answer = await ask({
        method: 'POST',
        url: '/v1/journeys',
        headers: token,
        payload: { fieldOfAction: 'housing' },
      });
      expectInvalid(answer, '/Idempotency-Key');
      expect(answer.body.errors?.[0]?.in).toBe('header');
    });

    it.each([['*'], ['7'], ['W/"7"'], ['"7", "8"'], ['"-1"'], ['"07"'], ['"7'], ['""'], [''], ['"1e3"']])(
      'is refused with If-Match %s',
      async (tag) => {
        expectInvalid(
          await send('/v1/journeys', { fieldOfAction: 'housing' }, { 'if-match': tag }),
          '/If-Match',
        );
      },
    );

    it('takes no parameters', async () => {
      expectInvalid(await send(`/v1/journeys?dryRun=${canary}`, { fieldOfAction: 'housing' }), '/dryRun');
    });
  });

  describe('an address', () => {
    it.each([
      ['/v1/journeys/7', '/journeyId'],
      [`/v1/journeys/${canary}`, '/journeyId'],
      [`${journey}0`, '/journeyId'],
      ['/v1/journeys/%00', '/journeyId'],
      [`/v1/journeys/${'a'.repeat(2000)}`, '/journeyId'],
      ['/v1/journeys/..%2f..%2fetc', '/journeyId'],
    ])('with a malformed id is refused: %s', async (url, pointer) => {
      const answer = await get(url);
      expectInvalid(answer, pointer);
      expect(answer.body.errors?.[0]?.in).toBe('path');
    });

    it('with a broken escape is refused', async () => {
      expectProblem(await get(`/v1/journeys/%zz${canary}`), 400, 'invalid-input');
    });

    it.each([
      [`/${canary}`],
      ['/'],
      ['/v1/journeys/'],
      [`${journey}/${canary}`],
      ['/v1//journeys'],
      ['/V1/journeys'],
    ])('that nobody has is not found: %s', async (url) => {
      expectProblem(await get(url), 404, 'not-found');
    });

    it('takes the methods it is made for, and names them', async () => {
      const answer = await ask({ method: 'DELETE', url: `${journey}?x=1`, headers: token });
      expectProblem(answer, 405, 'method-not-allowed');
      expect(answer.headers['allow']).toBe('GET, HEAD');
      expectProblem(await ask({ method: 'PUT', url: '/v1/journeys' }), 405, 'method-not-allowed');
    });
  });

  describe('a list', () => {
    it('takes its parameters, and has fifty items unless told otherwise', async () => {
      expect((await get('/v1/organisations')).body).toEqual({ limit: 50 });
      expect((await get('/v1/organisations?limit=200&phase=plan&cursor=abc')).body).toEqual({
        limit: 200,
        phase: 'plan',
        cursor: 'abc',
      });
    });

    it.each([
      ['limit=0', '/limit'],
      ['limit=201', '/limit'],
      ['limit=ten', '/limit'],
      ['limit=', '/limit'],
      ['limit=1e2', '/limit'],
      ['limit=1.0', '/limit'],
      ['limit=1&limit=1', '/limit'],
      [`phase=${canary}`, '/phase'],
      ['name=1', '/name'],
      ['__proto__=1', '/__proto__'],
      [`${canary}%20x=1`, ''],
      ['x=1&x=2', '/x'],
      ['cursor=%00', '/cursor'],
    ])('refuses ?%s', async (query, pointer) => {
      const answer = await get(`/v1/organisations?${query}`);
      expectInvalid(answer, pointer);
      expect(answer.body.errors?.[0]?.in).toBe('query');
    });
  });

  describe('a query', () => {
    it('says for what, from when and in which language', async () => {
      const answer = await get(journey, {
        'kim-purpose': 'handover',
        'kim-min-position': '1042',
        'accept-language': 'en',
      });
      expect(answer).toMatchObject({
        status: 200,
        headers: { etag: '"7"', 'content-language': 'en' },
        body: {
          purpose: 'handover',
          minPosition: '1042',
          language: 'en',
          caller: { organisationId: 'kim-kamen' },
        },
      });
    });

    it('gets the whole answer, also when it has seen it before', async () => {
      expect((await get(journey, { 'if-none-match': '"7"' })).status).toBe(200);
    });

    it.each([['curiosity'], [''], ['review, review'], ['Review']])(
      'is refused for the purpose %j',
      async (purpose) => {
        expectInvalid(await get(journey, { 'kim-purpose': purpose }), '/KIM-Purpose');
      },
    );

    it('is refused from a position that is none', async () => {
      expectInvalid(await get(journey, { 'kim-min-position': 'a b' }), '/KIM-Min-Position');
    });

    it('in a body needs no key', async () => {
      const answer = await ask({
        method: 'POST',
        url: '/v1/clients/matches',
        headers: token,
        payload: { q: 'Amina' },
      });
      expect(answer).toMatchObject({ status: 200, body: { body: { q: 'Amina' } } });
    });
  });

  describe('a caller', () => {
    it.each([
      [{}, 'Bearer'],
      [{ authorization: '' }, 'Bearer'],
      [{ authorization: 'Basic YTpi' }, 'Bearer'],
      [{ authorization: 'Bearer' }, 'Bearer'],
      [{ authorization: `Bearer ${canary}` }, 'Bearer error="invalid_token"'],
      [{ authorization: 'Bearer a.b.c' }, 'Bearer error="invalid_token"'],
    ])('without a good token is asked for one: %j', async (headers, challenge) => {
      for (const url of [journey, '/v1/organisations']) {
        const answer = await ask({ method: 'GET', url, headers });
        expectProblem(answer, 401, 'unauthenticated');
        expect(answer.headers['www-authenticate']).toBe(challenge);
      }
      const unread = { ...headers, 'content-type': 'application/json' };
      expectProblem(
        await ask({ method: 'POST', url: '/v1/journeys', headers: unread, payload: '{' }),
        401,
        'unauthenticated',
      );
    });

    it('who is no case manager may not open a journey, and finds none', async () => {
      const analyst = await office.as('analyst');
      const post = (url: string) =>
        ask({ method: 'POST', url, headers: analyst, payload: { shoeSize: canary } });
      expectProblem(await post('/v1/journeys'), 403, 'forbidden');
      expectProblem(await post(`${journey}/needs`), 404, 'not-found');
      expectProblem(await post('/v1/journeys/7/needs'), 404, 'not-found');
      expectProblem(await ask({ method: 'GET', url: journey, headers: analyst }), 404, 'not-found');
    });
  });

  describe('what goes wrong inside', () => {
    it('is told without a word about it, and logged without what it said', async () => {
      const answer = await send(`${journey}/needs`, { fieldOfAction: 'housing', description: 'break' });
      expectProblem(answer, 500, 'internal-error');
      const failed = office.log.find(({ event }) => event === 'request-failed')?.entry;
      expect(failed).toMatchObject({ error: 'Error', route: '/v1/journeys/:journeyId/needs' });
      expect(answer.body['instance']).toBe(`urn:uuid:${failed?.['correlationId'] as string}`);
      expect(JSON.stringify([office.log, answer])).not.toContain('Amina');
    });

    it('is a pause when a store is away', async () => {
      const answer = await send(`${journey}/needs`, { fieldOfAction: 'housing', description: 'away' });
      expectProblem(answer, 503, 'store-unavailable');
      expect(answer.headers['retry-after']).toBe('2');
    });

    it('never puts an address or a body into the log', async () => {
      await send(`/v1/journeys/${canary}/needs?a=${canary}`, { description: canary });
      expect(JSON.stringify(office.log)).not.toContain(canary);
      expect(JSON.stringify(office.log)).not.toContain(journey);
    });
  });

  describe('what is no HTTP', () => {
    const saying = async (text: string): Promise<string> => {
      const socket = connect(office.port, '127.0.0.1').setEncoding('latin1');
      let answer = '';
      socket.on('data', (chunk) => (answer += String(chunk)));
      socket.write(text);
      await once(socket, 'close');
      return answer;
    };

    it.each([
      ['no request line', 'hello\r\n\r\n', 400],
      ['headers that never end', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`, 431],
      [
        'two lengths',
        'POST /v1/journeys HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
        400,
      ],
    ])('is refused in the same form: %s', async (_, text, status) => {
      const answer = await saying(text);
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(answer).toContain('content-type: application/problem+json');
      expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status });
    });
  });
});

describe('The demonstration', () => {
  it('gives a token to its users, and to nobody else', async () => {
    const office = await openOffice();
    const ask = (payload: object) => office.ask({ method: 'POST', url: '/demo/tokens', payload });
    const given = await ask({ username: 'kamen-cm' });
    expect(given.status).toBe(200);
    const { accessToken } = given.body;
    const seen = await office.ask({
      method: 'GET',
      url: journey,
      headers: { authorization: `Bearer ${String(accessToken)}` },
    });
    expect(seen.body).toMatchObject({ caller: { userId: 'kamen-cm' } });
    expect((await ask({ username: 'mayor' })).status).toBe(400);
    expect((await ask({})).body).toMatchObject({
      errors: [{ pointer: '/username', message: 'is required' }],
    });
    await office.app.close();
  });

  it('does not exist outside demo mode', async () => {
    const office = await openOffice({ demo: false });
    const answer = await office.ask({
      method: 'POST',
      url: '/demo/tokens',
      payload: { username: 'kamen-cm' },
    });
    expect(answer.status).toBe(404);
    await office.app.close();
  });
});
