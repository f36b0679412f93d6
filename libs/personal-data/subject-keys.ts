import { randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import { decryptBytes, encrypt, SealBroken } from './aes-gcm.js';
import { secretKey } from './master-key.js';

/** The key under which everything personal of one subject is sealed. Hold it for one request or batch. */
export type SubjectKey = KeyObject;

/** A stored key does not open: it was wrapped under another master key, or its row was changed. */
export class SubjectKeyBroken extends Error {
  override readonly name = 'SubjectKeyBroken';
  constructor() {
    super('A subject key cannot be unwrapped: the master key is not the one it was wrapped under');
  }
}

/** What the key ring asks of a database. A `pg` pool, and a client in a transaction, have it. */
export interface Database {
  query(text: string, values: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

/** One key for each subject, a subject being any opaque id. Without its key, what was sealed is gone. */
export interface SubjectKeys {
  /**
   * Makes the subject's key, durable when this resolves. Nothing happens if there is one, or if there was
   * one: a destroyed key is never made again.
   */
  create(subject: string): Promise<void>;

  /**
   * The keys of these subjects as they stand when the call is made; a subject missing in the map is erased
   * or unknown. Calls made at the same time share one statement. Nothing is kept after the call, so a key
   * destroyed by any process is gone from the next call on.
   * @throws SubjectKeyBroken
   */
  fetch(subjects: Iterable<string>): Promise<ReadonlyMap<string, SubjectKey>>;

  /**
   * Destroys the subject's key within the caller's transaction, together with what the caller records about
   * it, and leaves a tombstone, also for a subject that never had a key. Gives the id of the destroyed key,
   * the same one when repeated, or undefined if there never was a key.
   */
  destroy(subject: string, transaction: Database): Promise<string | undefined>;
}

/**
 * The key ring in PostgreSQL (`CreateSubjectKeys1764000000000` makes its table). Keys are wrapped by
 * AES-256-GCM under `wrappingKey`, bound to their subject, so that rows cannot be swapped.
 */
export const postgresSubjectKeys = (database: Database, wrappingKey: KeyObject): SubjectKeys => ({
  create: async (subject) => {
    const bytes = randomBytes(32);
    const wrapped = encrypt(wrappingKey, wrappingPlace(subject), bytes);
    bytes.fill(0);
    await database.query(
      'INSERT INTO kim.subject_keys (subject, key_id, wrapped_key) VALUES ($1, $2, $3) ON CONFLICT (subject) DO NOTHING',
      [subject, randomUUID(), wrapped],
    );
  },

  fetch: coalesced(wrappingKey, async (subjects) => {
    const { rows } = await database.query(
      'SELECT subject, wrapped_key FROM kim.subject_keys WHERE subject = ANY ($1::text[]) AND wrapped_key IS NOT NULL',
      [subjects],
    );
    return new Map(rows.map((row) => [row.subject as string, row.wrapped_key as Buffer]));
  }),

  destroy: async (subject, transaction) => {
    const { rows } = await transaction.query(
      `INSERT INTO kim.subject_keys AS existing (subject, destroyed_at) VALUES ($1, now())
       ON CONFLICT (subject) DO UPDATE
         SET wrapped_key = NULL, destroyed_at = coalesce(existing.destroyed_at, excluded.destroyed_at)
       RETURNING key_id`,
      [subject],
    );
    return (rows[0]?.key_id as string | null | undefined) ?? undefined;
  },
});

type Wrapped = ReadonlyMap<string, Buffer>;

interface Caller {
  readonly subjects: ReadonlySet<string>;
  readonly resolve: (keys: ReadonlyMap<string, SubjectKey>) => void;
  readonly reject: (error: unknown) => void;
}

/** Two, so that one long statement of a batch does not hold up every request behind it. */
const statementsAtOnce = 2;

/**
 * Gathers the calls of one turn of the event loop, and those that arrive while statements are under way, into
 * the next statement. A call never shares a statement that began before it: it could miss a destruction.
 */
const coalesced = (
  wrappingKey: KeyObject,
  select: (subjects: string[]) => Promise<Wrapped>,
): SubjectKeys['fetch'] => {
  let waiting: Caller[] = [];
  let underWay = 0;

  const run = async (): Promise<void> => {
    if (waiting.length === 0 || underWay === statementsAtOnce) return;
    const callers = waiting;
    waiting = [];
    underWay += 1;
    try {
      const wrapped = await select([...new Set(callers.flatMap(({ subjects }) => [...subjects]))]);
      for (const caller of callers) answer(caller, wrapped, wrappingKey);
    } catch (error) {
      for (const { reject } of callers) reject(error);
    } finally {
      underWay -= 1;
      void run();
    }
  };

  return (given) => {
    const subjects = new Set(given);
    if (subjects.size === 0) return Promise.resolve(new Map());
    return new Promise((resolve, reject) => {
      waiting.push({ subjects, resolve, reject });
      setImmediate(() => void run());
    });
  };
};

const answer = ({ subjects, resolve, reject }: Caller, wrapped: Wrapped, wrappingKey: KeyObject): void => {
  const keys = new Map<string, SubjectKey>();
  try {
    for (const subject of subjects) {
      const box = wrapped.get(subject);
      if (box) keys.set(subject, unwrapped(wrappingKey, subject, box));
    }
    resolve(keys);
  } catch (error) {
    reject(error);
  }
};

const unwrapped = (wrappingKey: KeyObject, subject: string, box: Buffer): SubjectKey => {
  try {
    return secretKey(decryptBytes(wrappingKey, wrappingPlace(subject), box));
  } catch (error) {
    throw error instanceof SealBroken ? new SubjectKeyBroken() : error;
  }
};

const wrappingPlace = (subject: string): string => `1.subject-key.${subject}`;
