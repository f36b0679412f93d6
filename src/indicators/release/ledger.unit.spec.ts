import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { LedgerUnusable, openReleaseLedger } from './ledger.js';

describe('The ledger of releases', () => {
  it('is tried before a release is made, since what is frozen has to be listed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kim-ledger-'));
    const ledger = await openReleaseLedger(
      { ledger: { folder, named: true }, dataDirectory: folder },
      () => undefined,
    );
    await ledger.tryWriting();
    expect(readdirSync(folder)).toEqual([]);
    expect(await ledger.list()).toEqual([]);
    // As a folder that can only be read: nothing can be written any more.
    rmSync(folder, { recursive: true });
    await expect(ledger.tryWriting()).rejects.toThrow(LedgerUnusable);
  });
});
