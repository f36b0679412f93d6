import type { KeyObject } from 'node:crypto';
import { decryptText, encrypt, SealBroken } from './aes-gcm.js';
import { canonicalJson, type JsonObject } from './canonical-json.js';

/** The event that a sealed part belongs to. It opens nowhere else. */
export interface SealedEvent {
  readonly eventId: string;
  readonly type: string;
}

/**
 * Seals the personal part of an event under its person's key: AES-256-GCM over canonical JSON, bound to
 * format version, event id and type. The text is printable (`1.` and base64url) and its length tells the
 * content's only up to 32 bytes: 300 bytes of JSON become 466 characters.
 * @throws NotCanonical if the value has no canonical JSON
 */
export const seal = (key: KeyObject, event: SealedEvent, value: JsonObject): string =>
  sealJson(key, eventPlace(event), canonicalJson(value));

/**
 * What was sealed for this event.
 * @throws SealBroken for another key, another event or changed bytes
 */
export const unseal = (key: KeyObject, event: SealedEvent, sealed: string): JsonObject =>
  unsealJson(key, eventPlace(event), sealed) as JsonObject;

/**
 * Seals one text where a read model keeps it. `context` names the place (table, column and row, say), so that
 * a sealed text moved to another row or column does not open.
 * @throws NotCanonical for a text with an unpaired surrogate
 */
export const sealText = (key: KeyObject, context: string, text: string): string =>
  sealJson(key, textPlace(context), canonicalJson(text));

/**
 * What was sealed in this context.
 * @throws SealBroken for another key, another context or changed bytes
 */
export const unsealText = (key: KeyObject, context: string, sealed: string): string =>
  unsealJson(key, textPlace(context), sealed) as string;

const version = '1.';
const lengthStep = 32;

// The id's length keeps two places apart whose id and type would otherwise read the same.
const eventPlace = ({ eventId, type }: SealedEvent): string =>
  `${version}event.${eventId.length}.${eventId}.${type}`;

const textPlace = (context: string): string => `${version}text.${context}`;

const sealJson = (key: KeyObject, place: string, json: string): string => {
  // White space after a JSON text means nothing, so the padding needs no mark and no removal.
  const missing = -Buffer.byteLength(json, 'utf8') & (lengthStep - 1);
  return version + encrypt(key, place, json + ' '.repeat(missing)).toString('base64url');
};

const unsealJson = (key: KeyObject, place: string, sealed: string): unknown => {
  if (!sealed.startsWith(version)) throw new SealBroken();
  return JSON.parse(decryptText(key, place, Buffer.from(sealed.slice(version.length), 'base64url')));
};
