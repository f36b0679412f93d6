import { describe, expect, it } from '@jest/globals';
import { StoreUnavailable, WrongExpectedRevision } from './errors.js';
import type { EventStore, LogBatch, Position } from './port.js';
import { watched } from './watched.js';

const at = (position: string): Position => position as Position;

/** A store of which only what a test is about is there. */
const storeThat = (does: Partial<EventStore>): EventStore => does as EventStore;

const seen = () => {
  const told: unknown[] = [];
  return {
    told,
    called: (operation: string, seconds: number, outcome: string, failure: string | undefined) => {
      expect(seconds).toBeGreaterThanOrEqual(0);
      told.push([operation, outcome, failure]);
    },
    reached: (position: Position) => told.push(position),
    ended: () => told.push('ended'),
  };
};

describe('A watched store', () => {
  it('answers as the store does, and tells what came of it', async () => {
    const watcher = seen();
    const store = watched(storeThat({ head: () => Promise.resolve(at('3')) }), watcher);
    expect(await store.head()).toBe('3');
    expect(watcher.told).toEqual([['head', 'done', undefined]]);
  });

  it.each<[string, Error, string, string | undefined]>([
    [
      'a code of gRPC',
      new StoreUnavailable('at 10.0.0.1', { cause: { code: 14 } }),
      'unavailable',
      'gRPC 14',
    ],
    [
      'a code in words',
      new StoreUnavailable('at 10.0.0.1', { cause: { code: '57P01' } }),
      'unavailable',
      '57P01',
    ],
    ['no code', new StoreUnavailable('at 10.0.0.1'), 'unavailable', 'StoreUnavailable'],
    [
      'what looks like an address',
      new StoreUnavailable('', { cause: { code: '10.0.0.1:2113' } }),
      'unavailable',
      'StoreUnavailable',
    ],
    ['a refusal', new WrongExpectedRevision('journey-1', 0, 1), 'refused', undefined],
  ])('tells of a failure by its code alone: %s', async (_, error, outcome, code) => {
    const watcher = seen();
    const store = watched(storeThat({ append: () => Promise.reject(error) }), watcher);
    const request = { stream: 'journey-1', expected: 'none' as const, events: [] };
    await expect(store.append(request)).rejects.toBe(error);
    expect(watcher.told).toEqual([['append', outcome, code]]);
  });

  it('tells how far a subscription is once its consumer is done with a batch', async () => {
    async function* batches(): AsyncGenerator<LogBatch, void> {
      yield { events: [], checkpoint: at('6'), atHead: false };
      yield { events: [], checkpoint: at('9'), atHead: true };
    }
    const watcher = seen();
    const store = watched(storeThat({ subscribe: () => batches() }), watcher);
    const options = { after: at('5'), batchSize: 1, signal: new AbortController().signal };
    const before: unknown[] = [];
    for await (const { checkpoint } of store.subscribe(options))
      before.push([checkpoint, watcher.told.length]);
    expect(before).toEqual([
      ['6', 1],
      ['9', 2],
    ]);
    expect(watcher.told).toEqual(['5', '6', '9', 'ended']);
  });
});
