import { describe, expect, it } from '@jest/globals';
import { InvalidPosition, type Position } from '#event-store';
import { waiting } from './waiting.js';

const at = (position: string): Position => position as Position;

/** Positions are `log-number`; those of different logs cannot be compared. */
const compare = (one: Position, other: Position): number => {
  const [[log, number], [otherLog, otherNumber]] = [one.split('-'), other.split('-')];
  if (log !== otherLog) throw new InvalidPosition('This is a position of another log');
  return Number(number) - Number(otherNumber);
};

describe('Waiting for a projection', () => {
  it('goes on while the rows that are read are those of another log, and ends with those of this one', async () => {
    const { tell, waitFor } = waiting(compare);
    const worklist = { projection: 'worklist', state: 'active' as const };
    tell({ ...worklist, generation: 1, position: at('old-900') });
    const shown = waitFor('worklist', at('new-3'), 60_000);
    expect(await waitFor('worklist', at('new-3'), 0)).toBe(false);
    tell({ ...worklist, generation: 2, position: at('new-3') });
    expect(await shown).toBe(true);
  });
});
