import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { otherFormats } from '../../src/indicators/http/accept.js';
import { startApplication, type RunningApplication } from '../support/application.js';
import { testInstallation, type TestInstallation } from '../support/installation.js';
import { askingHeldAgainst, committedDocument, heldAgainst } from '../support/documented.js';
import { wrongWithCsv, wrongWithJsonStat } from './published-schemas.js';

const cli = fileURLToPath(new URL('../../src/cli.js', import.meta.url));

const forgotten = 'TRUNCATE kim.release_counts, kim.release_tables, kim.releases';

describe('Quarterly releases', () => {
  let installation: TestInstallation;
  let app: RunningApplication;
  let settings: Readonly<Record<string, string>>;
  let ledger: string;

  const kim = (
    ...args: readonly string[]
  ): Promise<{ code: number | null; output: string; errors: string }> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [cli, ...args], {
        env: { PATH: process.env.PATH, ...settings },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [output, errors] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
      child.once('exit', (code) => resolve({ code, output, errors }));
    });
  const plain = async (path: string, accept: string, token?: string) => {
    const response = await fetch(app.address + path, {
      headers: { accept, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    };
  };
  const tokenOf = async (username: string): Promise<string> => {
    const response = await fetch(`${app.address}/demo/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username }),
    });
    return ((await response.json()) as { accessToken: string }).accessToken;
  };
  const inDatabase = async (sql: string): Promise<readonly object[]> => {
    const client = new pg.Client({ connectionString: installation.postgres.connectionString });
    await client.connect();
    try {
      return (await client.query<object>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    installation = await testInstallation();
    ledger = mkdtempSync(join(tmpdir(), 'kim-ledger-'));
    settings = { ...installation.settings, KIM_LEDGER: ledger };
    expect((await kim('simulate', '--journeys', '120', '--seed', '4', '--until', '2026-03-31')).code).toBe(0);
    expect(await kim('release', '2025-Q4')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/is frozen/),
    });
    app = await startApplication(settings);
  }, 240_000);
  afterAll(async () => {
    await app.stop();
    await installation.remove();
    rmSync(ledger, { recursive: true });
  });

  it('are listed with what came of attacking them, and for everyone without', async () => {
    const { body } = await app.get('analyst', '/v1/releases');
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({ release: '2025-Q4', correction: 0, method: { maxNoise: 4 } });
    for (const { pinnedDown } of body.items[0].safety) expect(pinnedDown).toBe(0);
    const open = JSON.parse((await plain('/v1/public/releases', 'application/json')).text);
    expect(open.items[0]).not.toHaveProperty('safety');
  });

  it('tell nobody how many true counts are small, not even where an earlier version wrote it down', async () => {
    const described = async (change = 'description'): Promise<string> =>
      JSON.stringify(
        await inDatabase(`UPDATE kim.releases SET description = ${change} RETURNING description::text`),
      );
    expect(await described()).not.toMatch(/small/i);
    const { body: before } = await app.get('analyst', '/v1/releases');
    expect(await described(`jsonb_set(description, '{safety,0,smallCounts}', '1234567')`)).toMatch(/1234567/);
    // What was called withheld then counted cells of breakdowns that are not released.
    const { withheld: _, ...first } = before.items[0].safety[0];
    const { body: asOfOld } = await app.get('analyst', '/v1/releases');
    expect(asOfOld.items[0].safety).toEqual([first, ...before.items[0].safety.slice(1)]);
    const token = await tokenOf('analyst');
    const answers = [
      ...['/v1/releases', '/v1/public/releases'].map((path) => plain(path, 'application/json', token)),
      ...['application/json', 'application/csvm+json', 'application/vnd.jsonstat+json', 'text/csv'].map(
        (accept) => plain('/v1/indicators/caseload', accept, token),
      ),
    ];
    for (const { status, text } of await Promise.all(answers)) {
      expect(status).toBe(200);
      expect(text).not.toMatch(/smallCounts|1234567/);
    }
    expect(await described(`description #- '{safety,0,smallCounts}'`)).not.toMatch(/small/i);
  });

  it('answer with figures that say how far they may be moved', async () => {
    // Which breakdowns there are follows from the installation's own record keys; the total is always there.
    const attributes = ['municipality', 'sex', 'ageGroup', 'residenceGroup', 'language', 'socialArea', ''];
    const answers = await Promise.all(
      attributes.map((by) => app.get('coordinator', `/v1/indicators/caseload${by && `?by=${by}`}`)),
    );
    const at = answers.findIndex(({ status }) => status === 200);
    const { body } = answers[at]!;
    const by = attributes[at]! === '' ? [] : [attributes[at]];
    expect(body).toMatchObject({ code: 'caseload', recorded: true, by });
    const shown = body.cells.filter((cell: { status: string }) => cell.status === 'shown');
    expect(shown.length).toBeGreaterThan(0);
    for (const { value, band } of shown) {
      expect(value === 0 || value > 2).toBe(true);
      expect(band.least).toBeLessThanOrEqual(value);
      expect(band.most).toBe(Number(value) + 4);
    }
  });

  it('are read by region as well, and say what is read by a coarser place', async () => {
    const { body: releases } = await app.get('analyst', '/v1/releases');
    const coarsened: readonly { by: string[]; readBy: string[] }[] = releases.items[0].safety.flatMap(
      (one: { coarsened: object[] }) => one.coarsened,
    );
    for (const code of ['reach', 'caseload', 'access-route', 'consent-coverage']) {
      const { status, body } = await app.get('analyst', `/v1/indicators/${code}?by=region`);
      if (status !== 200) expect(body).toMatchObject({ code: 'breakdown-not-released' });
      for (const { region, label } of body.cells ?? []) {
        expect(region).toBe('bergkamen-kamen-boenen');
        expect(label).toMatch(/^KIM Bergkamen, Kamen, Bönen/);
      }
    }
    // Whether any is follows from the installation's own record keys.
    for (const { by, readBy } of coarsened) {
      expect(readBy.length).toBeLessThanOrEqual(by.length);
      expect(readBy).not.toEqual(by);
    }
  });

  it('tell all 27 indicators with their definitions, and which are not recorded yet', async () => {
    const { body } = await app.get('analyst', '/v1/indicators');
    expect(body.items).toHaveLength(27);
    const waiting = body.items
      .filter(({ recorded }: { recorded: boolean }) => !recorded)
      .map(({ code }: { code: string }) => code);
    expect(waiting).toEqual(expect.arrayContaining(['own-dwelling', 'lasting-outcome', 'structural-issues']));
    for (const { title, definition } of body.items) {
      expect(title).toEqual({ de: expect.any(String), en: expect.any(String) });
      expect(definition.timeRule.en).toEqual(expect.any(String));
    }
  });

  it('are listed page by page, like everything else', async () => {
    const whole = (await app.get('analyst', '/v1/indicators')).body;
    expect(whole.nextCursor).toBeNull();
    const turned: unknown[] = [];
    let pages = 0;
    for (let cursor: string | null = ''; cursor !== null; pages += 1) {
      const { body } = await app.get('analyst', `/v1/indicators?limit=10${cursor && `&cursor=${cursor}`}`);
      turned.push(...body.items);
      ({ nextCursor: cursor } = body);
    }
    expect(pages).toBe(3);
    expect(turned).toEqual(whole.items);
    for (const path of ['/v1/indicators', '/v1/releases', '/v1/public/releases'])
      for (const wrong of ['limit=0', 'limit=201', 'cursor=abc', 'colour=red'])
        expect((await app.get('analyst', `${path}?${wrong}`)).status).toBe(400);
  });

  it('are answered as the document of the contract describes them', async () => {
    const held = heldAgainst(committedDocument());
    const wrong = new Set<string>();
    const asking = askingHeldAgainst(app, held, wrong);
    await asking.post('analyst', '/demo/tokens', { username: 'analyst' });
    for (const path of ['/v1/releases', '/v1/public/releases']) await asking.get('analyst', path);
    for (const code of ['reach', 'caseload', 'first-contact-14d', 'time-to-support', 'closure-outcome'])
      for (const by of ['', '?by=municipality', '?by=sex'])
        for (const door of ['', '/public']) await asking.get('analyst', `/v1${door}/indicators/${code}${by}`);
    for (const accept of Object.keys(otherFormats)) {
      const path = '/v1/public/indicators/caseload';
      const { status, headers } = await fetch(app.address + path, { headers: { accept } });
      expect(held.wrongWith('GET', path, { status, headers, body: '' })).toEqual([]);
    }
    expect([...wrong]).toEqual([]);
    expect(held.answered.size).toBe(5);
  });

  it('come as CSV, JSON-stat, text and chart, as their schemas ask for', async () => {
    const token = await tokenOf('analyst');
    const totals = [
      '/v1/indicators/caseload',
      '/v1/indicators/first-contact-14d',
      '/v1/indicators/time-to-support',
      '/v1/indicators/closure-outcome',
      '/v1/public/indicators/access-route',
    ];
    const held: string[] = [];
    for (const path of totals.flatMap((total) => [
      total,
      ...['municipality', 'sex', 'ageGroup', 'municipality,sex'].map((by) => `${total}?by=${by}`),
    ])) {
      const csv = await plain(path, 'text/csv', token);
      // Which breakdowns there are follows from the installation's own record keys.
      if (csv.status === 409) {
        expect(JSON.parse(csv.text)).toMatchObject({ code: 'breakdown-not-released' });
        continue;
      }
      held.push(path);
      expect(csv.type).toBe('text/csv; charset=utf-8');
      const metadata = await plain(path, 'application/csvm+json', token);
      expect(wrongWithCsv(csv.text, JSON.parse(metadata.text))).toEqual([]);
      const stat = await plain(path, 'application/vnd.jsonstat+json', token);
      expect(wrongWithJsonStat(JSON.parse(stat.text))).toEqual([]);
      const text = await plain(path, 'text/plain', token);
      const json = await plain(path, 'application/json', token);
      for (const form of [metadata, stat, text, json]) {
        expect(form.text).toMatch(/Cell-Key-Methode/);
        expect(form.text).toMatch(/Ereignisse erst ab 5 Personen; .*; Mediane erst ab 10 Fällen/);
        expect(form.text).toMatch(/2025-Q4/);
      }
      const chart = await plain(path, 'image/svg+xml', token);
      expect(chart).toMatchObject({ status: 200, type: 'image/svg+xml' });
      expect(chart.text).toMatch(/^<svg /);
    }
    expect(held).toEqual(expect.arrayContaining(totals));
  });

  it('show to everyone nothing below five, and nothing that is not rounded', async () => {
    const values: number[] = [];
    // Which cells are hidden follows from the installation's own record keys.
    for (const code of [
      ...['reach', 'caseload', 'access-route', 'consent-coverage', 'preferred-language-share'],
      ...['plan-rate', 'goal-attainment', 'closure-outcome', 'withdrawal-rate'],
    ])
      for (const by of ['', 'municipality', 'sex', 'ageGroup', 'residenceGroup']) {
        const { text } = await plain(`/v1/public/indicators/${code}?by=${by}`, 'application/json');
        const { cells = [] } = JSON.parse(text) as {
          cells?: { figure: string; status: string; value?: number; denominator?: number }[];
        };
        const shown = cells.filter(({ status }) => status === 'shown');
        values.push(
          ...shown.map(({ figure, value, denominator }) => (figure === 'count' ? value! : denominator!)),
        );
      }
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect(value % 5 === 0 && value >= 5).toBe(true);
  });

  it.each([
    ['/v1/indicators/shoes', 404, /There are reach/],
    ['/v1/indicators/reach?by=shoes', 400, /socialArea, municipality/],
    ['/v1/indicators/reach?by=sex,sex', 400, /each once/],
    ['/v1/indicators/reach?by=sex,ageGroup,language,municipality', 400, /up to 3/],
    ['/v1/indicators/reach?release=lately', 400, /such as 2026-Q3/],
    ['/v1/indicators/reach?release=2099-Q1', 409, /not over before the end of 2099-03-31/],
    ['/v1/indicators/reach?release=9999-Q4', 409, /not over before the end of 9999-12-31/],
    ['/v1/public/indicators/reach?release=9999-Q4', 409, /not over before the end of 9999-12-31/],
    ['/v1/indicators/reach?release=2024-Q1', 404, /There are 2025-Q4/],
    ['/v1/indicators/plan-rate?by=sex,ageGroup,municipality', 409, /holds: the total/],
    ['/v1/indicators/own-dwelling', 409, /in no release/],
    ['/v1/indicators/reach?from=2025-01-01', 400, /from/],
  ])('answer %s with %i and what is there instead', async (path, status, words) => {
    const answer = await app.get('analyst', path);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toMatch(words);
  });

  it('are for analysts and coordinators, who see nothing else', async () => {
    for (const user of ['bergkamen-cm', 'bergkamen-lead', 'dpo'])
      expect((await app.get(user, '/v1/indicators/reach')).status).toBe(403);
    for (const path of ['/v1/journeys', '/v1/tasks', '/v1/referrals?queue=inbox'])
      expect((await app.get('analyst', path)).status).toBe(403);
    expect((await plain('/v1/indicators/reach', 'application/json')).status).toBe(401);
  });

  const refused = async (release: string): Promise<string> => {
    const { code, errors } = await kim('release', release);
    expect(code).toBe(1);
    return errors;
  };

  it('are refused for a quarter that is not over, once frozen, and as a correction of nothing', async () => {
    expect(await refused('2099-Q1')).toMatch(/^2099-Q1 is not over before the end of 2099-03-31\.\n$/);
    expect(await refused('9999-Q4')).toMatch(/^9999-Q4 is not over before the end of 9999-12-31\.\n$/);
    expect(await refused('2025-Q4')).toMatch(/is frozen; a correction is a release of its own: 2025-Q4\.1/);
    expect(await refused('2025-Q3.1')).toMatch(/corrects 2025-Q3, which is not released/);
    expect(await refused('soon')).toMatch(/named by its quarter/);
  });

  it('are refused while another is made, since neither would be attacked together with the other', async () => {
    const another = new pg.Client({ connectionString: installation.postgres.connectionString });
    await another.connect();
    await another.query("SELECT pg_advisory_lock(hashtextextended('kim release', 0))");
    expect(await refused('2025-Q3')).toMatch(
      /^Another release is being made: wait until it is frozen, .*\.\n$/,
    );
    await another.end();
  });

  it('are refused where the ledger lists another than the one that is held', async () => {
    const listed = join(ledger, 'release-2025-Q4.json');
    const before = readFileSync(listed, 'utf8');
    writeFileSync(listed, JSON.stringify({ id: '2025-Q4', hash: 'another' }));
    expect(await refused('2025-Q4.1')).toMatch(/^The ledger lists 2025-Q4 with another hash than .*\.\n$/);
    writeFileSync(listed, before);
  });

  it('are attacked together with what they correct, which stays what it is', async () => {
    const first = (await app.get('analyst', '/v1/releases')).body.items[0];
    expect(first.attackedWith).toEqual([]);
    expect(await kim('release', '2025-Q4.1')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^Attacked together with 2025-Q4\.$/m),
    });
    const { body } = await app.get('analyst', '/v1/releases');
    expect(body.items).toContainEqual(first);
    expect(body.items).toContainEqual(
      expect.objectContaining({ release: '2025-Q4.1', correction: 1, attackedWith: ['2025-Q4'] }),
    );

    for (const path of ['/v1/releases', '/v1/public/releases']) {
      const one = (await app.get('analyst', `${path}?limit=1`)).body;
      expect(one).toMatchObject({ items: [{ release: '2025-Q4' }], nextCursor: expect.any(String) });
      const other = (await app.get('analyst', `${path}?limit=1&cursor=${one.nextCursor}`)).body;
      expect(other).toMatchObject({ items: [{ release: '2025-Q4.1' }], nextCursor: null });
      const elsewhere = path === '/v1/releases' ? '/v1/public/releases' : '/v1/releases';
      expect((await app.get('analyst', `${elsewhere}?cursor=${one.nextCursor}`)).status).toBe(400);
    }

    await inDatabase("DELETE FROM kim.release_counts WHERE release = '2025-Q4'");
    await inDatabase("DELETE FROM kim.release_tables WHERE release = '2025-Q4'");
    await inDatabase("DELETE FROM kim.releases WHERE id = '2025-Q4'");
    expect(await kim('release', '2025-Q4.2')).toMatchObject({
      code: 0,
      errors: expect.stringMatching(/2025-Q4 is released and not held here: 2025-Q4\.2 is not attacked/),
      output: expect.stringMatching(/^Attacked together with 2025-Q4\.1\.$/m),
    });
  }, 120_000);

  it('stay what they are: rebuilt facts give the same one, and an older copy of the data gives none', async () => {
    await inDatabase(forgotten);
    const older = await kim('release', '2025-Q4');
    expect(older).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/The ledger lists 2025-Q4 as frozen/),
    });

    // Anew, since the running application has recorded in the meantime what has become overdue.
    const anew = async (): Promise<unknown> => {
      await inDatabase(forgotten);
      for (const listed of readdirSync(ledger)) rmSync(join(ledger, listed));
      expect(await kim('release', '2025-Q4')).toMatchObject({ code: 0 });
      const [listed] = readdirSync(ledger);
      return (JSON.parse(readFileSync(join(ledger, listed!), 'utf8')) as { hash: string }).hash;
    };
    const before = await anew();
    for (const view of ['fact_persons', 'fact_journeys'])
      expect((await kim('projections', 'rebuild', view)).code).toBe(0);
    expect(await anew()).toBe(before);
  }, 180_000);
});
