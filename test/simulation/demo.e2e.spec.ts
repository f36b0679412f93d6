import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadSettings } from '../../src/config/index.js';
import { openInstallation } from '../../src/installation.js';
import { writeSimulation } from '../../src/write-simulation.js';
import { startClockedApplication } from '../support/clocked-application.js';
import type { ClockedApplication } from '../support/clocked-application.js';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';

const simulation = { journeys: 40, seed: 1, until: '2026-06-22' };
/** In summer time, the morning after the last of it has happened. */
const morning = '2026-06-22T05:00:00.000Z';

describe('The offices of a demonstration', () => {
  let installation: TestInstallation;
  let application: ClockedApplication;
  let refused: number;
  let commands: number;

  const write = async () => {
    const opened = await openInstallation(loadSettings(installation.settings));
    try {
      const before = await opened.store.head();
      const written = await writeSimulation(opened, simulation);
      return { ...written, before, after: await opened.store.head() };
    } finally {
      await opened.close();
    }
  };

  beforeAll(async () => {
    installation = await testInstallation();
    ({ commands, refused } = await write());
    application = await startClockedApplication(installation.settings, morning);
    await application.runDeadlines();
  }, 180_000);

  afterAll(async () => {
    await application.stop();
    await installation.remove();
  });

  interface Item {
    readonly journeyId: string;
    readonly handoverId: string;
    readonly step: string;
    readonly packageHash?: string;
  }
  const itemsOf = async (user: string, path: string): Promise<readonly Item[]> => {
    const { status, body } = await application.get(user, path);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body.items as readonly Item[];
  };
  const supervisors = ['bergkamen-lead', 'kamen-lead', 'boenen-lead', 'jobcenter-lead', 'abh-lead'];
  const ofAll = async (path: string): Promise<readonly Item[]> =>
    (await Promise.all(supervisors.map((user) => itemsOf(user, path)))).flat();

  it('were told by commands that the record took, but for a few that contradicted each other', () => {
    expect(refused).toBeLessThan(commands / 50);
  });

  it('find handovers in every queue of the desk', async () => {
    const [toReview] = await itemsOf('bergkamen-lead', '/v1/handovers?queue=review');
    expect(toReview).toMatchObject({ step: 'proposed', fromOrganisationId: 'kim-bergkamen' });
    for (const user of ['jobcenter-cm', 'abh-cm'])
      expect((await itemsOf(user, '/v1/handovers?queue=inbox')).length).toBeGreaterThan(0);
    expect((await itemsOf('bergkamen-cm', '/v1/handovers?queue=outgoing')).length).toBeGreaterThan(0);
    const [late] = await ofAll('/v1/handovers?queue=overdue');
    expect(late).toMatchObject({ overdue: true, escalated: true });
  });

  it('can accept what lies in their inbox by the hash that they are shown', async () => {
    const [offered] = await itemsOf('jobcenter-cm', '/v1/handovers?queue=inbox');
    const { body } = await application.get('jobcenter-cm', `/v1/handovers/${offered!.handoverId}`, {
      headers: { 'kim-purpose': 'handover' },
    });
    const accepted = await application.post(
      'jobcenter-cm',
      `/v1/journeys/${offered!.journeyId}/handovers/${offered!.handoverId}/acceptance`,
      { packageHash: body.packageHash, overrideReason: 'Niemand anderes ist da' },
    );
    expect(accepted.status).toBe(200);
  });

  it('have reviews, decisions and first contacts among their tasks', async () => {
    const tasks = (await ofAll('/v1/tasks?limit=200')) as unknown as readonly { readonly what: string }[];
    const whats = new Set(tasks.map(({ what }) => what));
    expect([...whats]).toEqual(expect.arrayContaining(['handover-review', 'handover-decision']));
  });

  it('go on working with clients whom they took over', async () => {
    const journeys = await itemsOf('jobcenter-cm', '/v1/journeys?limit=200');
    const views = await Promise.all(
      journeys.map(({ journeyId }) => application.get('jobcenter-cm', `/v1/journeys/${journeyId}`)),
    );
    const takenOver = views.filter(({ body }) =>
      body.handovers?.some(
        ({ step, toOrganisationId }: { step: string; toOrganisationId: string }) =>
          step === 'completed' && toOrganisationId === 'jobcenter-kreis-unna',
      ),
    );
    expect(takenOver.length).toBeGreaterThan(0);
    for (const { body } of takenOver) expect(body.contacts.length).toBeGreaterThan(0);
  });

  it('are not told their stories twice', async () => {
    const again = await write();
    expect(again.after).toBe(again.before);
  }, 120_000);
});
