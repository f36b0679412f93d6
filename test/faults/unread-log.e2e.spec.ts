import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';

const program = fileURLToPath(new URL('../../src/main.js', import.meta.url));

describe('An application whose reader goes away', () => {
  let installation: TestInstallation;

  beforeAll(async () => {
    installation = await testInstallation();
  });
  afterAll(() => installation.remove());

  it('ends in order with the next line of its log, without a word', async () => {
    const child = spawn(process.execPath, [program], {
      env: { PATH: process.env.PATH, PORT: '0', KIM_DEMO_JOURNEYS: '0', ...installation.settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'exit');
    try {
      let complaints = '';
      child.stderr.on('data', (text: Buffer) => (complaints += text.toString()));
      let printed = '';
      // The last line that it logs by itself would else be the next one, and end it before it is asked.
      while (!printed.includes('"event":"leading"'))
        printed += String(((await once(child.stdout, 'data')) as [Buffer])[0]);
      const address = /running at (http:\S+)/.exec(printed)?.[1] ?? '';
      child.stdout.destroy();

      // A refusal is logged.
      expect((await fetch(`${address}/v1/journeys`)).status).toBe(401);
      expect(await ended).toEqual([0, null]);
      expect(complaints).toBe('');
    } finally {
      child.kill('SIGKILL');
    }
  }, 60_000);
});
