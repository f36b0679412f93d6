import { createCipheriv, createDecipheriv, randomFillSync, type KeyObject } from 'node:crypto';

/**
 * Something sealed cannot be opened: another key, another place than it was sealed for, or changed bytes.
 * Which of these is unknowable, and the message says nothing of the content.
 */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
  constructor() {
    super('A seal is broken: wrong key, wrong place, or changed bytes');
  }
}

const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce: nonce, ciphertext and 128-bit tag in one buffer.
 * One key is good for 2^32 calls (section 8.3), far beyond what one person's record will ever need.
 */
export const encrypt = (key: KeyObject, place: string, plaintext: string | Buffer): Buffer => {
  const nonce = nextNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(place, 'utf8'));
  const ciphertext =
    typeof plaintext === 'string' ? cipher.update(plaintext, 'utf8') : cipher.update(plaintext);
  cipher.final();
  return Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]);
};

/**
 * What `encrypt` was given, as UTF-8 text.
 * @throws SealBroken
 */
export const decryptText = (key: KeyObject, place: string, box: Buffer): string => {
  const { decipher, ciphertext } = opened(key, place, box);
  const text = decipher.update(ciphertext, undefined, 'utf8');
  authenticate(decipher);
  return text;
};

/**
 * What `encrypt` was given, as bytes.
 * @throws SealBroken
 */
export const decryptBytes = (key: KeyObject, place: string, box: Buffer): Buffer => {
  const { decipher, ciphertext } = opened(key, place, box);
  const bytes = decipher.update(ciphertext);
  authenticate(decipher);
  return bytes;
};

const opened = (key: KeyObject, place: string, box: Buffer) => {
  if (box.length < nonceBytes + tagBytes) throw new SealBroken();
  const tagStart = box.length - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, nonceBytes));
  decipher.setAAD(Buffer.from(place, 'utf8'));
  // Always the whole sixteen bytes: a shorter tag would be accepted and easier to forge.
  decipher.setAuthTag(box.subarray(tagStart));
  return { decipher, ciphertext: box.subarray(nonceBytes, tagStart) };
};

const authenticate = (decipher: ReturnType<typeof createDecipheriv>): void => {
  try {
    decipher.final();
  } catch {
    throw new SealBroken();
  }
};

// One call to the random source costs as much as an encryption; a pool makes it one call in a thousand.
const nonces = Buffer.allocUnsafeSlow(nonceBytes * 1024);
let nextOffset = nonces.length;

const nextNonce = (): Buffer => {
  if (nextOffset === nonces.length) {
    randomFillSync(nonces);
    nextOffset = 0;
  }
  const nonce = nonces.subarray(nextOffset, nextOffset + nonceBytes);
  nextOffset += nonceBytes;
  return nonce;
};
