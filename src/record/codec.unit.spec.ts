import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { NewEvent, Position, RecordedEvent } from '#event-store';
import { SealBroken } from '#personal-data';
import { decode, encode, metadataOf, UnknownEvent } from './codec.js';
import type { EventMetadata, StreamFormat } from './codec.js';

/** A library's borrowings, whose schema has changed twice. */
interface Borrowed {
  readonly type: 'BookBorrowed';
  readonly data: {
    readonly bookId: string;
    readonly reader: string;
    readonly weeks: number;
    readonly branch: string;
  };
}
interface Returned {
  readonly type: 'BookReturned';
  readonly data: { readonly bookId: string; readonly remark?: string };
}

const format: StreamFormat<Borrowed | Returned> = {
  fields: {
    BookBorrowed: {
      fields: {
        bookId: 'plain process',
        branch: 'plain process',
        reader: 'sealed identity',
        weeks: 'sealed plan',
      },
    },
    BookReturned: { fields: { bookId: 'plain process', remark: 'sealed notes' } },
  },
  upcasters: {
    BookBorrowed: [
      // 1 → 2: days became weeks.
      ({ days, ...rest }) => ({ ...rest, ...(days !== undefined && { weeks: Math.ceil(Number(days) / 7) }) }),
      // 2 → 3: there was one branch only.
      (older) => ({ ...older, branch: 'main' }),
    ],
  },
  decisiveSeals: new Set(['BookBorrowed']),
};

const versionOne: StreamFormat<{ readonly type: 'BookBorrowed'; readonly data: object }> = {
  fields: {
    BookBorrowed: { fields: { bookId: 'plain process', reader: 'sealed identity', days: 'sealed plan' } },
  },
  upcasters: {},
  decisiveSeals: new Set(),
};

const key = createSecretKey(randomBytes(32));
const eventId = '1f0e6a52-0c1d-5b1e-8f3c-6f1d2a7b9c01';
const metadata: Omit<EventMetadata, 'v'> = {
  subject: '1f0e6a52-0c1d-5b1e-8f3c-6f1d2a7b9c02',
  actor: 'librarian',
  organisation: 'town-library',
  roles: ['case_manager'],
  correlationId: '1f0e6a52-0c1d-5b1e-8f3c-6f1d2a7b9c03',
  causationId: '1f0e6a52-0c1d-5b1e-8f3c-6f1d2a7b9c04',
  commandId: '1f0e6a52-0c1d-5b1e-8f3c-6f1d2a7b9c04',
  fingerprint: 'f',
  recordedAt: '2026-03-03T08:00:00.000Z',
};

const stored = (event: NewEvent): RecordedEvent => ({
  ...event,
  stream: 'shelf-1',
  revision: 3,
  position: 'log@12' as Position,
});

const borrowed: Borrowed = {
  type: 'BookBorrowed',
  data: { bookId: 'b-1', reader: 'Amina Yılmaz', weeks: 4, branch: 'harbour' },
};

describe('an event on its way into the store', () => {
  const written = encode(borrowed, eventId, metadata, key, format);

  it('is parted into what stands in the clear and one ciphertext', () => {
    expect(written).toEqual({
      id: eventId,
      type: 'BookBorrowed',
      data: { bookId: 'b-1', branch: 'harbour', sealed: expect.stringMatching(/^1\./) },
      metadata: { v: 3, ...metadata },
    });
    expect(JSON.stringify(written)).not.toMatch(/Amina|Yılmaz/);
  });

  it('has no ciphertext where there is nothing to seal', () => {
    const returned: Returned = { type: 'BookReturned', data: { bookId: 'b-1' } };
    expect(encode(returned, eventId, metadata, key, format).data).toEqual({ bookId: 'b-1' });
  });

  it('loses the fields that are not there', () => {
    const returned = {
      type: 'BookReturned',
      data: { bookId: 'b-1', remark: undefined },
    } as unknown as Returned;
    expect(encode(returned, eventId, metadata, key, format).data).toEqual({ bookId: 'b-1' });
  });

  it('has a field sealed that the table does not know', () => {
    const marked = {
      type: 'BookReturned',
      data: { bookId: 'b-1', coffeeStain: 'page 12' },
    } as unknown as Returned;
    const kept = encode(marked, eventId, metadata, key, format);
    expect(Object.keys(kept.data)).toEqual(['bookId', 'sealed']);
    expect(decode(stored(kept), key, format).data).toEqual(marked.data);
  });

  it('comes in the first version until its schema changes', () => {
    const returned: Returned = { type: 'BookReturned', data: { bookId: 'b-1' } };
    expect(metadataOf(stored(encode(returned, eventId, metadata, key, format))).v).toBe(1);
  });
});

