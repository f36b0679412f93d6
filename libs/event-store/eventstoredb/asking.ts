import { setTimeout as pause } from 'node:timers/promises';
import { DeadlineExceededError, type StreamingRead } from '@eventstore/db-client';
import { StoreUnavailable } from '../errors.js';
import type { Connection } from './connection.js';
import { lastingRefusal, portError, Unanswered } from './failures.js';

/** The first wait before a call is repeated and the longest one, in milliseconds. */
const waits = { first: 50, longest: 500 };

/**
 * Makes a call and, where that is safe, makes it again while the store is unavailable: a leader that changes
 * or a server that restarts costs its callers time, not an error.
 * @param patience milliseconds for all attempts together; each may have half of it without an answer
 * @param call is given the milliseconds it may wait for an answer, and how often it was made before
 */
export const ask = async <Answer>(
  connection: Connection,
  patience: number,
  repeatable: boolean,
  call: (wait: number, attempt: number) => Promise<Answer>,
): Promise<Answer> => {
  const begun = performance.now();
  for (let attempt = 0; ; attempt++) {
    connection.client();
    const asked = performance.now();
    const left = patience - (asked - begun);
    try {
      const answer = await call(repeatable ? Math.min(left, patience / 2) : left, attempt);
      connection.answered();
      return answer;
    } catch (error) {
      const failure = portError(error, connection.where);
      if (!(failure instanceof StoreUnavailable)) {
        connection.answered();
        throw failure;
      }
      connection.failed(asked);
      if (!repeatable || lastingRefusal(failure, '')) throw failure;
      const wait = jittered(waits.first, waits.longest, attempt);
      // Whoever asks when the store has been away for long already is told so at once.
      const since = Math.min(begun, connection.failingSince() ?? begun);
      if (performance.now() + wait - since >= patience) throw failure;
      await pause(wait);
    }
  }
};

/** Milliseconds to wait after the nth failure: doubled each time, up to the longest, and never all at once. */
export const jittered = (first: number, longest: number, failures: number): number =>
  Math.min(longest, first * 2 ** Math.min(failures, 16)) * (0.5 + Math.random() / 2);

/** The client knows a deadline only once it has a connection; this one holds in any case. */
export const answerWithin = <Answer>(
  connection: Connection,
  wait: number,
  answer: Promise<Answer>,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const tooLate = (): void => reject(new Unanswered(connection.where));
    // What arrived while this process was busy is read before that turn, not before the timer.
    const timer = setTimeout(() => setImmediate(tooLate), wait);
    answer
      .finally(() => clearTimeout(timer))
      .then(resolve, (error: unknown) =>
        error instanceof DeadlineExceededError ? tooLate() : reject(portError(error, connection.where)),
      );
  });

/**
 * Takes all items of a read. The client sets no deadline for reads; here none may pause longer than `wait`. A read
 * that is cancelled because its client is given up ends, for the client, like one that has brought everything.
 */
export const takeAll = <Item>(
  connection: Connection,
  wait: number,
  source: StreamingRead<Item>,
  take: (item: Item) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    let last = performance.now();
    let timer = setTimeout(look, wait);
    const retired = connection.retired();
    const givenUp = (): void =>
      settle(() =>
        reject(new StoreUnavailable(`The connection to EventStoreDB at ${connection.where} was given up`)),
      );
    retired.addEventListener('abort', givenUp, { once: true });
    const settle = (outcome: () => void): void => {
      clearTimeout(timer);
      retired.removeEventListener('abort', givenUp);
      source.removeAllListeners('data');
      // What the cancelled call still reports has no reader any more.
      source.on('error', () => undefined);
      outcome();
    };
    function look(): void {
      // What arrived while this process was busy is read before this turn, not before the timer.
      setImmediate(() => {
        const silent = performance.now() - last;
        if (silent < wait) timer = setTimeout(look, wait - silent);
        else {
          source.cancel().catch(() => undefined);
          settle(() => reject(new Unanswered(connection.where)));
        }
      });
    }
    source.on('data', (item: Item) => {
      last = performance.now();
      try {
        take(item);
      } catch (error) {
        source.cancel().catch(() => undefined);
        settle(() => reject(portError(error, connection.where)));
      }
    });
    source.on('error', (error) => settle(() => reject(error)));
    source.on('end', () => settle(resolve));
  });
