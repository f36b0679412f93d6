import { InvalidPosition } from '../errors.js';
import type { Position } from '../port.js';
import type { LogPosition } from './connection.js';

/**
 * Positions of one log in print: `e<log id>-<commit>-<prepare>`, the two numbers being the places in
 * EventStoreDB's transaction file that it orders its log by.
 */
export interface Positions {
  print(place: LogPosition): Position;
  /** @throws InvalidPosition */
  place(position: string): LogPosition;
}

/** @param logId eight hex digits, so that another log's positions are recognised */
export const positionsOf = (logId: string): Positions => {
  const start = `e${logId}-`;
  return {
    print: ({ commit, prepare }) => `${start}${commit}-${prepare}` as Position,
    place: (position) => {
      const printed = /^e([0-9a-f]{8})-(0|[1-9][0-9]{0,18})-(0|[1-9][0-9]{0,18})$/.exec(position);
      if (!printed) throw new InvalidPosition('This is not a position of an EventStoreDB log');
      if (printed[1] !== logId) throw new InvalidPosition('This is a position of another log');
      const place = { commit: BigInt(printed[2]!), prepare: BigInt(printed[3]!) };
      if (place.commit > greatestOffset || place.prepare > place.commit)
        throw new InvalidPosition('No log has such a position');
      return place;
    },
  };
};

/** The server counts in signed 64 bits. */
export const greatestOffset = 2n ** 63n - 1n;

/** Negative, zero or positive, as `Array.prototype.sort` wants it. */
export const comparePlaces = (a: LogPosition, b: LogPosition): number => {
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1;
  if (a.prepare !== b.prepare) return a.prepare < b.prepare ? -1 : 1;
  return 0;
};
