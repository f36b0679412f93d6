import type { Recorder } from './recorder.js';
import type { RunningCommands } from './running-commands.js';
import { uuidV5 } from './uuid-v5.js';

export * from './codec.js';
export * from './errors.js';
export * from './field-table.js';
export * from './recorded.js';
export * from './recorder.js';
export * from './running-commands.js';
export { uuidV5 } from './uuid-v5.js';

/** The record as the write modules use it. */
export interface Record {
  readonly recorder: Recorder;
  readonly running: RunningCommands;
  /** The present moment by the application's clock. */
  readonly moment: () => { readonly now: string; readonly today: string };
}

export const RECORD = Symbol('RECORD');

/** The id of what a command makes derives from the command: a retry makes the same thing. */
export const newId = (commandId: string): string => uuidV5('id', commandId);
