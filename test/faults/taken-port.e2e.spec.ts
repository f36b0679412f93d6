import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { freePort } from '../../src/config/embedded-postgres/address.js';
import { startApplication } from '../support/application.js';
import { startEventStoreDBStandIn } from '../support/eventstoredb-stand-in/index.js';
import { testInstallation } from '../support/installation.js';

const program = fileURLToPath(new URL('../../src/main.js', import.meta.url));

it('A first start on a port that is taken says so before it has written anything', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kim-taken-port-'));
  const other = createServer();
  try {
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(
      startApplication({ PORT: String(port), KIM_DATA_DIR: join(folder, 'data') }),
    ).rejects.toThrow(
      `The application ended with 1: Something listens on http://127.0.0.1:${port} already, perhaps this application; end it, or name another PORT.`,
    );
    expect(await readdir(folder)).toEqual([]);
  } finally {
    other.close();
    await rm(folder, { recursive: true });
  }
});

it('A port that is taken while a first start waits for its store is noticed before the demonstration is written', async () => {
  const standIn = await startEventStoreDBStandIn();
  const { settings, remove } = await testInstallation();
  await standIn.kill();
  const other = createServer();
  const port = await freePort();
  const starting = firstStart(port, { ...settings, KIM_EVENT_STORE: standIn.connectionString });
  try {
    await starting.says('Waiting for the event store');
    await once(other.listen(port, '127.0.0.1'), 'listening');
    await standIn.start();
    expect(await starting.ended).toBe(1);
    expect(starting.said()).toContain(`Something listens on http://127.0.0.1:${port} already`);
    expect(standIn.log.events.map(({ stream }) => stream).filter((name) => !name.startsWith('$'))).toEqual([
      'kim-log',
    ]);
  } finally {
    starting.kill();
    other.close();
    await standIn.stop();
    await remove();
  }
});

it('A port that is taken while the demonstration is written is told of in one sentence, and nothing else', async () => {
  const { settings, remove } = await testInstallation();
  const other = createServer();
  const port = await freePort();
  const starting = firstStart(port, settings);
  try {
    await starting.says('Writing synthetic journeys');
    await once(other.listen(port, '127.0.0.1'), 'listening');
    expect(await starting.ended).toBe(1);
    expect(starting.printed()).toBe('');
    expect(starting.said().trim().split('\n').at(-1)).toBe(
      `Something listens on http://127.0.0.1:${port} already, perhaps this application; end it, or name another PORT.`,
    );
  } finally {
    starting.kill();
    other.close();
    await remove();
  }
}, 60_000);

const firstStart = (port: number, settings: Readonly<Record<string, string>>) => {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, PORT: String(port), KIM_DEMO_JOURNEYS: '10', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [printed, said] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (printed += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  return {
    printed: () => printed,
    said: () => said,
    says: async (words: string) => {
      while (!said.includes(words)) await once(child.stderr, 'data');
    },
    ended: once(child, 'exit').then(([code]) => code as number | null),
    kill: () => child.kill('SIGKILL'),
  };
};
