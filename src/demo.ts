import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventStore } from '#event-store';
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
  try {
    return JSON.parse(await readFile(noteIn(dataDirectory), 'utf8')) as Note;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

const writeNote = async (dataDirectory: string, note: Note): Promise<void> => {
  const path = noteIn(dataDirectory);
  // Another start in the same folder may be writing it, too.
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  try {
    await writeFile(draft, `${JSON.stringify(note)}\n`);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
};
