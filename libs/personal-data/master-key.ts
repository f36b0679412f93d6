import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { link, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The one secret from which every other key is derived or under which it is wrapped. */
export type MasterKey = KeyObject & { readonly __brand: 'MasterKey' };

/** The master key file is absent or unfit. The message is one sentence for the operator. */
export class MasterKeyUnusable extends Error {
  override readonly name: string = 'MasterKeyUnusable';
}

/** There is no master key file, and none was to be made. */
export class MasterKeyMissing extends MasterKeyUnusable {
  override readonly name = 'MasterKeyMissing';
}

/**
 * The master key in a file of exactly 32 bytes that nobody but its owner, this process's user, may read
 * (mode 0600 or 0400). With `create`, a missing file is made: complete or not at all, and of several
 * processes that make it at once all get the same key. A file that exists is never written.
 * @throws MasterKeyUnusable, of which a MasterKeyMissing without `create` says that there is no file
 */
export const openMasterKey = async (path: string, { create }: { create: boolean }): Promise<MasterKey> => {
  const existing = await readMasterKey(path);
  if (existing) return existing;
  if (!create) throw new MasterKeyMissing(`There is no master key file ${path}`);
  await writeNewMasterKey(path);
  const created = await readMasterKey(path);
  if (!created) throw new MasterKeyUnusable(`The master key file ${path} vanished as it was made`);
  return created;
};

/** `wrapping` keys of people, `fingerprint`s of requests, `search` by name; others as need arises. */
export type KeyPurpose = 'wrapping' | 'fingerprint' | 'search' | (string & {});

/**
 * A 32-byte key for one purpose: HKDF-SHA256 (RFC 5869) of the master key, without salt, which a uniformly
 * random secret does not need (section 3.1), with the purpose as info. Keys of different purposes tell
 * nothing about each other or the master key.
 */
export const deriveKey = (master: MasterKey, purpose: KeyPurpose): KeyObject => {
  const derived = Buffer.from(hkdfSync('sha256', master, '', `personal-data/1/${purpose}`, keyBytes));
  return secretKey(derived);
};

/** A secret key that no longer depends on the buffer: its bytes are overwritten with zeros. */
export const secretKey = (bytes: Buffer): KeyObject => {
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
};

const keyBytes = 32;

const readMasterKey = async (path: string): Promise<MasterKey | undefined> => {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw unusable(path, 'cannot be opened', error);
  });
  if (!file) return undefined;
  try {
    // Asked of the opened file, not of the path, which could be swapped in between.
    const { mode, uid, size } = await file.stat();
    if ((mode & 0o170000) !== 0o100000) throw unusable(path, 'is not a file');
    if (uid !== process.geteuid?.()) throw unusable(path, 'belongs to another user');
    if ((mode & 0o077) !== 0) throw unusable(path, 'can be used by others; its mode must be 0600');
    if (size !== keyBytes) throw unusable(path, `must hold exactly ${keyBytes} bytes`);
    return secretKey(await file.readFile()) as MasterKey;
  } finally {
    await file.close();
  }
};

const writeNewMasterKey = async (path: string): Promise<void> => {
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  try {
    await writeDurably(draft);
    // A link appears complete or not at all, and fails if another process was first: then its key counts.
    await link(draft, path).catch((error: unknown) => {
      if (!isSystemError(error, 'EEXIST')) throw error;
    });
    await syncFolder(dirname(path));
  } catch (error) {
    throw unusable(path, 'cannot be made', error);
  } finally {
    await unlink(draft).catch(() => undefined);
  }
};

const writeDurably = async (path: string): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(randomBytes(keyBytes));
    await file.sync();
  } finally {
    await file.close();
  }
};

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const unusable = (path: string, why: string, cause?: unknown): MasterKeyUnusable => {
  const reason = isSystemError(cause) ? ` (${cause.code})` : '';
  return new MasterKeyUnusable(`The master key file ${path} ${why}${reason}`, { cause });
};

const isSystemError = (error: unknown, code?: string): error is NodeJS.ErrnoException =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  (code === undefined || error.code === code);
