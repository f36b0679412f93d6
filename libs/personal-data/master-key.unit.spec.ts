import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deriveKey, MasterKeyUnusable, openMasterKey } from './index.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'master-key-'));
  path = join(folder, 'master.key');
});
afterEach(() => rm(folder, { recursive: true }));

describe('The master key', () => {
  it('is made once, for its owner alone, and found again', async () => {
    const made = await openMasterKey(path, { create: true });
    const found = await openMasterKey(path, { create: false });
    expect(found.equals(made)).toBe(true);
    const { mode, size } = await stat(path);
    expect([(mode & 0o777).toString(8), size]).toEqual(['600', 32]);
    expect(await readdir(folder)).toEqual(['master.key']);
  });

  it('is one for all processes that make it at once', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => openMasterKey(path, { create: true })));
    for (const key of keys) expect(key.equals(keys[0]!)).toBe(true);
    expect(await readdir(folder)).toEqual(['master.key']);
  });

  it('is not made unasked', async () => {
    await expect(openMasterKey(path, { create: false })).rejects.toThrow(
      `There is no master key file ${path}`,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('may be given by the operator, read-only or through a link', async () => {
    await writeFile(path, Buffer.alloc(32, 7), { mode: 0o400 });
    await symlink(path, join(folder, 'link'));
    const key = await openMasterKey(join(folder, 'link'), { create: false });
    expect(key.export()).toEqual(Buffer.alloc(32, 7));
  });

  it.each([0o640, 0o604, 0o660, 0o644])('is refused when others can use it (mode %o)', async (mode) => {
    await writeFile(path, Buffer.alloc(32, 7));
    await chmod(path, mode);
    const opening = openMasterKey(path, { create: true });
    await expect(opening).rejects.toThrow(MasterKeyUnusable);
    await expect(opening).rejects.toThrow(/its mode must be 0600$/);
    expect(await readFile(path)).toEqual(Buffer.alloc(32, 7));
  });

  it.each([0, 31, 33, 64])('is refused with %i bytes, and not overwritten', async (size) => {
    await writeFile(path, Buffer.alloc(size, 7), { mode: 0o600 });
    await expect(openMasterKey(path, { create: true })).rejects.toThrow(/must hold exactly 32 bytes$/);
    expect(await readFile(path)).toHaveLength(size);
  });

  it('is refused when it is a folder', async () => {
    await mkdir(path, { mode: 0o700 });
    await expect(openMasterKey(path, { create: true })).rejects.toThrow(/is not a file$/);
  });

  it('is refused with a clear sentence where it cannot be made', async () => {
    const nowhere = join(folder, 'absent', 'master.key');
    const opening = openMasterKey(nowhere, { create: true });
    await expect(opening).rejects.toThrow(`The master key file ${nowhere} cannot be made (ENOENT)`);
  });

  it('is refused when it belongs to another user', async () => {
    const asRoot = process.geteuid?.() === 0;
    const foreign = asRoot ? path : '/etc/passwd';
    if (asRoot) {
      await writeFile(path, Buffer.alloc(32, 7), { mode: 0o600 });
      await chown(path, 65534, 65534);
    }
    await expect(openMasterKey(foreign, { create: true })).rejects.toThrow(/belongs to another user$/);
  });
});

describe('A derived key', () => {
  it('is HKDF-SHA256 of the master key, for its purpose', async () => {
    await writeFile(path, Buffer.alloc(32, 0x0b), { mode: 0o600 });
    const master = await openMasterKey(path, { create: false });
    // Computed with `openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt hexkey:0b…0b
    // -kdfopt info:personal-data/1/wrapping HKDF`; changing it would lose every key that is stored.
    expect(deriveKey(master, 'wrapping').export().toString('hex')).toBe(
      'cc55d8d5f53558dd032b2f64332f59ea9b7be1b07dc3477583cbe6602a56c9b5',
    );
  });

  it('differs from every other purpose and from the master key', async () => {
    const master = await openMasterKey(path, { create: true });
    const keys = ['wrapping', 'fingerprint', 'search', 'console'].map((purpose) =>
      deriveKey(master, purpose),
    );
    const all = [master, ...keys].map((key) => key.export().toString('hex'));
    expect(new Set(all).size).toBe(5);
    expect(deriveKey(master, 'search').equals(keys[2]!)).toBe(true);
  });
});
