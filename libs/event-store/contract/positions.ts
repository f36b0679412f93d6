import { describe, expect, it } from '@jest/globals';
import { InvalidPosition } from '../errors.js';
import { storeOf, type ContractHarness } from './harness.js';
import { contacts, newStream, openJourney } from './journeys.js';

export const positions = ({ open, openOtherLog }: ContractHarness): void => {
  describe('positions', () => {
    const store = storeOf(open);

    const somePositions = async () => {
      const stream = await openJourney(store(), 4);
      return (await store().readStream(stream)).map(({ position }) => position);
    };

    it('stand in the order in which the events were recorded', async () => {
      const [before, after] = [await somePositions(), await somePositions()];
      const inOrder = [...before, ...after];
      expect([...inOrder].reverse().sort((a, b) => store().compare(a, b))).toEqual(inOrder);
    });

    it('compare as equal, smaller and greater', async () => {
      const [first, second] = await somePositions();
      expect(store().compare(first!, first!)).toBe(0);
      expect(store().compare(first!, second!)).toBeLessThan(0);
      expect(store().compare(second!, first!)).toBeGreaterThan(0);
    });

    it('are recognised in print, also by another store over the same log', async () => {
      const elsewhere = await open();
      for (const position of await somePositions()) {
        expect(store().parsePosition(position)).toBe(position);
        expect(elsewhere.parsePosition(position)).toBe(position);
      }
      await elsewhere.close();
    });

    it('can stand in a header or an address as they are', async () => {
      for (const position of await somePositions()) expect(encodeURIComponent(position)).toBe(position);
    });

    it.each([
      '',
      '0',
      '-1',
      'p',
      'NaN',
      'p12345678',
      'p12345678-',
      'p12345678--1',
      'p12345678-01',
      ' p12345678-1',
    ])('are not "%s"', (text) => {
      expect(() => store().parsePosition(text)).toThrow(InvalidPosition);
    });

    it('have nothing before or after them', async () => {
      const [position] = await somePositions();
      for (const text of [` ${position}`, `${position}\n`, `${position}.5`, `${position}${'9'.repeat(40)}`])
        expect(() => store().parsePosition(text)).toThrow(InvalidPosition);
    });

    it('name the head of the log', async () => {
      const { position } = await store().append({
        stream: newStream(),
        expected: 'none',
        events: contacts(1),
      });
      const head = await store().head();
      expect(store().compare(head!, position)).toBeGreaterThanOrEqual(0);
    });

    if (openOtherLog) {
      it('of another log are refused', async () => {
        const other = await openOtherLog();
        const { position } = await other.append({
          stream: newStream(),
          expected: 'none',
          events: contacts(1),
        });
        expect(() => store().parsePosition(position)).toThrow(InvalidPosition);
        await expect(store().readLog({ after: position, limit: 1 })).rejects.toThrow(InvalidPosition);
        const { signal } = new AbortController();
        expect(() => store().subscribe({ after: position, batchSize: 1, signal })).toThrow(InvalidPosition);
        await other.close();
      });
    }
  });
};
