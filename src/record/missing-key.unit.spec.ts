import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { EventStore, Position, RecordedEvent } from '#event-store';
import type { SubjectKey, SubjectKeys } from '#personal-data';
import type { StreamFormat } from './codec.js';
import { SubjectKeyMissing } from './errors.js';
import { createRecorder } from './recorder.js';

interface Borrowed {
  readonly type: 'BookBorrowed';
  readonly data: { readonly reader: string };
}

const format: StreamFormat<Borrowed> = {
  fields: { BookBorrowed: { fields: { reader: 'sealed identity' } } },
  upcasters: {},
  decisiveSeals: new Set(),
};

/** A library whose keys lie elsewhere than its events. */
const library = () => {
  const stored: RecordedEvent[] = [];
  const store = {
    readStream: () => Promise.resolve([...stored]),
    append: ({ stream, events }: Parameters<EventStore['append']>[0]) => {
      for (const event of events)
        stored.push({
          ...event,
          stream,
          revision: stored.length,
          position: `p-${stored.length}` as Position,
        });
      return Promise.resolve({ revision: stored.length - 1, position: `p-${stored.length - 1}` });
    },
  } as unknown as EventStore;
  const ring = new Map<string, SubjectKey>();
  const keys = {
    create: (subject: string) => {
      if (!ring.has(subject)) ring.set(subject, createSecretKey(randomBytes(32)));
      return Promise.resolve();
    },
    fetch: () => Promise.resolve(new Map(ring)),
  } as unknown as SubjectKeys;
  const recorder = createRecorder(store, keys, { now: () => new Date() });
  const borrow = (commandId: string) =>
    recorder.record<Borrowed, undefined>({
      stream: 'reader-1',
      format,
      request: {
        commandId,
        fingerprint: commandId,
        correlationId: commandId,
        caller: { userId: 'librarian', organisationId: 'town-library', roles: [] },
      },
      fold: () => undefined,
      subject: () => 'reader-1',
      admit: () => undefined,
      decide: () => [{ type: 'BookBorrowed', data: { reader: 'Olena' } }],
    });
  return { borrow, stored, ring };
};

const first = '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a01';
const second = '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a02';

describe('Of a person with recorded events', () => {
  it('more is recorded under the same key', async () => {
    const { borrow, ring } = library();
    await borrow(first);
    const [key] = ring.values();
    await borrow(second);
    expect([...ring.values()]).toEqual([key]);
  });

  it('nothing is recorded under a second key where the first was lost', async () => {
    const { borrow, stored, ring } = library();
    await borrow(first);
    ring.clear();
    await expect(borrow(second)).rejects.toBeInstanceOf(SubjectKeyMissing);
    expect([stored.length, ring.size]).toEqual([1, 0]);
  });
});
