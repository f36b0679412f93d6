import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { loadSettings } from '../../src/config/index.js';
import { openInstallation } from '../../src/installation.js';
import { startApplication } from '../support/application.js';
import type { RunningApplication } from '../support/application.js';
import { certificate } from '../support/eventstoredb-stand-in/certificate.js';
import { startEventStoreDBStandIn } from '../support/eventstoredb-stand-in/index.js';
import type { EventStoreDBStandIn } from '../support/eventstoredb-stand-in/index.js';
import { olena } from '../support/people.js';
import { startTestPostgres } from '../support/postgres.js';
import type { TestPostgres } from '../support/postgres.js';

describe('The application over an EventStoreDB', () => {
  let postgres: TestPostgres;
  let folder: string;
  const standIns: EventStoreDBStandIn[] = [];
  const applications: RunningApplication[] = [];

  beforeAll(async () => {
    postgres = await startTestPostgres();
    folder = await mkdtemp(join(tmpdir(), 'kim-starting-'));
  });
  afterEach(async () => {
    for (const application of applications.splice(0)) await application.stop();
    for (const standIn of standIns.splice(0)) await standIn.stop();
  });
  afterAll(async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const standIn = async (options: { readonly secure?: boolean } = {}): Promise<EventStoreDBStandIn> => {
    const started = await startEventStoreDBStandIn(options);
    standIns.push(started);
    return started;
  };
  const running = async (settings: Readonly<Record<string, string>>): Promise<RunningApplication> => {
    const application = await startApplication(settings);
    applications.push(application);
    return application;
  };
  const settingsFor = (connectionString: string) => ({
    KIM_DEMO: 'true',
    KIM_DEMO_JOURNEYS: '0',
    KIM_DATA_DIR: folder,
    KIM_DATABASE: postgres.connectionString,
    KIM_EVENT_STORE: connectionString,
  });
  /** What it says when it refuses to start, without Node's own warnings. */
  const refusalOver = async (settings: Readonly<Record<string, string>>): Promise<string> => {
    const refusal = await startApplication(settings).catch((error: unknown) => String(error));
    if (typeof refusal !== 'string') {
      await refusal.stop();
      throw new Error('It started');
    }
    return refusal.replace(/\(node:\d+\).*\n|\(Use `node.*\n/g, '').trim();
  };
  const refused = (sentence: RegExp) =>
    expect.stringMatching(new RegExp(`^Error: The application ended with 1: ${sentence.source}$`));

  it('starts with a certificate that an authority it was told of has signed', async () => {
    const { connectionString } = await standIn({ secure: true });
    const authority = join(folder, 'ca.crt');
    await writeFile(authority, certificate);
    const application = await running(settingsFor(`${connectionString}&tlsCAFile=${authority}`));
    expect((await application.get('operator', '/health/ready')).status).toBe(200);
  });

  it('refuses a certificate that nobody it knows has signed', async () => {
    const { connectionString } = await standIn({ secure: true });
    expect(await refusalOver(settingsFor(connectionString))).toEqual(
      refused(/The certificate of EventStoreDB at \S+ was not accepted \(.*\); name the authority .*\./),
    );
  });

  it('refuses to start where its password is wrong, and does not repeat it', async () => {
    const { connectionString, faults } = await standIn();
    faults.next('read', { refuse: { code: status.UNAUTHENTICATED, details: 'Unauthenticated' } });
    const refusal = await refusalOver(settingsFor(connectionString.replace('//', '//kim:secret@')));
    expect(refusal).toEqual(refused(/EventStoreDB at \S+ refused: user or password is wrong.*\./));
    expect(refusal).not.toContain('secret');
  });

  it('refuses to start where it may not read everything', async () => {
    const { connectionString, faults } = await standIn();
    faults.next('read', { refuse: { code: status.PERMISSION_DENIED, details: 'Access Denied' } });
    expect(await refusalOver(settingsFor(connectionString))).toEqual(
      refused(/EventStoreDB at \S+ refused: .*needs to read \$all.*\./),
    );
  });

  it('refuses a store that holds the events of another application, and writes nothing to it', async () => {
    const { connectionString, log } = await standIn();
    log.append('order-1', 'any', [
      {
        id: randomUUID(),
        type: 'OrderPlaced',
        contentType: 'application/json',
        data: Buffer.from('{}'),
        metadata: new Uint8Array(),
      },
    ]);
    expect(await refusalOver(settingsFor(connectionString))).toEqual(
      refused(/EventStoreDB at \S+ holds events of another application; name a store that is empty.*\./),
    );
    expect(log.stream('kim-log')).toEqual([]);
  });

  it('refuses an address that cannot be read', async () => {
    expect(await refusalOver(settingsFor('esdb://127.0.0.1:2113?tls=perhaps'))).toEqual(
      refused(
        /The settings are not valid:\n {2}KIM_EVENT_STORE cannot be used: The EventStoreDB connection string cannot be read from character \d+ on: .*\./,
      ),
    );
  });

  it('refuses to start without an identity of any kind, and says which setting is missing', async () => {
    const { KIM_EVENT_STORE, KIM_DATA_DIR } = settingsFor('esdb://127.0.0.1:2113?tls=false');
    expect(await refusalOver({ KIM_EVENT_STORE, KIM_DATA_DIR })).toContain(
      'KIM_OIDC_ISSUER is missing: naming KIM_EVENT_STORE switches the demo identity off',
    );
    const named = { KIM_OIDC_ISSUER: 'https://login.example', KIM_OIDC_AUDIENCE: 'kim' };
    expect(await refusalOver({ KIM_EVENT_STORE, KIM_DATA_DIR, ...named })).toEqual(
      refused(/There is no signing in through an identity provider yet: .*\./),
    );
  });

  it('waits for a server that is starting, and gives up after a while', async () => {
    const server = await standIn();
    await server.kill();
    const settings = loadSettings(settingsFor(server.connectionString));
    const told: string[] = [];
    await expect(
      openInstallation(settings, { storeMayTake: 0, waiting: (text) => told.push(text) }),
    ).rejects.toThrow(/^EventStoreDB at \S+ .*; start the event store, or correct KIM_EVENT_STORE\.$/);
    expect(told).toEqual([]);

    const installation = await openInstallation(settings, {
      waiting: (text) => {
        told.push(text);
        void server.start();
      },
    });
    expect(told).toEqual([expect.stringMatching(/^Waiting for the event store: EventStoreDB at /)]);
    expect(await installation.store.head()).toBeUndefined();
    await installation.close();
  });

  it('tells the operator how the store is doing, without saying where it is', async () => {
    const server = await standIn();
    const application = await running(settingsFor(server.connectionString));
    await application.post('bergkamen-cm', '/v1/clients', olena);
    const checkOf = (body: { checks: { name: string }[] }) =>
      body.checks.find(({ name }) => name === 'event-store');
    const ready = await application.get('operator', '/health/ready');
    expect(checkOf(ready.body)).toEqual({
      name: 'event-store',
      status: 'up',
      kind: 'eventstoredb',
      version: 'stand-in',
    });

    await server.kill();
    const putOff = await application.post('bergkamen-cm', '/v1/clients', olena);
    expect([putOff.status, putOff.headers.has('retry-after')]).toEqual([503, true]);
    const away = await application.get('operator', '/health/ready');
    expect(away.status).toBe(503);
    expect(checkOf(away.body)).toMatchObject({
      status: 'down',
      lastError: expect.stringMatching(/^[\w ]+$/),
    });
    const figures = await application.figures();
    expect(figures).toContain('kim_event_store_info{kind="eventstoredb",version="stand-in"} 1');
    expect(figures).toContain('kim_event_store_up 0');
    expect(figures).toMatch(/kim_event_store_failures_total\{code="[\w ]+"\} [1-9]/);
    expect(figures).toMatch(
      /kim_event_store_call_duration_seconds_count\{operation="append",outcome="done"\} 1/,
    );
    expect(figures).not.toContain(String(server.network.port));

    await server.start();
    while ((await application.get('operator', '/health/ready')).status !== 200);
    expect(await application.figures()).toContain('kim_event_store_up 1');
  });

  it('answers with 413 where the server takes less in one append, and nothing is written', async () => {
    const server = await standIn();
    const application = await running(settingsFor(server.connectionString));
    const before = server.log.events.length;
    server.faults.next('append', {
      refuse: {
        code: status.INVALID_ARGUMENT,
        details: 'Maximum Append Size of 100 Exceeded.',
        exception: { exception: 'maximum-append-size-exceeded', 'maximum-append-size': '100' },
      },
    });
    const answer = await application.post('bergkamen-cm', '/v1/clients', olena);
    expect([answer.status, answer.body.code]).toEqual([413, 'too-large']);
    expect(server.log.events).toHaveLength(before);
  });
});
