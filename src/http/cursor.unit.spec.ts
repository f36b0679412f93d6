import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { decodeCursor, encodeCursor } from './cursor.js';
import { Problem } from './problem.js';

const key = createSecretKey(randomBytes(32));
const state = { openedOn: '2026-03-02', journeyId: '6f1c2b0e-9f0a-5d53-8e0a-0d6f6c1f2a34' };

describe('A cursor', () => {
  it('leads back to where the list stood', () => {
    expect(decodeCursor(key, 'kamen-cm worklist', encodeCursor(key, 'kamen-cm worklist', state))).toEqual(
      state,
    );
  });

  it('tells its reader nothing, not even that two are of the same place', () => {
    const [one, other] = [encodeCursor(key, 'q', state), encodeCursor(key, 'q', state)];
    expect(one).not.toBe(other);
    expect(Buffer.from(one, 'base64url').toString('latin1')).not.toContain('2026');
  });

  it.each([
    ['of another query', (): string => encodeCursor(key, 'bergkamen-cm worklist', state)],
    ['made with another key', (): string => encodeCursor(createSecretKey(randomBytes(32)), 'q', state)],
    ['that was cut', (): string => encodeCursor(key, 'q', state).slice(0, -2)],
    ['that was changed', (): string => `${encodeCursor(key, 'q', state).slice(0, -3)}AAA`],
    ['that is too short', (): string => 'AAAA'],
    ['that is empty', (): string => ''],
    ['that is none', (): string => 'not a cursor!'],
  ])('%s is refused', (_, cursor) => {
    expect(() => decodeCursor(key, 'q', cursor())).toThrow(Problem);
    expect(() => decodeCursor(key, 'q', cursor())).toThrow(
      expect.objectContaining({ status: 400, errors: [expect.objectContaining({ pointer: '/cursor' })] }),
    );
  });
});
