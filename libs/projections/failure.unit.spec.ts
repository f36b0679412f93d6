import { StoreUnavailable } from '#event-store';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DatabaseUnavailable } from './database.js';
import { describeError, isTransient, Overtaken } from './failure.js';

const withCode = (error: Error, code: string): Error => Object.assign(error, { code });
const fromPostgres = (code: string): Error => withCode(new pg.DatabaseError('…', 1, 'error'), code);

describe('An error', () => {
  it.each([
    new StoreUnavailable('…'),
    new DatabaseUnavailable('…'),
    new Overtaken('…'),
    withCode(new Error('connect ECONNREFUSED'), 'ECONNREFUSED'),
    new Error('Connection terminated unexpectedly'),
    ...['08006', '40001', '40P01', '53100', '55P03', '57P01', '57P05', '25P03'].map(fromPostgres),
  ])('of connections, locks and disks passes by itself (%#)', (error) => {
    expect(isTransient(error)).toBe(true);
  });

  it.each([
    new TypeError('…'),
    withCode(new Error('…'), 'ERR_INVALID_ARG_TYPE'),
    'a text that was thrown',
    undefined,
    ...['22003', '22P02', '23502', '42P01', '54000'].map(fromPostgres),
  ])('of code or values does not (%#)', (error) => {
    expect(isTransient(error)).toBe(false);
  });

  it('is told by class, code and place, never by what it says', () => {
    const thrown = withCode(new RangeError('Amina Yılmaz\n    at Amina (/home/amina.js:1:2)'), 'ERR_AGE');
    const told = describeError(thrown);
    expect(told.error).toBe('RangeError ERR_AGE');
    expect(told.place).toMatch(/^failure\.unit\.spec\.[jt]s:\d+$/);
  });

  it('is told even where there is nothing proper to tell', () => {
    const odd = Object.assign(withCode(new Error('x'), 'Amina Yılmaz'), { name: 'Amina Yılmaz' });
    expect(describeError(odd).error).toBe('Error');
    expect(describeError('Amina')).toEqual({ error: 'not an Error', place: undefined });
  });
});
