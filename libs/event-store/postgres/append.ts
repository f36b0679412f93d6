import type { CheckedAppend } from '../append-request.js';
import { InvalidAppend, StoreUnavailable, WrongExpectedRevision } from '../errors.js';
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
  coalesce<CheckedAppend, AppendResult>({
    select: oneOfEachStream,
    send: async (appends) => {
      const { heads, firstPositions, recorded } = await write(connections, appends);
      return (place) => {
        const append = appends[place]!;
        const head = heads[place]!;
        const firstPosition = firstPositions[place];
        const count = append.ids.length;
        if (firstPosition !== undefined)
          return { revision: head + count, position: positions.print(firstPosition + count - 1) };
        const last = lastOfRepetition(append, recorded);
        if (!last) throw refusal(append, head, recorded);
        return { revision: last.revision, position: positions.print(last.position) };
      };
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
  /** For each append, the revision of its stream's last event before it; -1 if there was no stream. */
  readonly heads: readonly number[];
  /** For each append, where its first event was written; absent if it was refused. */
  readonly firstPositions: readonly (number | undefined)[];
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
  const values = [
    textArray(appends.map(({ stream }) => stream)),
    literalArray(appends.map(({ expected }) => expectedNumber(expected))),
    literalArray(appendNumbers),
    literalArray(places),
    literalArray(appends.flatMap(({ ids }) => ids)),
    textArray(appends.flatMap(({ documents }) => documents)),
  ];
  // An exact revision recognises what is sent again. Looking up every id, for the few appends that expect
  // nothing and are sent again, would make all others a sixth dearer.
  const [row] = await connections.run('append', statement, [...values, false]).catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error;
    return connections.run('append', statement, [...values, true]);
  });
  const [firstPosition, heads, refused, recorded] = row as [
    string,
    string,
    string,
    readonly Recorded[] | null,
  ];
  const refusedNumbers = new Set(refused === '' ? [] : refused.split(',').map(Number));
  let next = Number(firstPosition);
  return {
    heads: heads.split(',').map(Number),
    firstPositions: appends.map(({ ids }, index) => {
      if (refusedNumbers.has(index + 1)) return undefined;
      next += ids.length;
      return next - ids.length;
    }),
    recorded: new Map((recorded ?? []).map((event) => [event.id, event])),
  };
};

const statement =
  'SELECT first_position, heads, refused, recorded FROM kim_log.append($1, $2, $3, $4, $5, $6, $7)';

const isUniqueViolation = (error: unknown): boolean =>
  error instanceof StoreUnavailable && (error.cause as { code?: string }).code === '23505';

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
