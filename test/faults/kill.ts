import { randomUUID } from 'node:crypto';
import { startApplication } from '../support/application.js';
import type { RunningApplication } from '../support/application.js';
import { need, olena, opening } from '../support/people.js';

export interface KillReport {
  readonly kills: number;
  readonly acknowledged: number;
  /** Sent, but not answered before the process died; sent again afterwards under the same key. */
  readonly retried: number;
  /** Acknowledged, but not in the record; must be empty. */
  readonly lost: readonly string[];
  /** In the record more than once; must be empty. */
  readonly doubled: readonly string[];
}

const manager = 'bergkamen-cm';
const writers = 8;

/**
 * Kills the application with SIGKILL at random moments while eight clients write, starts it again, and lets
 * every client send again what was not answered. In the end the record must hold each need exactly once.
 */
export const killAtRandom = async (
  settings: Readonly<Record<string, string>>,
  kills: number,
  onKill: (done: number) => void = () => undefined,
): Promise<KillReport> => {
  const report = { acknowledged: 0, retried: 0 };
  const journeys: string[] = [];
  let application = await startApplication(settings);
  for (let count = 0; count < writers; count += 1) {
    const { body: client } = await application.post(manager, '/v1/clients', {
      ...olena,
      createDespiteMatches: true,
    });
    const { body: opened } = await application.post(manager, '/v1/journeys', opening(client.clientId));
    journeys.push(`/v1/journeys/${opened.journeyId}`);
  }
  const acknowledged = new Map<string, string>();
  const pending = new Map<string, { readonly journey: string; readonly description: string }>();

  for (let round = 0; round < kills; round += 1) {
    for (const [key, { journey, description }] of [...pending]) {
      report.retried += 1;
      await send(application, journey, description, key);
      acknowledged.set(description, journey);
      pending.delete(key);
    }
    const enough = acknowledged.size + 1 + Math.floor(Math.random() * 60);
    const reached = signal();
    let dead = false;
    const write = async (journey: string): Promise<void> => {
      while (!dead) {
        const key = randomUUID();
        const description = `Bedarf ${key}`;
        pending.set(key, { journey, description });
        try {
          await send(application, journey, description, key);
        } catch {
          return;
        }
        acknowledged.set(description, journey);
        pending.delete(key);
        if (acknowledged.size >= enough) reached.give();
      }
    };
    const writing = journeys.map(write);
    // The moment is told by work done, not by a clock, so that a slow machine is killed in the middle of it, too.
    await reached.given;
    const killed = application.kill();
    dead = true;
    await Promise.all([killed, ...writing]);
    onKill(round + 1);
    application = await startApplication(settings);
  }
  for (const [key, { journey, description }] of [...pending]) {
    report.retried += 1;
    await send(application, journey, description, key);
    acknowledged.set(description, journey);
  }

  const lost: string[] = [];
  const doubled: string[] = [];
  for (const journey of journeys) {
    const { body } = await application.get(manager, journey);
    const counts = new Map<string, number>();
    for (const { description } of body.needs as readonly { description: string }[])
      counts.set(description, (counts.get(description) ?? 0) + 1);
    for (const [description, where] of acknowledged)
      if (where === journey && !counts.has(description)) lost.push(description);
    for (const [description, count] of counts) if (count > 1) doubled.push(description);
  }
  report.acknowledged = acknowledged.size;
  await application.stop();
  return { kills, ...report, lost, doubled };
};

const signal = (): { readonly given: Promise<void>; readonly give: () => void } => {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
};

const send = async (
  application: RunningApplication,
  journey: string,
  description: string,
  key: string,
): Promise<void> => {
  const { status } = await application.post(manager, `${journey}/needs`, { ...need, description }, { key });
  if (status !== 201) throw new Error(`A need was answered with ${status}`);
};
