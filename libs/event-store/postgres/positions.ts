import { InvalidPosition } from '../errors.js';
import type { Position } from '../port.js';

/**
 * Positions of one log in print: `p<log id>-<number>`. The number counts the log's events from 0, without
 * gaps, in commit order.
 */
export interface Positions {
  print(number: number): Position;
  /** @throws InvalidPosition */
  number(position: string): number;
}

/** @param logId eight hex digits, so that another log's positions are recognised */
export const positionsOf = (logId: string): Positions => {
  const start = `p${logId}-`;
  return {
    print: (number) => `${start}${number}` as Position,
    number: (position) => {
      const printed = /^p([0-9a-f]{8})-(0|[1-9][0-9]{0,15})$/.exec(position);
      if (!printed) throw new InvalidPosition('This is not a position of a PostgreSQL log');
      if (printed[1] !== logId) throw new InvalidPosition('This is a position of another log');
      const number = Number(printed[2]);
      if (!Number.isSafeInteger(number)) throw new InvalidPosition('No log has a position of this size');
      return number;
    },
  };
};
