import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inOrderOfRelease } from '../quarter.js';

/** A release as the ledger lists it. */
export interface ListedRelease {
  readonly id: string;
  /** SHA-256 of its tables, in hexadecimal digits. */
  readonly hash: string;
}

/**
 * What outlives a restored backup: which releases have been frozen. Lies outside the data directory, one file for
 * each release, written once.
 */
export interface ReleaseLedger {
  readonly folder: string;
  /** @throws LedgerUnusable if nothing can be written into it, as nothing could once a release is frozen */
  tryWriting(): Promise<void>;
  list(): Promise<readonly ListedRelease[]>;
  /** Nothing happens if it is listed. */
  add(release: ListedRelease): Promise<void>;
}

/** The folder of the ledger cannot be made or written into; the message says what to do. */
export class LedgerUnusable extends Error {
  override readonly name = 'LedgerUnusable';
}

interface LedgerSettings {
  readonly ledger: { readonly folder: string; readonly named: boolean };
  readonly dataDirectory: string;
  readonly demo?: object;
}

/**
 * Opens the ledger, and makes its folder. In demo mode one that was not named may lie inside the data directory
 * where nothing can be made beside it; `say` is told.
 * @throws LedgerUnusable
 */
export const openReleaseLedger = async (
  { ledger, dataDirectory, demo }: LedgerSettings,
  say: (sentence: string) => void,
): Promise<ReleaseLedger> => {
  const folder = (await made(ledger.folder))
    ? ledger.folder
    : await insteadOf(ledger, dataDirectory, demo !== undefined, say);
  return {
    folder,
    tryWriting: async () => {
      const draft = join(folder, `.tried.${randomBytes(8).toString('hex')}`);
      try {
        await writeDurably(draft, '');
        await rm(draft);
      } catch {
        throw new LedgerUnusable(`The ledger cannot be written into: see to the folder ${folder}.`);
      }
    },
    list: async () => {
      const names = (await readdir(folder)).filter((name) => fileName.test(name));
      const listed = await Promise.all(
        names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as ListedRelease),
      );
      return listed.toSorted(inOrderOfRelease);
    },
    add: async ({ id, hash }) => {
      const draft = join(folder, `.${id}.${randomBytes(8).toString('hex')}`);
      try {
        await writeDurably(draft, `${JSON.stringify({ id, hash })}\n`);
        // A link appears complete or not at all: half a line would be in the way of every later release.
        await link(draft, join(folder, `release-${id}.json`)).catch((error: unknown) => {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        });
      } finally {
        await rm(draft, { force: true });
      }
    },
  };
};

const writeDurably = async (path: string, text: string): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
};

const fileName = /^release-\d{4}-Q[1-4](\.\d+)?\.json$/;

const made = async (folder: string): Promise<boolean> => {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return true;
  } catch {
    return false;
  }
};

const insteadOf = async (
  ledger: LedgerSettings['ledger'],
  dataDirectory: string,
  demo: boolean,
  say: (sentence: string) => void,
): Promise<string> => {
  const inside = join(dataDirectory, 'ledger');
  if (ledger.named || !demo || !(await made(inside)))
    throw new LedgerUnusable(
      'The folder of the ledger cannot be made: name one outside the data directory with KIM_LEDGER.',
    );
  say('The ledger lies inside the data directory, where a restored backup replaces it: name KIM_LEDGER.');
  return inside;
};
