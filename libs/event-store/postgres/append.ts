import type { CheckedAppend } from '../append-request.js';
import { InvalidAppend, WrongExpectedRevision } from '../errors.js';
import type { AppendResult } from '../port.js';
import { coalesce, type Asked, type Selection } from './coalesce.js';
import type { Connections } from './connections.js';
import type { Positions } from './positions.js';
import { textArray } from './text-array.js';

/** Of one transaction: enough to spread the cost of a commit, few enough that nobody waits long for it. */
const greatestRound = { appends: 256, bytes: 4 * 1024 * 1024 };

/**
 * Appends through one transaction at a time. What arrives while it runs waits and shares the next one, so
 * that many appends cost one commit; each is accepted or refused on its own.
 */
export const coalescedAppends = (connections: Connections, positions: Positions) =>
  coalesce<CheckedAppend, AppendResult>(oneOfEachStream, async (round) => {
    const outcomes = await write(
      connections,
      round.map(({ question }) => question),
    );
    const refused: { asked: Asked<CheckedAppend, AppendResult>; head: number }[] = [];
    round.forEach((asked, index) => {
      const { head, firstPosition } = outcomes[index]!;
      const { ids } = asked.question;
      if (firstPosition === undefined) refused.push({ asked, head });
      else
        asked.resolve({
          revision: head + ids.length,
          position: positions.print(firstPosition + ids.length - 1),
        });
    });
    if (refused.length === 0) return;
    const recorded = await findRecorded(
      connections,
      refused.flatMap(({ asked }) => asked.question.ids),
    );
    for (const { asked, head } of refused) {
      const { question, resolve, reject } = asked;
      const last = lastOfRepetition(question, recorded);
      if (last) resolve({ revision: last.revision, position: positions.print(last.position) });
      else reject(refusal(question, head, recorded));
    }
  });

/**
 * Two appends to one stream, or with the same event, go into separate transactions: the later one then sees
 * the earlier one like any other, and the statement can treat all appends of a transaction as one set.
 */
const oneOfEachStream: Selection<Asked<CheckedAppend, AppendResult>> = (queue) => {
  const taken: Asked<CheckedAppend, AppendResult>[] = [];
  const left: Asked<CheckedAppend, AppendResult>[] = [];
  const named = new Set<string>();
  let bytes = 0;
  for (const asked of queue) {
    const { stream, ids, size } = asked.question;
    const full = taken.length === greatestRound.appends || bytes + size > greatestRound.bytes;
    if ((full && taken.length > 0) || named.has(stream) || ids.some((id) => named.has(id))) left.push(asked);
    else {
      taken.push(asked);
      bytes += size;
    }
    // Also those left behind: what comes after them must not overtake them.
    named.add(stream);
    for (const id of ids) named.add(id);
  }
  return { taken, left };
};

interface Outcome {
  /** Revision of the stream's last event before this append; -1 if there was no stream. */
  readonly head: number;
  /** Absent if the append was refused. */
  readonly firstPosition: number | undefined;
}

const write = async (connections: Connections, appends: readonly CheckedAppend[]): Promise<Outcome[]> => {
  const appendNumbers: number[] = [];
  const places: number[] = [];
  appends.forEach(({ ids }, index) => {
    for (let place = 0; place < ids.length; place++) {
      appendNumbers.push(index + 1);
      places.push(place);
    }
  });
  const [row] = await connections.run(
    'append',
    'SELECT first_position, heads, refused FROM kim_log.append($1, $2, $3, $4, $5, $6)',
    [
      textArray(appends.map(({ stream }) => stream)),
      literalArray(appends.map(({ expected }) => expectedNumber(expected))),
      literalArray(appendNumbers),
      literalArray(places),
      literalArray(appends.flatMap(({ ids }) => ids)),
      textArray(appends.flatMap(({ documents }) => documents)),
    ],
  );
  const [first, heads, refused] = row as [string, string, string];
  const refusedNumbers = new Set(refused === '' ? [] : refused.split(',').map(Number));
  let next = Number(first);
  return heads.split(',').map((head, index) => {
    if (refusedNumbers.has(index + 1)) return { head: Number(head), firstPosition: undefined };
    const firstPosition = next;
    next += appends[index]!.ids.length;
    return { head: Number(head), firstPosition };
  });
};

const literalArray = (items: readonly (string | number)[]): string => `{${items.join(',')}}`;

const expectedNumber = (expected: CheckedAppend['expected']): number => {
  if (expected === 'any') return -2;
  if (expected === 'none') return -1;
  return Math.min(expected, 2 ** 31 - 1);
};

interface Recorded {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
}

const findRecorded = async (
  connections: Connections,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Recorded>> => {
  const rows = await connections.run(
    'find recorded',
    'SELECT id, stream, revision, position FROM kim_log.events WHERE id = ANY ($1::uuid[])',
    [literalArray(ids)],
  );
  return new Map(
    (rows as [string, string, number, string][]).map(([id, stream, revision, position]) => [
      id,
      { stream, revision, position: Number(position) },
    ]),
  );
};

/** The last event of an append that stands in its stream already, exactly where it would have been written. */
const lastOfRepetition = (
  { stream, expected, ids }: CheckedAppend,
  recorded: ReadonlyMap<string, Recorded>,
): Recorded | undefined => {
  const before = expected === 'any' ? (recorded.get(ids[0]!)?.revision ?? 0) - 1 : expectedNumber(expected);
  const repeats = ids.every((id, place) => {
    const event = recorded.get(id);
    return event?.stream === stream && event.revision === before + 1 + place;
  });
  return repeats ? recorded.get(ids[ids.length - 1]!) : undefined;
};

const refusal = (
  { stream, expected, ids }: CheckedAppend,
  head: number,
  recorded: ReadonlyMap<string, Recorded>,
): Error =>
  ids.some((id) => (recorded.get(id)?.stream ?? stream) !== stream)
    ? new InvalidAppend('An event of this append is recorded in another stream')
    : new WrongExpectedRevision(stream, expected, head === -1 ? 'none' : head);
