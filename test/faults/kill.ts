import { randomUUID } from 'node:crypto';
import { startApplication } from '../support/application.js';
import type { RunningApplication } from '../support/application.js';
import { need, olena, opening } from '../support/people.js';

export interface KillCounts {
  readonly kills: number;
  readonly acknowledged: number;
  /** Sent, but not answered before the process died; sent again afterwards under the same key. */
  readonly retried: number;
}

export interface KillReport extends KillCounts {
  /** Acknowledged, but not in the record; must be empty. */
  readonly lost: readonly string[];
  /** In the record more than once; must be empty. */
  readonly doubled: readonly string[];
}

const manager = 'bergkamen-cm';
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
      if (done % killsPerJourney === 0) journeys = await openJourneys(application);
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

/** One command, told apart from all others by what it says. */
interface Need {
  readonly key: string;
  /** The address of its journey. */
  readonly journey: string;
  readonly description: string;
  acknowledged: boolean;
}

const newNeed = (journey: string): Need => {
  const key = randomUUID();
  return { key, journey, description: `Bedarf ${key}`, acknowledged: false };
};

const openJourneys = (application: RunningApplication): Promise<readonly string[]> =>
  Promise.all(
    Array.from({ length: writers }, async () => {
      const client = await made(application, '/v1/clients', { ...olena, createDespiteMatches: true });
      return `/v1/journeys/${await made(application, '/v1/journeys', opening(client))}`;
    }),
  );

/** The id of what a command has made. */
const made = async (
  application: RunningApplication,
  path: string,
  body: object,
  key: string = randomUUID(),
): Promise<string> => {
  const answer = await application.post(manager, path, body, { key });
  if (answer.status !== 201) throw new Error(`${path} was answered with ${answer.status}`);
  return String(Object.values(answer.body as object)[0]);
};

const send = async (application: RunningApplication, sent: Need): Promise<void> => {
  await made(application, `${sent.journey}/needs`, { ...need, description: sent.description }, sent.key);
  sent.acknowledged = true;
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

const compareWithRecord = async (
  application: RunningApplication,
  needs: readonly Need[],
): Promise<Pick<KillReport, 'lost' | 'doubled'>> => {
  const lost: string[] = [];
  const doubled: string[] = [];
  for (const journey of new Set(needs.map((sent) => sent.journey))) {
    const recorded = await recordedIn(application, journey);
    const expected = needs.filter((sent) => sent.journey === journey && sent.acknowledged);
    for (const { description } of expected) if (!recorded.has(description)) lost.push(description);
    for (const [description, times] of recorded) if (times > 1) doubled.push(description);
  }
  return { lost, doubled };
};

/** How often each need stands in a journey. */
const recordedIn = async (
  application: RunningApplication,
  journey: string,
): Promise<ReadonlyMap<string, number>> => {
  const { needs } = (await application.get(manager, journey)).body as {
    readonly needs: readonly { readonly description: string }[];
  };
  const times = new Map<string, number>();
  for (const { description } of needs) times.set(description, (times.get(description) ?? 0) + 1);
  return times;
};
