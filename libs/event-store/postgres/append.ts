import type { CheckedAppend } from '../append-request.js';
import { InvalidAppend, WrongExpectedRevision } from '../errors.js';
import type { AppendResult } from '../port.js';
import { coalesce, type Asked } from './coalesce.js';
import type { Connections } from './connections.js';
import type { Positions } from './positions.js';
import { textArray } from './text-array.js';

type AskedAppend = Asked<CheckedAppend, AppendResult>;

/** Of one transaction: enough to spread the cost of a commit, few enough that nobody waits long for it. */
const greatestRound = { appends: 256, bytes: 4 * 1024 * 1024 };

/**
 * Appends through one transaction at a time. What arrives while it runs waits and shares the next one, so
 * that many appends cost one commit; each is accepted or refused on its own.
 */
export const coalescedAppends = (connections: Connections, positions: Positions) =>
  coalesce<CheckedAppend, AppendResult, Written>({
    select: oneOfEachStream,
    send: (appends) => write(connections, appends),
    settle: (round, written) => {
      let next = written.firstPosition;
      round.forEach(({ question, resolve, reject }, index) => {
        const { ids } = question;
        const head = written.heads[index]!;
        if (!written.refused.has(index + 1)) {
          next += ids.length;
          resolve({ revision: head + ids.length, position: positions.print(next - 1) });
          return;
        }
        const last = lastOfRepetition(question, written.recorded);
        if (last) resolve({ revision: last.revision, position: positions.print(last.position) });
        else reject(refusal(question, head, written.recorded));
      });
    },
    concurrency: 1,
  });

/**
 * Two appends to one stream, or with the same event, go into separate transactions: the later one then sees
 * the earlier one like any other, and the statement can treat all appends of a transaction as one set.
 */
const oneOfEachStream = (waiting: readonly AskedAppend[]) => {
  const taken: AskedAppend[] = [];
  const left: AskedAppend[] = [];
  const named = new Set<string>();
  let bytes = 0;
  for (const asked of waiting) {
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

interface Written {
  readonly firstPosition: number;
  /** For each append, the revision of its stream's last event before it; -1 if there was no stream. */
  readonly heads: readonly number[];
  /** Numbers, from 1, of the appends that were not written. */
  readonly refused: ReadonlySet<number>;
  /** The events of refused appends that were recorded before, by their ids. */
  readonly recorded: ReadonlyMap<string, Recorded>;
}

interface Recorded {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
}

const write = async (connections: Connections, appends: readonly CheckedAppend[]): Promise<Written> => {
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
    'SELECT first_position, heads, refused, recorded FROM kim_log.append($1, $2, $3, $4, $5, $6)',
    [
      textArray(appends.map(({ stream }) => stream)),
      literalArray(appends.map(({ expected }) => expectedNumber(expected))),
      literalArray(appendNumbers),
      literalArray(places),
      literalArray(appends.flatMap(({ ids }) => ids)),
      textArray(appends.flatMap(({ documents }) => documents)),
    ],
  );
  const [firstPosition, heads, refused, recorded] = row as [
    string,
    string,
    string,
    readonly Recorded[] | null,
  ];
  return {
    firstPosition: Number(firstPosition),
    heads: heads.split(',').map(Number),
    refused: new Set(refused === '' ? [] : refused.split(',').map(Number)),
    recorded: new Map((recorded ?? []).map((event) => [event.id, event])),
  };
};

const literalArray = (items: readonly (string | number)[]): string => `{${items.join(',')}}`;

const expectedNumber = (expected: CheckedAppend['expected']): number => {
  if (expected === 'any') return -2;
  if (expected === 'none') return -1;
  return Math.min(expected, 2 ** 31 - 1);
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