describe('an event on its way out', () => {
  const written = stored(encode(borrowed, eventId, metadata, key, format));

  it('is what was decided, with where it comes from', () => {
    expect(decode(written, key, format)).toEqual({
      ...borrowed,
      eventId,
      revision: 3,
      recordedAt: '2026-03-03T08:00:00.000Z',
      recordedBy: { organisationId: 'town-library', userId: 'librarian' },
    });
  });

  it('is its plain part alone when the person’s key is gone', () => {
    expect(decode(written, undefined, format).data).toEqual({ bookId: 'b-1', branch: 'harbour' });
  });

  it('does not open under another key, as another event or as another type', () => {
    const broken = [
      () => decode(written, createSecretKey(randomBytes(32)), format),
      () => decode({ ...written, id: '1f0e6a52-0c1d-5b1e-8f3c-6f1d2a7b9cff' }, key, format),
      () =>
        decode({ ...written, type: 'BookReturned', metadata: { ...written.metadata, v: 1 } }, key, format),
    ];
    for (const read of broken) expect(read).toThrow(SealBroken);
  });

  it('of the first version is brought to the third, step by step', () => {
    const old = encode(
      { type: 'BookBorrowed', data: { bookId: 'b-1', reader: 'Amina', days: 15 } },
      eventId,
      metadata,
      key,
      versionOne,
    );
    expect(metadataOf(stored(old)).v).toBe(1);
    expect(decode(stored(old), key, format).data).toEqual({
      bookId: 'b-1',
      reader: 'Amina',
      weeks: 3,
      branch: 'main',
    });
  });

  it('of the first version is brought to the third without its sealed part, too', () => {
    const old = encode(
      { type: 'BookBorrowed', data: { bookId: 'b-1', reader: 'Amina', days: 15 } },
      eventId,
      metadata,
      key,
      versionOne,
    );
    expect(decode(stored(old), undefined, format).data).toEqual({ bookId: 'b-1', branch: 'main' });
  });

  it('of the second version goes through the last step alone', () => {
    const second = { ...written, data: { bookId: 'b-1', weeks: 2 }, metadata: { ...written.metadata, v: 2 } };
    expect(decode(second, key, format).data).toEqual({ bookId: 'b-1', weeks: 2, branch: 'main' });
  });

  it.each([4, 99, 0, -1, 1.5, undefined])(
    'of version %s is refused: it was written by another program',
    (v) => {
      const strange = { ...written, metadata: { ...written.metadata, v: v as number } };
      expect(() => decode(strange, key, format)).toThrow(UnknownEvent);
    },
  );

  it.each(['BookBurnt', 'toString', 'constructor'])('of the type %s is refused', (type) => {
    expect(() => decode({ ...written, type }, key, format)).toThrow(UnknownEvent);
  });

  it('that is unknown is named by id, type and version, and by nothing that it holds', () => {
    const strange = { ...written, metadata: { ...written.metadata, v: 99 } };
    expect(() => decode(strange, key, format)).toThrow(
      `Event ${eventId} has the type BookBorrowed in version 99, which this program does not know`,
    );
  });
});
