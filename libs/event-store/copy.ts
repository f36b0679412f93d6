import canonicalize from 'canonicalize';
import { InvalidPosition, WrongExpectedRevision } from './errors.js';
import type { EventStore, Position, RecordedEvent } from './port.js';

/** The copy cannot be made, or the logs are not the same. The message is one sentence that says what to do. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
}

export interface CopyProgress {
  readonly stage: 'comparing' | 'copying' | 'verifying';
  /** Events of the source that this stage is done with. */
  readonly events: number;
  /** Of the last of them, in the source. */
  readonly position: Position;
}

export interface CopyReport {
  /** Events that both logs hold now, compared one by one. */
  readonly events: number;
  /** Of these, how many were there already. */
  readonly found: number;
}

/**
 * Copies a whole log into another store, in the log's order: the same streams, revisions, ids, types and JSON.
 * What an earlier, interrupted copy has left in the target is compared and gone on from. In the end both logs are
 * read from the beginning and compared event by event.
 * @throws CopyRefused, StoreUnavailable (start it again, it goes on)
 */
export const copyLog = async (
  from: EventStore,
  to: EventStore,
  onProgress: (progress: CopyProgress) => void = () => undefined,
): Promise<CopyReport> => {
  await refuseSameLog(from, to);
  const source = eventsOf(from);
  const found = await passOver(source, to, (events, position) =>
    onProgress({ stage: 'comparing', events, position }),
  );
  let copied = found;
  for await (const append of appendsOf(source)) {
    const [first, last] = [append[0]!, append.at(-1)!];
    await to
      .append({
        stream: first.stream,
        expected: first.revision === 0 ? 'none' : first.revision - 1,
        events: append.map(({ id, type, data, metadata }) => ({ id, type, data, metadata })),
      })
      .catch((error: unknown) => {
        if (!(error instanceof WrongExpectedRevision)) throw error;
        throw new CopyRefused(
          'Somebody else writes to the target; stop what does, and copy into an empty store.',
        );
      });
    copied += append.length;
    onProgress({ stage: 'copying', events: copied, position: last.position });
  }
  const again = eventsOf(from);
  const verified = await passOver(again, to, (events, position) =>
    onProgress({ stage: 'verifying', events, position }),
  );
  if (verified < copied)
    throw new CopyRefused(
      'The target lost events while it was copied to; look at its log before anything else.',
    );
  if (!(await again.next()).done)
    throw new CopyRefused(
      'The source grew while it was copied; stop the application that writes to it, and start the copy again.',
    );
  return { events: verified, found };
};

const refuseSameLog = async (from: EventStore, to: EventStore): Promise<void> => {
  const head = await from.head();
  if (head === undefined) throw new CopyRefused('The source holds no events; name the store to copy from.');
  try {
    to.parsePosition(head);
  } catch (error) {
    if (error instanceof InvalidPosition) return;
    throw error;
  }
  throw new CopyRefused('Source and target are the same log; name two stores.');
};

const pageSize = 500;

/** All events of a log in its order, as far as it reaches when its end is come to. */
async function* eventsOf(store: EventStore): AsyncGenerator<RecordedEvent, void, undefined> {
  let after: Position | undefined;
  for (;;) {
    const { events, checkpoint, atHead } = await store.readLog({ after, limit: pageSize });
    yield* events;
    if (atHead) return;
    after = checkpoint;
  }
}

/** Goes over the source for as long as the target has the same, and gives how many events that were. */
const passOver = async (
  source: AsyncGenerator<RecordedEvent, void, undefined>,
  target: EventStore,
  told: (events: number, position: Position) => void,
): Promise<number> => {
  let count = 0;
  for await (const copy of eventsOf(target)) {
    const { value: original } = await source.next();
    if (!original)
      throw new CopyRefused(
        `The target holds more than the ${count} events of the source; it is in use already, so name an empty store.`,
      );
    const difference = differenceOf(original, copy);
    if (difference !== undefined)
      throw new CopyRefused(
        `Event ${count + 1} of the target (${copy.stream}, revision ${copy.revision}) differs from the source's in its ${difference}; name an empty store, or one that holds an unfinished copy of this source.`,
      );
    count += 1;
    if (count % pageSize === 0) told(count, original.position);
  }
  return count;
};

const differenceOf = (original: RecordedEvent, copy: RecordedEvent): string | undefined => {
  for (const what of ['stream', 'revision', 'id', 'type'] as const)
    if (original[what] !== copy[what]) return what;
  for (const what of ['data', 'metadata'] as const)
    // The form that is hashed (RFC 8785): spacing and the order of keys are each store's own.
    if (canonicalize(original[what]) !== canonicalize(copy[what])) return what;
  return undefined;
};

/** Events of one append: enough to make appends worth it, few enough for every store's limit. */
const largestAppend = { events: 100, bytes: 512 * 1024 };

/** Neighbours in the log that belong to one stream, so that the order stays and appends are not one by one. */
async function* appendsOf(
  source: AsyncGenerator<RecordedEvent, void, undefined>,
): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
  let append: RecordedEvent[] = [];
  let bytes = 0;
  for await (const event of source) {
    const size = Buffer.byteLength(JSON.stringify({ data: event.data, metadata: event.metadata }));
    const isFull = append.length === largestAppend.events || bytes + size > largestAppend.bytes;
    if (append.length > 0 && (isFull || append[0]!.stream !== event.stream)) {
      yield append;
      append = [];
      bytes = 0;
    }
    append.push(event);
    bytes += size;
  }
  if (append.length > 0) yield append;
}
