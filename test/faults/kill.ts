import { startApplication } from '../support/application.js';
import type { RunningApplication } from '../support/application.js';
import { compareWithRecord, identify, newNeed, openJourneys } from './needs.js';
import type { Need, RecordFaults } from './needs.js';

export interface KillCounts {
  readonly kills: number;
  readonly acknowledged: number;
  /** Sent, but not answered before the process died; sent again afterwards under the same key. */
  readonly retried: number;
}

export type KillReport = KillCounts & RecordFaults;

const writers = 8;

/** After so many kills other journeys are written to, since each command reads the whole of its journey. */
const killsPerJourney = 50;

/** Every tenth time the store's server is killed with the application, as when a machine dies. */
const killsPerStore = 10;

/**
 * Kills the application with SIGKILL at random moments while eight clients write, starts it again, and lets
 * every client send again what was not answered. In the end the record must hold each need exactly once.
 *
 * @param killStore kills the store's server, and starts it again unless the application does
 */
export const killAtRandom = async (
  settings: Readonly<Record<string, string>>,
  kills: number,
  onKill: (counts: KillCounts) => void = () => undefined,
  killStore: () => Promise<void> = async () => undefined,
): Promise<KillReport> => {
  const needs: Need[] = [];
  let retried = 0;
  const counts = (done: number): KillCounts => ({
    kills: done,
    acknowledged: needs.filter(({ acknowledged }) => acknowledged).length,
    retried,
  });
  const sendAgain = async (application: RunningApplication): Promise<void> => {
    for (const unanswered of needs.filter(({ acknowledged }) => !acknowledged)) {
      retried += 1;
      await send(application, unanswered);
    }
  };

  let journeys: readonly string[] = [];
  let application = await startApplication(settings);
  try {
    for (let done = 0; done < kills; done += 1) {
      if (done % killsPerJourney === 0) journeys = await openJourneys(application, writers);
      await sendAgain(application);
      const victim = application;
      const withStore = done % killsPerStore === killsPerStore - 1;
      await writeUntil(victim, journeys, needs, () =>
        Promise.all([victim.kill(), withStore ? killStore() : undefined]),
      );
      onKill(counts(done + 1));
      application = await startApplication(settings);
    }
    await sendAgain(application);
    const faults = await compareWithRecord(application, needs);
    await application.stop();
    return { ...counts(kills), ...faults };
  } finally {
    await application.kill();
  }
};

const send = async (application: RunningApplication, need: Need): Promise<void> => {
  const { status } = await identify(application, need);
  if (status !== 201) throw new Error(`${need.journey} was answered with ${status}`);
};

const writeUntil = async (
  application: RunningApplication,
  journeys: readonly string[],
  needs: Need[],
  killed: () => Promise<unknown>,
): Promise<void> => {
  // The moment is told by work done, not by a clock, so that a slow machine is killed in the middle of it, too.
  let left = 1 + Math.floor(Math.random() * 60);
  let killing: Promise<unknown> = Promise.resolve();
  const write = async (journey: string): Promise<void> => {
    for (;;) {
      const next = newNeed(journey);
      needs.push(next);
      try {
        await send(application, next);
      } catch (error) {
        if (left > 0) throw error;
        return;
      }
      left -= 1;
      if (left === 0) killing = killed();
    }
  };
  await Promise.all(journeys.map(write));
  await killing;
};
