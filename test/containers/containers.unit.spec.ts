import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseConnectionString } from '@eventstore/db-client/dist/Client/parseConnectionString.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { loadSettings } from '../../src/config/index.js';

// There is no container here to start: this looks at what the files say.
const fileOf = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../${name}`, import.meta.url)), 'utf8');

interface Service {
  readonly image: string;
  readonly restart?: string;
  readonly healthcheck?: { readonly test: readonly string[]; readonly retries: number };
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

interface Composition {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const composition = (name: string): Composition => parse(fileOf(name), { merge: true }) as Composition;
const [production, demo] = [composition('docker-compose.yml'), composition('docker-compose.demo.yml')];
const everyService = [production, demo].flatMap(({ services }) => Object.entries(services));
const isOneShot = ({ restart }: Service): boolean => restart === 'no';

/** What stands in the place of variables when they are filled in. */
const filledIn = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\$\{(\w+)(?::([?-])([^}]*))?\}/g, (_, name: string, kind: string, otherwise: string) => {
    const value = values[name] ?? (kind === '-' ? otherwise : undefined);
    if (value === undefined) throw new Error(`${name} is required`);
    return value;
  });

describe('The compositions of containers', () => {
  it.each(everyService)('pin what %s is made of', (_, { image }) => {
    expect(image).toMatch(/:v?\d+\.\d+(\.\d+)?(-[a-z]+(-slim)?)?$/);
  });

  it.each(everyService.filter(([, service]) => !isOneShot(service)))(
    'look after the health of %s',
    (_, service) => {
      expect(service.healthcheck?.test[0]).toBe('CMD');
      expect(service.healthcheck?.retries).toBeGreaterThan(0);
    },
  );

  it.each(everyService)('give %s only volumes that are declared', (_, { volumes = [] }) => {
    const declared = { ...production.volumes, ...demo.volumes };
    for (const volume of volumes) expect(Object.keys(declared)).toContain(volume.split(':')[0]);
  });

  it.each([production, demo])('wait for services that there are, until they are ready', ({ services }) => {
    for (const { depends_on: awaited = {} } of Object.values(services))
      for (const [name, { condition }] of Object.entries(awaited))
        expect(condition).toBe(
          isOneShot(services[name]!) ? 'service_completed_successfully' : 'service_healthy',
        );
  });

  it.each(everyService.filter(([, { ports }]) => ports))(
    'open %s to this machine only',
    (_, { ports = [] }) => {
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    },
  );

  it('know no password but the demonstration’s', () => {
    for (const { environment = {} } of Object.values(production.services))
      for (const [name, value] of Object.entries(environment)) {
        if (/PASSWORD|SECRET/.test(name)) expect(value).toMatch(/^\$\{\w+:\?[^}]*\}$/);
        const inAddress = /:\/\/[^:/]+:(.+)@/.exec(value)?.[1];
        if (inAddress !== undefined) expect(inAddress).toMatch(/^\$\{\w+:\?[^}]*\}$/);
      }
    expect(fileOf('docker-compose.yml')).not.toMatch(/changeit|INSECURE|tls=false|KIM_DEMO/);
  });

  it('start without the profile on one node, and with it on three that know each other', () => {
    const started = (profile?: string): string[] =>
      Object.entries(production.services)
        .filter(([, { profiles }]) => (profile === undefined ? !profiles : profiles?.includes(profile)))
        .map(([name]) => name);
    expect(started()).toEqual(['kim', 'eventstoredb', 'certificates', 'postgres']);
    const nodes = ['node1', 'node2', 'node3'];
    expect(started('cluster')).toEqual(['kim-cluster', ...nodes]);
    for (const node of nodes)
      expect(production.services[node]?.environment).toMatchObject({
        EVENTSTORE_CLUSTER_SIZE: '3',
        EVENTSTORE_NODE_HOST_ADVERTISE_AS: node,
        EVENTSTORE_CERTIFICATE_FILE: `/certificates/${node}/node.crt`,
        EVENTSTORE_GOSSIP_SEED: nodes
          .filter((other) => other !== node)
          .map((other) => `${other}:2113`)
          .join(','),
      });
  });

  it('make a certificate for every node', () => {
    const script = (production.services['certificates'] as unknown as { command: string[] }).command[0]!;
    const certified = /for node in (.*); do/.exec(script)![1]!.split(' ');
    const nodes = Object.entries(production.services).filter(([, { image }]) =>
      image.includes('/eventstore:'),
    );
    expect(nodes.map(([name]) => name).toSorted()).toEqual(certified.toSorted());
  });

  it('make the authority in a folder that is not there: one that is, like a volume, the tool refuses', () => {
    const { command, volumes } = production.services['certificates'] as unknown as {
      readonly command: string[];
      readonly volumes: readonly string[];
    };
    const [, folder = ''] = /create-ca -out (\S+)/.exec(command[0]!)!;
    expect(volumes.map((volume) => volume.split(':')[1])).not.toContain(folder);
    expect(command[0]).toContain(`rm -rf ${folder}\n`);
    for (const file of ['ca.crt', 'ca.key']) expect(command[0]).toContain(`${folder}/${file}`);
  });

  describe('tell the application', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'containers-'));
      writeFileSync(join(folder, 'master.key'), 'key', { mode: 0o600 });
      writeFileSync(join(folder, 'ca.crt'), 'certificate');
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    const settingsOf = ({ environment = {} }: Service) => {
      const values = {
        KIM_DATABASE_PASSWORD: 'letters1',
        EVENTSTORE_ADMIN_PASSWORD: 'letters2',
        KIM_OIDC_ISSUER: 'https://login.example',
        KIM_OIDC_AUDIENCE: 'kim',
      };
      const named = Object.entries(environment).map(([name, value]) => [name, filledIn(value, values)]);
      const inside = Object.fromEntries(named) as Record<string, string>;
      // The secret and the authority's certificate are mounted in the container only.
      if (inside['KIM_MASTER_KEY_FILE']) inside['KIM_MASTER_KEY_FILE'] = join(folder, 'master.key');
      const store = inside['KIM_EVENT_STORE'];
      if (store) inside['KIM_EVENT_STORE'] = store.replace('/trusted/ca.crt', join(folder, 'ca.crt'));
      return loadSettings(inside);
    };

    it.each(['kim', 'kim-cluster'])('settings that it takes, in production as %s', (name) => {
      const { eventStore, demo: demonstration, host } = settingsOf(production.services[name]!);
      expect([host, demonstration]).toEqual(['0.0.0.0', undefined]);
      if (eventStore.kind !== 'eventstoredb') throw new Error('It should be kept in EventStoreDB');
      const { hosts, defaultCredentials, tls } = parseConnectionString(eventStore.connectionString);
      expect([defaultCredentials, tls]).toEqual([{ username: 'admin', password: 'letters2' }, undefined]);
      for (const { address } of hosts)
        expect(Object.keys(production.services[name]!.depends_on!)).toContain(address);
    });

    it('settings that it takes, in the demonstration', () => {
      const { eventStore, demo: demonstration, host } = settingsOf(demo.services['kim']!);
      expect([host, demonstration]).toEqual(['127.0.0.1', { journeys: 300 }]);
      expect(eventStore.kind).toBe('eventstoredb');
    });
  });
});

describe('The image of the application', () => {
  const lines = fileOf('Dockerfile').split('\n');
  const after = (start: string): string[] => lines.filter((line) => line.startsWith(start));

  it('is made from pinned ones', () => {
    expect(after('FROM').length).toBeGreaterThan(1);
    for (const from of after('FROM'))
      expect(from).toMatch(/^FROM node:20\.\d+\.\d+-bookworm-slim( AS \w+)?$/);
  });

  it('runs as nobody of importance, and says how it is', () => {
    expect(after('USER')).toEqual(['USER node']);
    expect(after('HEALTHCHECK')).toHaveLength(1);
    expect(lines.indexOf('USER node')).toBeLessThan(lines.findIndex((line) => line.startsWith('ENTRYPOINT')));
  });

  it('has everything that the program imports by name', () => {
    const { imports } = JSON.parse(fileOf('package.json')) as { imports: Record<string, string> };
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM')));
    const there = last.filter((line) => line.startsWith('COPY')).map((line) => line.split(' ').at(-1)!);
    for (const path of Object.values(imports))
      expect(there.some((folder) => path.startsWith(`./${folder}/`))).toBe(true);
  });

  it('takes along only what is named', () => {
    const ignored = fileOf('.dockerignore').trim().split('\n');
    expect(ignored[0]).toBe('*');
    const taken = after('COPY')
      .filter((line) => !line.includes('--from'))
      .flatMap((line) => line.split(' ').slice(1, -1));
    for (const path of taken) expect(ignored).toContain(`!${path}`);
  });
});
