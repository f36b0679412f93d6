import type { JsonValue, RecordedEvent } from '../port.js';
import type { StreamPart, StreamQuestion } from './read-stream.js';

/**
 * Reads whole streams, and of long ones that it read lately only what came since: an event never changes, so whatever
 * was read once need not be fetched and parsed again. Nothing has to be invalidated, between instances either,
 * because the stream's end is always asked for. The last known event is asked for with it: if that is another
 * one now, the database was set back, and everything is read anew.
 *
 * What is kept is what is stored, so what is sealed there is sealed here. It is frozen, because it is shared.
 * @param greatestSize characters of stored text to keep; the streams not read for longest are let go first
 * @param leastSize characters from which on a stream is worth it: keeping what is read again as quickly as it is
 *   found costs the collection of garbage more than the reading
 */
export const wholeStreamReads = (
  read: (question: StreamQuestion) => Promise<StreamPart>,
  lastRevision: number,
  greatestSize: number,
  leastSize = 0,
) => {
  const known = new Map<string, StreamPart>();
  let knownSize = 0;

  const forget = (stream: string): void => {
    knownSize -= known.get(stream)?.size ?? 0;
    known.delete(stream);
  };

  const remember = (stream: string, part: StreamPart): void => {
    forget(stream);
    if (part.events.length === 0 || part.size < leastSize || part.size > greatestSize / 10) return;
    part.events.forEach(freeze);
    known.set(stream, part);
    knownSize += part.size;
    for (const longestUnread of known.keys()) {
      if (knownSize <= greatestSize) return;
      forget(longestUnread);
    }
  };

  const readWhole = async (stream: string): Promise<readonly RecordedEvent[]> => {
    const before = known.get(stream);
    const last = before?.events.at(-1);
    const part = await read({ stream, from: last?.revision ?? 0, to: lastRevision });
    if (!before || !last) {
      remember(stream, part);
      return part.events;
    }
    const [repeated, ...added] = part.events;
    if (repeated?.id !== last.id || repeated.position !== last.position) {
      forget(stream);
      return readWhole(stream);
    }
    const addedSize = Math.round((part.size * added.length) / part.events.length);
    const whole =
      added.length === 0 ? before : { events: [...before.events, ...added], size: before.size + addedSize };
    remember(stream, whole);
    return whole.events;
  };
  return readWhole;
};

const freeze = (value: JsonValue | RecordedEvent): void => {
  if (typeof value !== 'object' || value === null) return;
  if (Object.isFrozen(value)) return;
  Object.values(value).forEach(freeze);
  Object.freeze(value);
};
