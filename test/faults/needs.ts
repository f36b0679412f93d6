import { randomUUID } from 'node:crypto';
import type { Reply, RunningApplication } from '../support/application.js';
import { need, olena, opening } from '../support/people.js';

/** One command, told apart from all others by what it says. */
export interface Need {
  readonly key: string;
  /** The address of its journey. */
  readonly journey: string;
  readonly description: string;
  acknowledged: boolean;
}

/** What the record holds that it should not, or does not hold that it should. */
export interface RecordFaults {
  /** Acknowledged, but not in the record; must be empty. */
  readonly lost: readonly string[];
  /** In the record more than once; must be empty. */
  readonly doubled: readonly string[];
}

export const manager = 'bergkamen-cm';

export const newNeed = (journey: string): Need => {
  const key = randomUUID();
  return { key, journey, description: `Bedarf ${key}`, acknowledged: false };
};

/** Journeys of new clients, by their addresses. */
export const openJourneys = (application: RunningApplication, count: number): Promise<readonly string[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const client = idIn(
        await post(application, '/v1/clients', { ...olena, createDespiteMatches: true }, randomUUID()),
      );
      const journey = idIn(await post(application, '/v1/journeys', opening(client), randomUUID()));
      return `/v1/journeys/${journey}`;
    }),
  );

/** Identifies the need, or tries to: always under the same key. */
export const identify = async (application: RunningApplication, need: Need): Promise<Reply> => {
  const reply = await application.post(manager, `${need.journey}/needs`, bodyOf(need), { key: need.key });
  if (reply.status === 201) need.acknowledged = true;
  return reply;
};

export const compareWithRecord = async (
  application: RunningApplication,
  needs: readonly Need[],
): Promise<RecordFaults> => {
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

const bodyOf = ({ description }: Need): object => ({ ...need, description });

const post = async (
  application: RunningApplication,
  path: string,
  body: object,
  key: string,
): Promise<Reply> => {
  const answer = await application.post(manager, path, body, { key });
  if (answer.status !== 201) throw new Error(`${path} was answered with ${answer.status}`);
  return answer;
};

/** The id of what a command has made. */
const idIn = ({ body }: Reply): string => String(Object.values(body as object)[0]);

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
