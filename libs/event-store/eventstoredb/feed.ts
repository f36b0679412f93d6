import { START, streamNameFilter, type AllStreamResolvedEvent } from '@eventstore/db-client';
import { StoreUnavailable } from '../errors.js';
import type { RecordedEvent } from '../port.js';
import type { LogPosition } from './connection.js';
import { portError, Unanswered } from './failures.js';
import type { Log } from './log.js';
import { comparePlaces, greatestOffset } from './positions.js';
import { lastPlace } from './log-ends.js';
import { isOurs } from './log-marker.js';
import { placeOf, recordedEvent } from './recorded-event.js';
import { watchForSilence } from './silence.js';

/** What a feed has to hand out. */
export interface Step {
  readonly events: readonly RecordedEvent[];
  /** Everything up to here was handed out or filtered away; absent if that is not further than before. */
  readonly reached: LogPosition | undefined;
  /** Everything that was in the log when the feed was opened has been handed out or filtered away. */
  readonly caughtUp: boolean;
}

/** One catch-up subscription of the client, to be asked for its events instead of throwing them at somebody. */
export interface Feed {
  /**
   * Waits until there is something new: events, a place that was reached, or having caught up.
   * @param most greatest number of events
   * @throws what ended the subscription, once all that came before was handed out; InvalidPosition
   */
  next(most: number): Promise<Step>;
  close(): void;
}

export interface FeedOptions {
  readonly after: LogPosition | undefined;
  /** Filtered by the server. All streams if empty: then each event tells how far the log was considered. */
  readonly prefixes: readonly string[];
  /** Keeps only these streams of a feed that the server does not filter. */
  readonly keep?: (stream: string) => boolean;
  /** Events held for a slow consumer before the server is kept waiting. */
  readonly capacity: number;
  /** Milliseconds without any sign while catching up, after which the feed fails. */
  readonly silence: number;
}

/** Events considered by the server between two signs of progress while a filter lets nothing through. */
const searchWindow = 1_000;

/** Milliseconds. */
const breath = 10;

export const openFeed = (log: Log, options: FeedOptions): Feed => {
  const { after, prefixes, capacity, silence, keep = () => true } = options;
  const { connection, positions } = log;
  const { where } = connection;
  const retired = connection.retired();

  const waiting: { readonly event: RecordedEvent; readonly place: LogPosition }[] = [];
  /** The last event that arrived, and the last checkpoint, which may be ahead of events that arrive later. */
  let received = after;
  let checkpoint: LogPosition | undefined;
  let reached = after;
  let caughtUp = false;
  let caughtUpTold = false;
  let failure: Error | undefined;
  let lastSign = performance.now();
  let wake = (): void => undefined;

  const sign = (): void => {
    lastSign = performance.now();
    connection.answered();
    wake();
  };

  const progress = {
    maxSearchWindow: searchWindow,
    checkpointInterval: 1,
    checkpointReached: (_: unknown, place: LogPosition) => {
      // Before anything was considered the server names the place 0, or -1, which arrives as an unsigned number.
      if (place.commit > 0n && place.commit <= greatestOffset) checkpoint = place;
      sign();
      return Promise.resolve();
    },
  };
  const subscription = connection.client().subscribeToAll({
    ...connection.options,
    fromPosition: after ?? START,
    filter:
      prefixes.length > 0
        ? streamNameFilter({ prefixes: [...prefixes], ...progress })
        : streamNameFilter({ regex: '^[^$]', ...progress }),
  });
  subscription.on('data', (resolved: AllStreamResolvedEvent) => {
    if (!resolved.event || !isOurs(resolved.event.streamId)) return;
    const place = placeOf(resolved);
    received = place;
    if (keep(resolved.event.streamId))
      waiting.push({ event: recordedEvent(resolved.event, place, positions), place });
    if (waiting.length >= capacity) subscription.pause();
    sign();
  });
  subscription.on('caughtUp', () => {
    caughtUp = true;
    sign();
  });
  subscription.on('error', (error) => end(portError(error, where)));
  subscription.on('end', () => end(new StoreUnavailable(`EventStoreDB at ${where} ended a subscription`)));
  const replaced = (): void =>
    end(new StoreUnavailable(`The connection to EventStoreDB at ${where} was given up`));
  retired.addEventListener('abort', replaced, { once: true });

  const stopWatching = watchForSilence(
    {
      lastSign: () => lastSign,
      held: () => subscription.isPaused(),
      isBehind: async () => {
        // While there is something to catch up with, the server always tells how far it is.
        if (!caughtUp) throw new Unanswered(where);
        const head = await lastPlace(log);
        return (
          head !== undefined &&
          (farther(received, checkpoint) === undefined ||
            comparePlaces(head, farther(received, checkpoint)!) > 0)
        );
      },
      alarm: (error) =>
        end(
          error instanceof Error
            ? error
            : new StoreUnavailable(`A subscription to EventStoreDB at ${where} had fallen silent`),
        ),
    },
    silence,
  );

  const until = (holds: () => boolean, longest: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, longest);
      wake = () => {
        if (!holds()) return;
        clearTimeout(timer);
        resolve();
      };
      wake();
    });

  const end = (error: Error): void => {
    failure ??= error;
    wake();
  };

  /** Whether all that came from the server was handed out: the client holds back a few events of its own. */
  const isDrained = (): boolean => waiting.length === 0 && subscription.readableLength === 0;

  const isFarther = (place: LogPosition | undefined): place is LogPosition =>
    place !== undefined && (reached === undefined || comparePlaces(place, reached) > 0);

  const step = (most: number): Step | undefined => {
    const taken = waiting.splice(0, most);
    if (subscription.isPaused() && waiting.length <= capacity / 2) {
      lastSign = performance.now();
      subscription.resume();
    }
    const place = isDrained() ? farther(received, checkpoint) : taken.at(-1)?.place;
    const isNews = isFarther(place);
    const hasCaughtUp = caughtUp && isDrained();
    if (!isNews && (!hasCaughtUp || caughtUpTold)) return undefined;
    if (isNews) reached = place;
    caughtUpTold = hasCaughtUp;
    return {
      events: taken.map(({ event }) => event),
      reached: isNews ? place : undefined,
      caughtUp: hasCaughtUp,
    };
  };

  return {
    next: async (most) => {
      for (;;) {
        // While catching up more is on its way, and a full batch is worth waiting a moment for.
        if (!caughtUp && isFarther(farther(received, checkpoint)))
          await until(() => waiting.length >= most || caughtUp || failure !== undefined, breath);
        const next = step(most);
        if (next) return next;
        if (failure) throw failure;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    close: () => {
      stopWatching();
      retired.removeEventListener('abort', replaced);
      subscription.removeAllListeners();
      subscription.on('error', () => undefined);
      subscription.unsubscribe().catch(() => undefined);
      end(new StoreUnavailable('This subscription was closed'));
    },
  };
};

/** No prefix at all and the empty one leave nothing out. */
export const takesEverything = (prefixes: readonly string[]): boolean =>
  prefixes.length === 0 || prefixes.includes('');

const farther = (a: LogPosition | undefined, b: LogPosition | undefined): LogPosition | undefined =>
  a && b ? (comparePlaces(a, b) < 0 ? b : a) : (a ?? b);
