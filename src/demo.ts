import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventStore } from '#event-store';
import { unusableDataDirectory } from './config/index.js';
import type { Simulation } from './simulation/index.js';

/**
 * What a first start in demo mode is to write: nothing where there is something already, the rest of it where
 * an earlier start was broken off.
 */
export const demoSimulation = async (
  dataDirectory: string,
  store: EventStore,
  wanted: Simulation,
): Promise<Simulation | undefined> => {
  const begun = await readNote(dataDirectory);
  if (begun) return begun.finished ? undefined : begun.simulation;
  if (wanted.journeys === 0 || (await store.head()) !== undefined) return undefined;
  await writeNote(dataDirectory, { simulation: wanted, finished: false });
  return wanted;
};

export const demoWritten = (dataDirectory: string, simulation: Simulation): Promise<void> =>
  writeNote(dataDirectory, { simulation, finished: true });

interface Note {
  readonly simulation: Simulation;
  readonly finished: boolean;
}

const noteIn = (dataDirectory: string): string => join(dataDirectory, 'demo.json');

const readNote = async (dataDirectory: string): Promise<Note | undefined> => {
  const path = noteIn(dataDirectory);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unusableDataDirectory(dataDirectory, error) ?? error;
  });
  if (text === undefined) return undefined;
  const note = parsed(text);
  if (isNote(note)) return note;
  throw new Error(
    `${path} is broken, which says what the demonstration is: remove it to go on with what was written so far.`,
  );
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const isNote = (note: unknown): note is Note => {
  const { simulation, finished } = (note ?? {}) as { simulation?: Partial<Simulation>; finished?: unknown };
  return (
    typeof finished === 'boolean' &&
    typeof simulation?.journeys === 'number' &&
    typeof simulation.seed === 'number' &&
    typeof simulation.until === 'string'
  );
};

const writeNote = async (dataDirectory: string, note: Note): Promise<void> => {
  const path = noteIn(dataDirectory);
  // Another start in the same folder may be writing it, too.
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  try {
    const file = await open(draft, 'wx');
    try {
      await file.writeFile(`${JSON.stringify(note)}\n`);
      // Before it has its name: after a power cut an empty file would stand there otherwise.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw unusableDataDirectory(dataDirectory, error) ?? error;
  }
};
