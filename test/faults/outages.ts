import { setTimeout as pause } from 'node:timers/promises';
import { startApplication } from '../support/application.js';
import type { Reply, RunningApplication } from '../support/application.js';
import { compareWithRecord, identify, manager, newNeed, openJourneys } from './needs.js';
import type { Need, RecordFaults } from './needs.js';

export interface OutageReport extends RecordFaults {
  readonly rounds: number;
  readonly acknowledged: number;
  /** Answers with 503 and Retry-After. */
  readonly putOff: number;
  /** Answers that are none of the contract's; must be empty. */
  readonly wrong: readonly string[];
  /** Milliseconds that the slowest answer took, whatever it was. */
  readonly longestAnswer: number;
  /** Milliseconds from each fault's end until every writer had a new command acknowledged. */
  readonly recoveries: readonly number[];
  /** Milliseconds from each fault's end until the worklist could be read with what was written after it. */
  readonly viewRecoveries: readonly number[];
}

const writers = 8;

/**
 * Lets a fault happen again and again while eight clients write, each sending the same command under the same key
 * until it is acknowledged, and one reads a journey and the worklist. Nobody helps the application.
 */
export const outagesUnderLoad = async (
  settings: Readonly<Record<string, string>>,
  fault: () => Promise<void>,
  rounds: number,
): Promise<OutageReport> => {
  const application = await startApplication(settings);
  try {
    const journeys = await openJourneys(application, writers);
    const office = busyOffice(application, journeys);
    const recoveries: number[] = [];
    const viewRecoveries: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      // Enough for a load to build up, at another moment of the work each time.
      await pause(1_000 + Math.random() * 1_000);
      await fault();
      const begun = performance.now();
      const position = await office.everyWriterAcknowledged();
      recoveries.push(Math.round(performance.now() - begun));
      await office.worklistShows(position);
      viewRecoveries.push(Math.round(performance.now() - begun));
    }
    const { needs, ...answers } = await office.close();
    const faults = await compareWithRecord(application, needs);
    await application.stop();
    const acknowledged = needs.filter((need) => need.acknowledged).length;
    return { rounds, acknowledged, ...answers, recoveries, viewRecoveries, ...faults };
  } finally {
    await application.kill();
  }
};

/** Milliseconds before a client that was put off asks again: less than it was told, to be hard on the application. */
const clientsWait = 200;

const busyOffice = (application: RunningApplication, journeys: readonly string[]) => {
  const needs: Need[] = [];
  const wrong: string[] = [];
  let putOff = 0;
  let longestAnswer = 0;
  let open = true;
  let awaited: (writer: number, begun: number, reply: Reply) => void = () => undefined;

  const timed = async (what: string, expected: number, ask: () => Promise<Reply>): Promise<Reply> => {
    const begun = performance.now();
    const reply = await ask();
    longestAnswer = Math.max(longestAnswer, Math.round(performance.now() - begun));
    if (reply.status === 503 && reply.headers.has('retry-after')) putOff += 1;
    else if (reply.status !== expected) wrong.push(`${what}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply;
  };

  const write = async (journey: string, writer: number): Promise<void> => {
    while (open) {
      const next = newNeed(journey);
      needs.push(next);
      while (!next.acknowledged) {
        const begun = performance.now();
        const reply = await timed('a command', 201, () => identify(application, next));
        if (reply.status === 201) awaited(writer, begun, reply);
        else await pause(clientsWait);
      }
    }
  };
  const readWorklist = (position?: string): Promise<Reply> =>
    timed('the worklist', 200, () =>
      application.get(manager, '/v1/journeys?owner=me', {
        headers: position === undefined ? {} : { 'kim-min-position': position },
      }),
    );
  const read = async (): Promise<void> => {
    while (open) {
      await timed('a journey', 200, () => application.get(manager, journeys[0]!));
      await readWorklist();
      await pause(clientsWait);
    }
  };
  const working = Promise.all([...journeys.map(write), read()]);
  // Whoever waits for the work hears of it; until then nobody does.
  working.catch(() => undefined);

  return {
    /** Resolves with the last position when each writer had a command acknowledged that it sent from now on. */
    everyWriterAcknowledged: async (): Promise<string> => {
      const since = performance.now();
      const waitingFor = new Set(journeys.keys());
      const all = new Promise<string>((resolve) => {
        awaited = (writer, begun, { headers }) => {
          if (begun >= since) waitingFor.delete(writer);
          if (waitingFor.size === 0) resolve(headers.get('kim-position')!);
        };
      });
      return Promise.race([all, working.then(() => '')]);
    },
    worklistShows: async (position: string): Promise<void> => {
      while ((await readWorklist(position)).status !== 200) await pause(clientsWait);
    },
    close: async () => {
      open = false;
      await working;
      return { needs, wrong, putOff, longestAnswer };
    },
  };
};
