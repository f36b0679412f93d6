import pg from 'pg';
import { endClient } from './connections.js';
import { delay, retryDelay } from './delay.js';

/** Tells when the log may have grown. */
export interface Announcements {
  /**
   * Resolves when the log may have an event after this position number, at the latest when the signal ends;
   * at once if that was announced before.
   */
  grownBeyond(position: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/**
 * One connection that listens for all subscriptions of a store, opened with the first of them. A notice that
 * got lost with a connection is made up for by asking for the head, after every reconnection and every
 * `safetyCheck` milliseconds.
 */
export const listenForAppends = (options: pg.ClientConfig, safetyCheck: number): Announcements => {
  const closing = new AbortController();
  const waiting = new Set<{ readonly position: number; readonly wake: () => void }>();
  let announcedHead = -1;
  let listening: Promise<void> | undefined;

  const announce = (nextPosition: string): void => {
    announcedHead = Math.max(announcedHead, Number(nextPosition) - 1);
    for (const { position, wake } of waiting) if (position < announcedHead) wake();
  };

  const listen = async (): Promise<void> => {
    for (let failures = 0; !closing.signal.aborted; failures++) {
      const client = new pg.Client(options);
      const broken = new AbortController();
      client.on('error', () => broken.abort());
      client.on('end', () => broken.abort());
      client.on('notification', ({ payload }) => announce(payload ?? ''));
      try {
        await client.connect();
        await client.query('LISTEN kim_log');
        failures = 0;
        // The database may have been set back: what was announced before counts no more.
        announcedHead = -1;
        const ended = AbortSignal.any([broken.signal, closing.signal]);
        while (!ended.aborted) {
          const { rows } = await client.query<{ next_position: string }>(
            'SELECT next_position FROM kim_log.log_head',
          );
          announce(rows[0]?.next_position ?? '');
          await delay(safetyCheck, ended);
        }
      } catch {
        // Whatever it was, it ends this connection; the next one makes up for what was missed.
      }
      await endClient(client);
      await delay(retryDelay(failures), closing.signal);
    }
  };

  return {
    grownBeyond: async (position, signal) => {
      listening ??= listen();
      if (position < announcedHead || signal.aborted) return;
      await new Promise<void>((resolve) => {
        const waiter = {
          position,
          wake: () => {
            waiting.delete(waiter);
            signal.removeEventListener('abort', waiter.wake);
            resolve();
          },
        };
        waiting.add(waiter);
        signal.addEventListener('abort', waiter.wake);
      });
    },
    close: async () => {
      closing.abort();
      await listening;
    },
  };
};
