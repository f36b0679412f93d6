import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { openOffice } from './fake-office.js';

const journey = '/v1/journeys/6f1c2b0e-9f0a-5d53-8e0a-0d6f6c1f2a34';

describe('The operator', () => {
  it('is told that the process answers, whatever else is away', async () => {
    const office = await openOffice({
      checks: [{ name: 'store', check: () => Promise.reject(new Error()) }],
    });
    const answer = await office.ask({ method: 'GET', url: '/health/live' });
    expect(answer).toMatchObject({ status: 200, body: { status: 'up' } });
    await office.app.close();
  });

  it('is told when all parts are there', async () => {
    const office = await openOffice({ checks: [{ name: 'store', check: () => Promise.resolve() }] });
    const answer = await office.ask({ method: 'GET', url: '/health/ready' });
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'ready', checks: [{ name: 'store', status: 'up' }] },
    });
    await office.app.close();
  });

  it('is told which part is away, and nothing of why', async () => {
    const office = await openOffice({
      checks: [
        { name: 'store', check: () => Promise.resolve() },
        { name: 'database', check: () => Promise.reject(new Error('password of kim wrong')) },
      ],
    });
    const answer = await office.ask({ method: 'GET', url: '/health/ready' });
    expect(answer).toMatchObject({
      status: 503,
      headers: { 'content-type': 'application/problem+json', 'retry-after': '2' },
      body: {
        code: 'not-ready',
        checks: [
          { name: 'store', status: 'up' },
          { name: 'database', status: 'down' },
        ],
      },
    });
    expect(answer.text).not.toContain('password');
    await office.app.close();
  });

  it('sees how long requests take by the template of their route, never by their address', async () => {
    const office = await openOffice();
    await office.ask({ method: 'GET', url: journey, headers: await office.as('kamen-cm') });
    await office.ask({ method: 'GET', url: '/v1/journeys/Zeynep' });
    await office.ask({ method: 'GET', url: '/Zeynep' });
    const { text, headers } = await office.ask({ method: 'GET', url: '/metrics' });
    expect(headers['content-type']).toMatch(/^text\/plain/);
    const counted = (route: string, status: number): string =>
      `kim_http_request_duration_seconds_count{method="GET",route="${route}",status="${status}"} 1`;
    expect(text).toContain(counted('/v1/journeys/:journeyId', 200));
    expect(text).toContain(counted('/v1/journeys/:journeyId', 401));
    expect(text).toContain(counted('unknown', 404));
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(text).not.toMatch(/6f1c2b0e|Zeynep/);
    await office.app.close();
  });

  it('finds each request in the log under the id that its problem names', async () => {
    const office = await openOffice();
    const refused = await office.ask({ method: 'GET', url: journey });
    await office.ask({ method: 'GET', url: '/health/live' });
    expect(office.log).toEqual([
      {
        level: 'info',
        event: 'request',
        entry: {
          method: 'GET',
          route: '/v1/journeys/:journeyId',
          status: 401,
          milliseconds: expect.any(Number),
          correlationId: (refused.body['instance'] as string).replace('urn:uuid:', ''),
        },
      },
    ]);
    await office.app.close();
  });

  it('finds what went well as well, if that is asked for', async () => {
    const office = await openOffice({ logSuccesses: true });
    await office.ask({ method: 'GET', url: '/health/live' });
    expect(office.log).toMatchObject([{ event: 'request', entry: { route: '/health/live', status: 200 } }]);
    await office.app.close();
  });
});

describe('Closing', () => {
  it('lets what is under way finish, and hangs up on those who say nothing', async () => {
    const arrived = signal();
    const answers = signal();
    const office = await openOffice({
      checks: [{ name: 'slow', check: () => (arrived.give(), answers.given) }],
    });
    const silent = connect(office.port, '127.0.0.1');
    await once(silent, 'connect');
    const underWay = office.ask({ method: 'GET', url: '/health/ready' });
    await arrived.given;

    const closed = office.app.close();
    answers.give();
    expect((await underWay).status).toBe(200);
    await Promise.all([closed, once(silent, 'close')]);
    await expect(office.ask({ method: 'GET', url: '/health/live' })).rejects.toThrow('ECONNREFUSED');
  });

  it('sends whoever asks meanwhile elsewhere', async () => {
    const arrived = signal();
    const answers = signal();
    const office = await openOffice({
      checks: [{ name: 'slow', check: () => (arrived.give(), answers.given) }],
    });
    const socket = connect(office.port, '127.0.0.1').setEncoding('utf8');
    let answered = '';
    socket.on('data', (text) => (answered += String(text)));
    const ask = (path: string) => socket.write(`GET ${path} HTTP/1.1\r\nHost: kim\r\n\r\n`);

    ask('/health/ready');
    await arrived.given;
    const closed = office.app.close();
    const heard = once(office.app.getHttpServer(), 'request');
    ask('/health/live');
    await heard;
    answers.give();
    await Promise.all([closed, once(socket, 'close')]);

    const [first, second] = answered.split(/(?=HTTP\/1\.1 )/);
    expect(first).toMatch(/^HTTP\/1.1 200 /);
    expect(second).toMatch(/^HTTP\/1.1 503 /);
    expect(second).toContain('urn:kim:problem:shutting-down');
  });

  it('does not wait for ever for a request that hangs', async () => {
    const arrived = signal();
    const office = await openOffice({
      grace: 20,
      checks: [{ name: 'hanging', check: () => (arrived.give(), new Promise(() => undefined)) }],
    });
    const hanging = office.ask({ method: 'GET', url: '/health/ready' });
    const hungUp = expect(hanging).rejects.toThrow();
    await arrived.given;
    await office.app.close();
    await hungUp;
  });
});

const signal = (): { readonly given: Promise<void>; readonly give: () => void } => {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give: () => give() };
};
