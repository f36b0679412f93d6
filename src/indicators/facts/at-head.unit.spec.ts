import { describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import type { Failure, ProjectionStatus } from '#projections';
import { bringFactsToHead } from './at-head.js';

const at = (position: number): Position => String(position) as Position;
const store = {
  head: () => Promise.resolve(at(100)),
  compare: (one: Position, other: Position) => Number(one) - Number(other),
};

const journeys = (is: Partial<ProjectionStatus> = {}): ProjectionStatus => ({
  name: 'fact_journeys',
  version: 3,
  activeVersion: 3,
  state: 'running',
  checkpoint: at(100),
  lag: 0,
  eventsPerSecond: 0,
  changedAt: undefined,
  failure: undefined,
  rebuild: undefined,
  ...is,
});
const persons = { ...journeys(), name: 'fact_persons' };
const failure = (attempts: number): Failure => ({
  eventId: 'e7',
  eventType: 'JourneyOpened',
  position: at(7),
  error: 'TypeError',
  place: undefined,
  since: '2026-10-01T00:00:00.000Z',
  attempts,
});
const rebuilding = (failed?: Failure): ProjectionStatus['rebuild'] => ({
  version: 3,
  failure: failed,
  share: 0.5,
  eventsPerSecond: 0,
  secondsLeft: undefined,
});

/** What becomes of the facts while they are waited for, look after look; the last stays. */
const waitedFor = async (
  looks: readonly ProjectionStatus[],
  patienceMs = 60_000,
): Promise<{ readonly looked: number; readonly resumed: readonly string[] }> => {
  let looked = 0;
  const resumed: string[] = [];
  const projections = {
    start: () => undefined,
    resume: (name: string) => Promise.resolve(void resumed.push(name)),
    status: () => Promise.resolve([persons, looks[Math.min(looked++, looks.length - 1)]!]),
  };
  await bringFactsToHead(projections, store, { patienceMs, intervalMs: 0 });
  return { looked, resumed };
};

describe('The facts that a release reads', () => {
  it('are not rows that an earlier version made, though they are at the head', async () => {
    const old = journeys({ activeVersion: 2 });
    const built = { ...old, rebuild: rebuilding() };
    expect((await waitedFor([old, old, built, built, journeys()])).looked).toBe(5);
  });

  it('are waited for until they are at the head', async () => {
    expect((await waitedFor([journeys({ checkpoint: at(99) }), journeys()])).looked).toBe(2);
  });

  it('are not waited for where an event cannot be applied', async () => {
    for (const stopped of [
      journeys({ checkpoint: at(6), failure: failure(1) }),
      journeys({ activeVersion: 2, rebuild: rebuilding(failure(1)) }),
    ])
      await expect(waitedFor([journeys({ checkpoint: at(6) }), stopped])).rejects.toThrow(
        'The facts (fact_journeys) stand still at event e7 (TypeError): see npm run kim -- projections.',
      );
  });

  it('are tried once more where they stood still before', async () => {
    const [before, again] = [1, 2].map((attempts) =>
      journeys({ checkpoint: at(6), failure: failure(attempts) }),
    );
    expect(await waitedFor([before!, before!, journeys()])).toEqual({
      looked: 3,
      resumed: ['fact_journeys'],
    });
    await expect(waitedFor([before!, before!, again!])).rejects.toThrow(/stand still at event e7/);
  });

  it('are given up when they do not come', async () => {
    await expect(waitedFor([journeys({ checkpoint: at(99) })], -1)).rejects.toThrow(
      /have not come to the log's head/,
    );
  });
});
