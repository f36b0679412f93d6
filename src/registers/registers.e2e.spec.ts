import { createHash, createSecretKey, randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { demoIdentity, type DemoIdentity } from '../access/index.js';
import { createApplication, HttpModule, type Clock } from '../http/index.js';
import { loadReferenceData } from '../reference/index.js';
import { ask, type Answered } from '../../test/http/ask.js';
import { expectInvalid, expectProblem } from '../../test/http/expectations.js';
import { RegistersModule } from './registers.module.js';

interface Listed {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly nextCursor: string | null;
}

/** Half past midnight on 1 July in Berlin, while it is still June in Greenwich. */
const clock: Clock = { now: () => new Date('2026-06-30T22:30:00Z') };

describe('the registers over HTTP', () => {
  const reference = loadReferenceData();
  let identity: DemoIdentity;
  let app: NestFastifyApplication;
  let port: number;

  beforeAll(async () => {
    identity = await demoIdentity(reference.users, clock);
    app = await createApplication(
      {
        module: RegistersModule,
        imports: [
          HttpModule.with({
            clock,
            verifier: identity,
            fingerprint: () => '',
            log: () => undefined,
            cursorKey: createSecretKey(randomBytes(32)),
          }),
        ],
      },
      () => undefined,
    );
    await app.listen(0, '127.0.0.1');
    port = (app.getHttpServer().address() as AddressInfo).port;
  });

  afterAll(() => app.close());

  const askAs = async (username: string, url: string): Promise<Answered> => {
    const authorization = `Bearer ${await identity.tokenFor(username)}`;
    return ask(port, { method: 'GET', url: `/v1/${url}`, headers: { authorization } });
  };

  const list = async (url: string, username = 'kamen-cm'): Promise<Listed> => {
    const { status, body } = await askAs(username, url);
    expect(status).toBe(200);
    return body as unknown as Listed;
  };

  const listed = async (url: string, field: string): Promise<readonly unknown[]> =>
    (await list(url)).items.map((item) => item[field]);

  it('name the job centre of Bergkamen', async () => {
    expect(await list('organisations?kind=job-centre&municipality=05978004&legalDomain=SGB_II')).toEqual({
      items: [
        {
          id: 'jobcenter-kreis-unna',
          name: 'Jobcenter Kreis Unna',
          kind: 'job-centre',
          legalDomain: 'SGB_II',
          municipalities: reference.municipalities.map(({ ags }) => ags),
        },
      ],
      nextCursor: null,
    });
  });

  it('say who decides on residence in Lünen, today and before anybody was entered', async () => {
    expect(await list('competence?function=residence&municipality=05978024')).toEqual({
      items: [
        {
          function: 'residence',
          municipality: '05978024',
          organisationId: 'auslaenderbehoerde-luenen',
          organisationName: 'Ausländerbehörde Lünen',
          validFrom: '2020-01-01',
        },
      ],
      nextCursor: null,
    });
    expect(await listed('competence?municipality=05978024&on=2019-12-31', 'organisationId')).toEqual([]);
  });

  it('label the phases in German and English', async () => {
    const { items } = await list('code-lists');
    expect(items.find(({ name }) => name === 'phase')?.['codes']).toContainEqual({
      code: 'assessment',
      label: { de: 'Bedarfs- und Potenzialklärung', en: 'Assessment' },
    });
  });

  it('show the colleagues of one’s own house and nobody else’s', async () => {
    expect(await list('users')).toEqual({
      items: [
        {
          userId: 'kamen-cm',
          name: 'Fallmanagement Kamen',
          roles: ['case_manager'],
          languages: ['de', 'uk', 'ru'],
          gender: 'woman',
        },
        {
          userId: 'kamen-lead',
          name: 'Leitung KIM Kamen',
          roles: ['supervisor'],
          languages: ['de'],
          gender: 'man',
        },
      ],
      nextCursor: null,
    });
    expect((await list('users', 'abh-lead')).items.map(({ userId }) => userId)).toEqual([
      'abh-cm',
      'abh-lead',
    ]);
  });

  it('give the consent texts under the hash of what is given', async () => {
    const { items } = await list('consent-texts?purpose=handover&language=uk');
    expect(items).toHaveLength(1);
    const [{ purpose, language, version, text, textHash }] = items as [Record<string, string>];
    expect({ purpose, language, version }).toEqual({ purpose: 'handover', language: 'uk', version: 1 });
    expect(createHash('sha256').update(text!, 'utf8').digest('hex')).toBe(textHash);
    expect(await listed('consent-texts?language=ku&version=1', 'language')).toEqual(Array(4).fill('kmr'));
    expect(await listed('consent-texts?language=en&version=2', 'version')).toEqual([]);
  });

  it('list the municipalities and the social areas within one', async () => {
    expect(await listed('municipalities', 'name')).toContain('Fröndenberg/Ruhr');
    expect(await listed('social-areas?municipality=05978004', 'name')).toContain('Weddinghofen');
    expect(await listed('social-areas?municipality=05978024', 'name')).toEqual([]);
  });

  it.each(['organisations', 'competence', 'code-lists', 'consent-texts', 'municipalities', 'social-areas'])(
    'turn the pages of %s without skipping or repeating anything',
    async (path) => {
      const whole = (await list(`${path}?limit=200`)).items;
      const turned: unknown[] = [];
      let page = await list(`${path}?limit=7`);
      for (;;) {
        turned.push(...page.items);
        if (page.nextCursor === null) break;
        expect(page.items).toHaveLength(7);
        page = await list(`${path}?limit=7&cursor=${page.nextCursor}`);
      }
      expect(whole.length).toBeGreaterThan(7);
      expect(turned).toEqual(whole);
    },
  );

  it('may be read by everybody with a token, and by nobody without', async () => {
    for (const { username } of reference.users) await list('organisations?limit=1', username);
    for (const path of ['organisations', 'users', 'consent-texts']) {
      expectProblem(await ask(port, { method: 'GET', url: `/v1/${path}` }), 401, 'unauthenticated');
    }
  });

  it.each([
    ['organisations?kind=shop', '/kind'],
    ['organisations?municipality=05978999', '/municipality'],
    ['organisations?colour=red', '/colour'],
    ['organisations?limit=0', '/limit'],
    ['organisations?limit=201', '/limit'],
    ['organisations?limit=1&limit=2', '/limit'],
    ['organisations?cursor=abc', '/cursor'],
    ['organisations?cursor=', '/cursor'],
    ['competence?function=housing', '/function'],
    ['competence?municipality=Kamen', '/municipality'],
    ['competence?municipality=05978999', '/municipality'],
    ['competence?on=2026-02-30', '/on'],
    ['consent-texts?purpose=marriage', '/purpose'],
    ['consent-texts?language=klingon', '/language'],
    ['consent-texts?version=one', '/version'],
    ['users?organisation=kim-bergkamen', '/organisation'],
    ['social-areas?municipality=1', '/municipality'],
  ])('answer %s with what is wrong', async (url, pointer) => {
    const answer = await askAs('kamen-cm', url);
    expectInvalid(answer, pointer);
    expect(answer.body.errors?.[0]?.in).toBe('query');
  });

  it('take a cursor for the query only that gave it', async () => {
    const { nextCursor } = await list('organisations?kind=youth-welfare-office&limit=2');
    await list(`organisations?kind=youth-welfare-office&limit=5&cursor=${nextCursor}`);
    expectInvalid(await askAs('kamen-cm', `organisations?cursor=${nextCursor}`), '/cursor');
    expectInvalid(await askAs('kamen-cm', `municipalities?cursor=${nextCursor}`), '/cursor');
  });
});
