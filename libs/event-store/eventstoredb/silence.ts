import { setTimeout as pause } from 'node:timers/promises';

/** A subscription as its watchdog sees it. Times as of `performance.now()`. */
export interface Watched {
  /** When something last came from the server. */
  lastSign(): number;
  /** Whether it is the consumer who keeps the server waiting. */
  held(): boolean;
  /** Whether the log has events that this subscription should have delivered. May ask the server. */
  isBehind(): Promise<boolean>;
  /** Called once, then watching is over; with what `isBehind` threw, if it did. */
  alarm(error?: unknown): void;
}

/** Milliseconds that an event may be on its way after it is in the log. */
const grace = 1_000;

/**
 * Watches for silence. An idle server sends nothing, and a dead subscription neither; what tells them apart
 * is an event in the log that did not arrive.
 * @param silence milliseconds without a sign before the log is looked at
 * @returns ends the watch
 */
export const watchForSilence = (watched: Watched, silence: number): (() => void) => {
  let over = false;
  let timer = setTimeout(look, silence);

  function look(): void {
    // What arrived while this process was busy is read before this turn, not before the timer.
    setImmediate(() => {
      if (over) return;
      const left = silence - (performance.now() - watched.lastSign());
      if (watched.held() || left > 0) timer = setTimeout(look, watched.held() ? silence : left);
      else void inspect();
    });
  }

  const inspect = async (): Promise<void> => {
    try {
      const silentSince = watched.lastSign();
      if (await watched.isBehind()) {
        await pause(Math.min(grace, silence));
        if (!over && watched.lastSign() === silentSince) {
          over = true;
          watched.alarm();
        }
      }
    } catch (error) {
      if (!over) watched.alarm(error);
      over = true;
    }
    if (!over) timer = setTimeout(look, silence);
  };

  return () => {
    over = true;
    clearTimeout(timer);
  };
};
