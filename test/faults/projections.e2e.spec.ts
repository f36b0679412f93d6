import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startApplication } from '../support/application.js';
import type { RunningApplication } from '../support/application.js';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';
import { compareViews } from './compare-views.js';
import { identify, manager, newNeed, openJourneys } from './needs.js';

/** How many journeys the office has. */
const office = 4;

describe('The views of the running application', () => {
  let installation: TestInstallation;
  let running: RunningApplication[] = [];

  beforeEach(async () => {
    installation = await testInstallation();
  });

  afterEach(async () => {
    for (const application of running.splice(0)) await application.kill();
    await installation.remove();
  });

  const start = async (): Promise<RunningApplication> => {
    const application = await startApplication(installation.settings);
    running.push(application);
    return application;
  };

  const kill = async (application: RunningApplication): Promise<void> => {
    running = running.filter((other) => other !== application);
    await application.kill();
  };

  /** Writes so many needs one after the other, whatever becomes of single ones. Gives the last position. */
  const write = async (to: RunningApplication, journeys: readonly string[], needs: number) => {
    let position: string | null = null;
    for (let count = 0; count < needs; count++) {
      const reply = await identify(to, newNeed(journeys[count % journeys.length]!)).catch(() => undefined);
      if (reply?.status === 201) position = reply.headers.get('kim-position');
    }
    return position;
  };

  /** Until a query shows what was written up to the position, as `Retry-After` has it. */
  const shows = async (application: RunningApplication, position: string | null): Promise<void> => {
    for (;;) {
      const headers = { 'kim-min-position': position ?? '' };
      const { status } = await application.get(manager, '/v1/journeys', { headers });
      if (status === 200) return;
      expect(status).toBe(503);
    }
  };

  const mustEqualRebuild = async (): Promise<void> => {
    // Rejects if a view differs from a rebuild.
    const { stdout } = await compareViews(installation.settings);
    expect(stdout).toMatch(new RegExp(`worklist +${office} rows, 0 differ`));
  };

  const inDatabase = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ connectionString: installation.postgres.connectionString });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };

  it('are those of a rebuild when two instances write and feed, and whichever leads is killed again and again', async () => {
    let [one, other] = [await start(), await start()];
    const journeys = await openJourneys(one, office);
    for (let round = 0; round < 4; round++) {
      await Promise.all([write(one, journeys, 10), write(other, journeys, 10)]);
      const writing = write(other, journeys, 20);
      await kill(one);
      // Takes over within five seconds; until then its queries say that they are behind.
      await shows(other, await writing);
      [one, other] = [other, await start()];
    }
    await shows(one, await write(other, journeys, 10));
    await mustEqualRebuild();
  }, 120_000);

  it('are those of a rebuild when every connection is cut, and the database goes away and comes back', async () => {
    const application = await start();
    const journeys = await openJourneys(application, office);
    // Searches hold a connection over several statements; whatever they are answered, nothing ends.
    let isSearching = true;
    const searching = Array.from({ length: 4 }, async () => {
      while (isSearching)
        await application
          .post(manager, '/v1/clients/matches', { givenName: 'Olena', familyName: 'Melnyk' })
          .catch(() => undefined);
    });
    for (let round = 0; round < 8; round++) {
      const writing = write(application, journeys, 20);
      if (round % 4 === 3) {
        await installation.postgres.kill();
        await installation.postgres.start();
      } else
        await inDatabase((client) =>
          client.query(
            'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()',
          ),
        );
      await writing;
    }
    isSearching = false;
    await Promise.all(searching);
    await shows(application, await write(application, journeys, 10));
    await mustEqualRebuild();
  }, 120_000);

  it('stop alone at what cannot be applied, say so, and are those of a rebuild once it can', async () => {
    const application = await start();
    const journeys = await openJourneys(application, office);
    await shows(application, await write(application, journeys, 10));
    const table = await inDatabase(async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
          WHERE schemaname = 'kim_views' AND tablename ~ '^worklist_v[0-9]+_[0-9]+$'`,
      );
      await client.query(`
        CREATE FUNCTION kim_views.refuse() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'this row cannot be' USING ERRCODE = '23514'; END $$;
        CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON ${rows[0]!.name}
          FOR EACH ROW EXECUTE FUNCTION kim_views.refuse()`);
      return rows[0]!.name;
    });

    const position = await write(application, journeys, 1);
    while (!/^kim_projection_stopped\{projection="worklist"\} 1$/m.test(await application.figures()));
    expect(await application.figures()).toMatch(/^kim_projection_stopped\{projection="clients"\} 0$/m);
    expect(await application.figures()).toMatch(
      /^kim_projection_last_error\{projection="worklist",error="\w[^"]*",event_type="\w+",place="[^"]*"\} 1$/m,
    );
    const behind = await application.get(manager, '/v1/journeys', {
      headers: { 'kim-min-position': position ?? '' },
    });
    expect(behind.status).toBe(503);
    // Commands and the record know nothing of it.
    expect((await application.get(manager, journeys[0]!)).status).toBe(200);

    await inDatabase((client) => client.query(`DROP TRIGGER refuse ON ${table}`));
    await kill(application);
    const mended = await start();
    await shows(mended, await write(mended, journeys, 10));
    await mustEqualRebuild();
  }, 120_000);
});
