import { jsonEvent, MaxAppendSizeExceededError, WrongExpectedVersionError } from '@eventstore/db-client';
import { checkAppend } from '../append-request.js';
import { EventTooLarge, InvalidAppend, WrongExpectedRevision } from '../errors.js';
import type { AppendRequest, AppendResult, ExpectedRevision } from '../port.js';
import { answerWithin, ask } from './asking.js';
import type { Log } from './log.js';
import { markerStream } from './log-marker.js';
import { readStream } from './reading.js';

/**
 * Milliseconds before an append is sent a second time; each further wait is twice as long. The server silently
 * drops an append that repeats one it has not finished yet, and answers it when it comes again.
 */
const firstWait = 1_000;

/**
 * Appends to one stream. With an exact revision or `none` the append is sent again while the store is
 * unavailable, because the server recognises it; with `any` the server recognises only what it still has in
 * memory, and the append is sent once.
 */
export const append = async (log: Log, request: AppendRequest): Promise<AppendResult> => {
  const { stream, expected, ids, size } = checkAppend(request, log.maxAppendSize);
  if (stream === markerStream)
    throw new InvalidAppend(`The stream ${markerStream} belongs to the event store`);
  if (typeof expected === 'number') await refuseRepetition(log, stream, expected, ids);

  const { connection } = log;
  const events = request.events.map(({ id, type, data, metadata }) =>
    jsonEvent({ id, type, data, metadata }),
  );
  const result = await ask(connection, log.patience, expected !== 'any', (longest, attempt) => {
    const wait = expected === 'any' ? longest : Math.min(longest, firstWait * 2 ** attempt);
    const answer = connection.client().appendToStream(stream, events, {
      ...connection.options,
      expectedRevision: expectedRevision(expected),
      deadline: wait,
    });
    return answerWithin(connection, wait, answer);
  }).catch((error: unknown) => {
    if (error instanceof WrongExpectedVersionError)
      throw new WrongExpectedRevision(
        stream,
        expected,
        typeof error.actualVersion === 'bigint' ? Number(error.actualVersion) : 'none',
      );
    if (error instanceof MaxAppendSizeExceededError) throw new EventTooLarge(size, log.maxAppendSize);
    throw error;
  });

  const revision = Number(result.nextExpectedRevision);
  // A connection string may ask the client to report a refusal in this way instead of throwing.
  if (!result.success) throw new WrongExpectedRevision(stream, expected, revision === -1 ? 'none' : revision);
  log.recentIds.learn(stream, revision - ids.length + 1, ids);
  if (result.position) return { revision, position: log.positions.print(result.position) };
  const [last] = await readStream(log, stream, revision, revision);
  if (!last) throw new Error('EventStoreDB acknowledged an append that it does not hold');
  return { revision, position: last.position };
};

const expectedRevision = (expected: ExpectedRevision) => {
  if (expected === 'any') return 'any';
  return expected === 'none' ? 'no_stream' : BigInt(expected);
};

/**
 * At the stream's head the server looks at no ids: an append that repeats events from before the expected
 * revision would be written a second time. What the stream holds up to there is mostly known, since a
 * command reads its stream before it appends; only what is missing is read.
 */
const refuseRepetition = async (
  log: Log,
  stream: string,
  expected: number,
  ids: readonly string[],
): Promise<void> => {
  const known = log.recentIds.of(stream);
  const before =
    known.length > expected
      ? known.slice(0, expected + 1)
      : [...known, ...(await readStream(log, stream, known.length, expected)).map(({ id }) => id)];
  if (before.some((id) => ids.includes(id)))
    throw new WrongExpectedRevision(stream, expected, await headOf(log, stream, before.length - 1));
};

/** Revision of a stream's last event, which is at least this one. */
const headOf = async (log: Log, stream: string, atLeast: number): Promise<number> => {
  const rest = await readStream(log, stream, atLeast);
  return rest.at(-1)?.revision ?? atLeast;
};
