import { KeyRunning } from './errors.js';

/**
 * Commands that are being carried out by this process: the fast path for "still running". What happened is
 * told by the record alone, so nothing has to be remembered, and the key of a process that died is free.
 */
export interface RunningCommands {
  /** @throws KeyRunning while the first request under the same command id is still running */
  once<T>(commandId: string, work: () => Promise<T>): Promise<T>;
}

export const createRunningCommands = (): RunningCommands => {
  const running = new Set<string>();
  return {
    once: async (commandId, work) => {
      if (running.has(commandId)) throw new KeyRunning();
      running.add(commandId);
      try {
        return await work();
      } finally {
        running.delete(commandId);
      }
    },
  };
};
