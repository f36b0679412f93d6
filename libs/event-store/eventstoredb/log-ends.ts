import { BACKWARDS, END, type AllStreamResolvedEvent, type START } from '@eventstore/db-client';
import { InvalidPosition } from '../errors.js';
import { ask, takeAll } from './asking.js';
import type { Connection, LogPosition } from './connection.js';
import type { Log } from './log.js';
import { isOurs } from './log-marker.js';
import { placeOf } from './recorded-event.js';

/** Where the log's last event lies, the server's own events and the log's marker left out. */
export const lastPlace = async (log: Log): Promise<LogPosition | undefined> => {
  let before: LogPosition | typeof END = END;
  for (let count = 1; ; count = Math.min(count * 16, 1_000)) {
    const page: readonly AllStreamResolvedEvent[] = await readAll(log, {
      fromPosition: before,
      maxCount: count,
      direction: BACKWARDS,
    });
    const found = page.find(({ event }) => event && isOurs(event.streamId));
    if (found) return placeOf(found);
    const earliest = page.at(-1);
    if (!earliest || page.length < count) return undefined;
    before = placeOf(earliest);
  }
};

/** @throws InvalidPosition if the log was set back to before this position, by a restored backup for example */
export const requireReached = async (log: Log, after: LogPosition | undefined): Promise<void> => {
  if (!after) return;
  // Forwards a read begins with the event at its position, which may also be one of the server's.
  const [found] = await readAll(log, { fromPosition: after, maxCount: 1 });
  if (!found) throw beyondTheLog();
};

export const beyondTheLog = (): InvalidPosition =>
  new InvalidPosition('This log does not reach as far as this position');

/** A page of the log, the server's own events included, beginning with the event at its position. */
export const readAll = (log: Log, page: Page): Promise<readonly AllStreamResolvedEvent[]> =>
  readPage(log.connection, log.patience, page);

export interface Page {
  readonly fromPosition: LogPosition | typeof START | typeof END;
  readonly maxCount: number;
  readonly direction?: typeof BACKWARDS;
}

/** As `readAll`, before the log is opened. */
export const readPage = (
  connection: Connection,
  patience: number,
  page: Page,
): Promise<readonly AllStreamResolvedEvent[]> =>
  ask(connection, patience, true, async (wait) => {
    const taken: AllStreamResolvedEvent[] = [];
    await takeAll(
      connection,
      wait,
      connection.client().readAll({ ...connection.options, ...page }),
      (resolved) => taken.push(resolved),
    );
    return taken;
  });
