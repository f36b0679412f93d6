import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testEventStore, type TestEventStore } from '../support/event-store.js';
import { startApplication, type Reply, type RunningApplication } from '../support/application.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly example?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}
interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
interface Described {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
}

const canary = 'Kanarienvogel';

/** What no field of any command takes, whatever it is. */
const wrong: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['a number that is no whole one', 0.5],
  ['a text with NUL', `${canary}\u0000`],
  ['half a character', `${canary}\ud800`],
  ['a control character', `${canary}\u001b`],
  ['a list of lists', [[[canary]]]],
  ['an endless text', canary.repeat(2000)],
];

describe('Whatever is wrong with what is sent', () => {
  let folder: string;
  let store: TestEventStore;
  let application: RunningApplication;
  let contract: Contract;
  let clientId: string;
  let journeyId: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'generated-'));
    store = await testEventStore();
    application = await startApplication({ KIM_DATA_DIR: folder, ...store.settings });
    const post = async (path: string, body: object): Promise<Record<string, string>> =>
      (await application.post('bergkamen-cm', path, body)).body as Record<string, string>;
    contract = (await application.get('bergkamen-cm', '/openapi.json')).body as Contract;
    ({ clientId = '' } = await post('/v1/clients', {
      givenName: 'Олена',
      familyName: 'Мельник',
      birthDate: '1990-02-03',
    }));
    ({ journeyId = '' } = await post('/v1/journeys', {
      clientId,
      municipality: '05978004',
      accessRoute: 'own-initiative',
      residenceGroup: 'temporary-protection',
      preferredLanguage: 'uk',
    }));
  });
  afterAll(async () => {
    await application.stop();
    await store.remove();
    await rm(folder, { recursive: true, force: true });
    await rm(`${folder}-ledger`, { recursive: true, force: true });
  });

  const known = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : (contract.components.schemas[schema.$ref.split('/').at(-1)!] ?? {});

  const exampleOf = (given: Schema): unknown => {
    const { example, properties, items } = known(given);
    if (properties) return mapped(properties, exampleOf);
    return example ?? (items ? [exampleOf(items)] : undefined);
  };

  const addressOf = (path: string): string =>
    path
      .replace('{clientId}', clientId)
      .replace('{domain}', 'SGB_II')
      .replace(/\{\w+\}/g, journeyId);

  const commands = () =>
    Object.entries(contract.paths).flatMap(([path, item]) =>
      Object.values(item).flatMap(({ parameters = [], requestBody }) => {
        if (!requestBody || !parameters.some(({ name }) => name === 'Idempotency-Key')) return [];
        const schema = known(requestBody.content['application/json'].schema);
        return [
          {
            path,
            address: addressOf(path),
            fields: schema.properties ?? {},
            example: exampleOf(schema) as object,
          },
        ];
      }),
    );

  const send = (address: string, body: object): Promise<Reply> =>
    application.post('bergkamen-lead2', address, body);

  const expectRefusal = ({ status, headers, body }: Reply, what: readonly unknown[]): void => {
    const form = headers.get('content-type');
    expect([...what, status >= 400 && status < 500, form]).toEqual([
      ...what,
      true,
      'application/problem+json',
    ]);
    expect(JSON.stringify(body)).not.toContain(canary);
  };

  const state = async () => {
    const [journey, client] = await Promise.all([
      application.get('bergkamen-cm', `/v1/journeys/${journeyId}`),
      application.get('bergkamen-cm', `/v1/clients/${clientId}`),
    ]);
    return [journey.headers.get('etag'), client.headers.get('etag')];
  };

  it('each field of each command is refused by name, and nothing is written', async () => {
    const before = await state();
    expect(commands().length).toBeGreaterThan(25);
    for (const { path, address, fields, example } of commands()) {
      const cases = Object.keys(fields).flatMap((name) =>
        wrong.map(([what, value]) => ({ name, what, body: { ...example, [name]: value } })),
      );
      await Promise.all(
        cases.map(async ({ name, what, body }) => {
          const reply = await send(address, body);
          expectRefusal(reply, [path, name, what]);
          if (reply.status === 400) expect(fieldsNamedBy(reply)).toContain(name);
        }),
      );
    }
    expect(await state()).toEqual(before);
  });

  it('fields that nobody knows are refused, and nothing is written', async () => {
    const before = await state();
    for (const { path, address, example } of commands()) {
      expectRefusal(await send(address, { ...example, [`${canary} Müller`]: 1 }), [path]);
      expectRefusal(await send(`${address}?note=${canary}`, example), [path, 'a parameter']);
    }
    expect(await state()).toEqual(before);
  });

  it('malformed ids are refused, and nothing is written', async () => {
    const before = await state();
    for (const path of Object.keys(contract.paths).filter((one) => one.includes('{'))) {
      const address = path.replace(/\{\w+\}/g, `${canary}%00`);
      expectRefusal(await application.get('bergkamen-cm', address), [path]);
      expectRefusal(await send(address, {}), [path]);
    }
    expect(await state()).toEqual(before);
  });
});

const fieldsNamedBy = ({ body }: Reply): readonly (string | undefined)[] =>
  (body as { errors: readonly { pointer: string }[] }).errors.map(({ pointer }) => pointer.split('/')[1]);

const mapped = (entries: Readonly<Record<string, Schema>>, map: (schema: Schema) => unknown): object =>
  Object.fromEntries(Object.entries(entries).map(([name, schema]) => [name, map(schema)]));
