import { describe, expect, it } from '@jest/globals';
import { contacts } from '../contract/journeys.js';
import type { Position, RecordedEvent } from '../port.js';
import type { StreamQuestion } from './read-stream.js';
import { wholeStreamReads } from './whole-streams.js';

/** A store that writes down what it was asked; each event counts 100 characters. */
const storeOf = (streams: Record<string, readonly RecordedEvent[]>) => {
  const asked: StreamQuestion[] = [];
  return {
    asked,
    streams,
    read: (question: StreamQuestion) => {
      asked.push(question);
      const events = (streams[question.stream] ?? []).slice(question.from, question.to + 1);
      return Promise.resolve({ events, size: 100 * events.length });
    },
  };
};

const recorded = (stream: string, count: number): RecordedEvent[] =>
  contacts(count).map((event, revision) => ({
    ...event,
    stream,
    revision,
    position: `p00000000-${revision}` as Position,
  }));

describe('A whole stream that was read lately', () => {
  it('is read anew only from its last known event on', async () => {
    const store = storeOf({ journey: recorded('journey', 20) });
    const read = wholeStreamReads(store.read, 999, 100_000);
    await read('journey');
    const events = recorded('journey', 22);
    store.streams['journey'] = [...store.streams['journey']!, ...events.slice(20)];
    expect(await read('journey')).toEqual(store.streams['journey']);
    expect(await read('journey')).toEqual(store.streams['journey']);
    expect(store.asked.map(({ from }) => from)).toEqual([0, 19, 21]);
  });

  it('is forgotten when its last known event is another one now', async () => {
    const store = storeOf({ journey: recorded('journey', 20) });
    const read = wholeStreamReads(store.read, 999, 100_000);
    await read('journey');
    store.streams['journey'] = recorded('journey', 25);
    expect(await read('journey')).toEqual(store.streams['journey']);
  });

  it('is forgotten when it is shorter now', async () => {
    const store = storeOf({ journey: recorded('journey', 20) });
    const read = wholeStreamReads(store.read, 999, 100_000);
    await read('journey');
    store.streams['journey'] = store.streams['journey']!.slice(0, 7);
    expect(await read('journey')).toHaveLength(7);
    store.streams['journey'] = [];
    expect(await read('journey')).toEqual([]);
  });

  it('is let go for others when it was not read for longest', async () => {
    const names = Array.from({ length: 41 }, (_, number) => `journey-${number}`);
    const store = storeOf(Object.fromEntries(names.map((name) => [name, recorded(name, 1)])));
    const read = wholeStreamReads(store.read, 999, 4_000);
    for (const name of names.slice(0, 40)) await read(name);
    await read('journey-0');
    await read('journey-40');
    store.asked.length = 0;
    store.streams['journey-0'] = [...store.streams['journey-0']!, ...recorded('journey-0', 2).slice(1)];
    store.streams['journey-1'] = [...store.streams['journey-1']!, ...recorded('journey-1', 2).slice(1)];
    expect(await read('journey-0')).toHaveLength(2);
    expect(await read('journey-1')).toHaveLength(2);
    await read('journey-0');
    await read('journey-1');
    expect(store.asked.map(({ from }) => from)).toEqual([0, 0, 1, 1]);
  });

  it('is not kept when it is so short that reading it again is the cheaper way', async () => {
    const store = storeOf({ short: recorded('short', 19), long: recorded('long', 20) });
    const read = wholeStreamReads(store.read, 999, 100_000, 2_000);
    for (const stream of ['short', 'long', 'short', 'long']) await read(stream);
    expect(store.asked.map(({ from }) => from)).toEqual([0, 0, 0, 19]);
  });

  it('is not kept when it is very long, or when nothing is to be kept', async () => {
    const store = storeOf({ journey: recorded('journey', 20) });
    for (const greatestSize of [19_999, 0]) {
      const read = wholeStreamReads(store.read, 999, greatestSize);
      await read('journey');
      await read('journey');
    }
    expect(store.asked.map(({ from }) => from)).toEqual([0, 0, 0, 0]);
  });

  it('cannot be changed by one of its readers for the others', async () => {
    const store = storeOf({ journey: recorded('journey', 1) });
    const [event] = await wholeStreamReads(store.read, 999, 100_000)('journey');
    expect(() => Object.assign(event!.data, { number: 2 })).toThrow(TypeError);
    expect(() => Object.assign(event!, { type: 'Other' })).toThrow(TypeError);
  });
});
