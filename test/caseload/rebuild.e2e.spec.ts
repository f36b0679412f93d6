import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compareViews } from '../faults/compare-views.js';
import { manager, openJourneys } from '../faults/needs.js';
import { startApplication } from '../support/application.js';
import type { RunningApplication } from '../support/application.js';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';

const operator = fileURLToPath(new URL('../../src/cli.js', import.meta.url));

describe('A worklist that is built anew', () => {
  let installation: TestInstallation;
  let application: RunningApplication;

  beforeAll(async () => {
    installation = await testInstallation();
    application = await startApplication(installation.settings);
  });

  afterAll(async () => {
    await application.stop();
    await installation.remove();
  });

  const rebuild = (name: string) =>
    promisify(execFile)(process.execPath, [operator, 'projections', 'rebuild', name], {
      env: { PATH: process.env.PATH, ...installation.settings },
    });

  const idsIn = (items: readonly { readonly journeyId: string }[]) => items.map(({ journeyId }) => journeyId);

  it('is never seen empty, or half one and half the other, while journeys are opened', async () => {
    const before = (await openJourneys(application, 30)).map((path) => path.slice('/v1/journeys/'.length));
    const listed = async () => idsIn((await application.get(manager, '/v1/journeys?limit=200')).body.items);
    while ((await listed()).length < before.length);

    let building = true;
    const read = async (): Promise<number> => {
      for (let reads = 1; ; reads++) {
        const { status, body } = await application.get(manager, '/v1/journeys?limit=200');
        expect(status).toBe(200);
        const ids = idsIn(body.items);
        expect(new Set(ids).size).toBe(ids.length);
        expect(before.filter((id) => !ids.includes(id))).toEqual([]);
        if (!building) return reads;
      }
    };
    const open = async (): Promise<number> => {
      let opened = 0;
      while (building) opened += (await openJourneys(application, 1)).length;
      return opened;
    };
    const readers = [read(), read()];
    const opening = open();
    for (let round = 0; round < 2; round++)
      expect((await rebuild('worklist')).stdout).toContain('worklist was built anew');
    building = false;

    expect(await opening).toBeGreaterThan(0);
    for (const reads of await Promise.all(readers)) expect(reads).toBeGreaterThan(2);
    await compareViews(installation.settings);
  }, 60_000);

  it('is asked for by a name that exists, or nothing is begun', async () => {
    const refused = await rebuild('worklists').catch(
      (error: unknown) => error as { stdout: string; stderr: string },
    );
    expect(refused.stderr).toContain('There is no projection worklists; there are clients, worklist');
    expect(refused.stdout + refused.stderr).not.toContain('%');
  });
});
