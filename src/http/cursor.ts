import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
import { invalidAt, type InputPlace } from './problem.js';

/** As such texts look; it belongs to no query. */
export const cursorExample = 'MNuawRUZr5edSExygFK-KVGDATbKQD_8BioBLTuNjKVdIjCq';

/**
 * Where a list goes on, as text that tells its reader nothing: the state (it may hold dates and ids) is sealed
 * with AES-256-GCM and bound to the query that it belongs to.
 *
 * @param key 32 bytes
 * @param query whatever identifies the query and its caller, but for the cursor itself
 */
export const encodeCursor = (key: KeyObject, query: string, state: unknown): string => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(query));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(state), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
};

/**
 * The state of a cursor, which is exactly what was encoded. It came after `?`, unless it is said to have come in a
 * body.
 * @throws Problem 400 for a cursor that was changed, or made for another query or with another key
 */
export const decodeCursor = (
  key: KeyObject,
  query: string,
  cursor: string,
  place: InputPlace = 'query',
): unknown => {
  try {
    const bytes = Buffer.from(cursor, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
      .setAAD(Buffer.from(query))
      .setAuthTag(bytes.subarray(12, 28));
    return JSON.parse(
      Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'),
    );
  } catch {
    throw invalidAt(place, '/cursor', 'is not a cursor of this query');
  }
};
