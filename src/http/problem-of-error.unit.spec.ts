import { describe, expect, it } from '@jest/globals';
import { EventTooLarge, InvalidPosition, StoreUnavailable } from '#event-store';
import {
  KeyReused,
  KeyRunning,
  NotVisible,
  Refused,
  StaleRevision,
  SubjectKeyMissing,
} from '../record/index.js';
import { problemBody, refused } from './problem.js';
import { problemOf } from './problem-of-error.js';

const system = (code: string): Error => Object.assign(new Error('connect 10.0.0.7:5432'), { code });

describe('An error', () => {
  it.each([
    ['what cannot be seen', new NotVisible(), 404, 'not-found'],
    ['a rule of the state', new Refused('state', 'journey-closed'), 409, 'journey-closed'],
    ['a role that may not', new Refused('not-allowed', 'not-a-supervisor'), 403, 'not-a-supervisor'],
    [
      'a field that no register knows',
      new Refused('input', 'unknown-user', '/ownerUserId'),
      400,
      'invalid-input',
    ],
    ['a stale revision', new StaleRevision(), 412, 'stale-revision'],
    ['a key for another request', new KeyReused(), 422, 'idempotency-key-reused'],
    ['a key that is at work', new KeyRunning(), 409, 'idempotency-key-running'],
    ['too large an event', new EventTooLarge(2_000_000, 1_000_000), 413, 'too-large'],
    ['a position of another log', new InvalidPosition('x'), 400, 'invalid-input'],
    ['a store that is away', new StoreUnavailable('x'), 503, 'store-unavailable'],
    ['a database that refuses', system('ECONNREFUSED'), 503, 'store-unavailable'],
    ['a database that shuts down', system('57P01'), 503, 'store-unavailable'],
    ['a lost connection', new Error('Connection terminated unexpectedly'), 503, 'store-unavailable'],
    ['rows of an earlier version of a view', system('42703'), 503, 'view-not-ready'],
    ['a broken rule of a table', system('23505'), 500, 'internal-error'],
    ['a fault of ours', new TypeError('Amina is undefined'), 500, 'internal-error'],
    ['a key that was lost', new SubjectKeyMissing(), 500, 'internal-error'],
    ['no error at all', 'Amina', 500, 'internal-error'],
  ])('%s is a problem of its own', (_, error, status, code) => {
    expect(problemOf(error)).toMatchObject({ status, code });
  });

  it('never says more than the contract does', () => {
    const body = JSON.stringify(problemBody(problemOf(system('ECONNREFUSED')), 'id'));
    expect(body).not.toContain('10.0.0.7');
  });

  it('names the field that a register does not know', () => {
    expect(problemOf(new Refused('input', 'unknown-user', '/ownerUserId')).errors).toEqual([
      { pointer: '/ownerUserId', message: 'unknown user' },
    ]);
  });

  it('names the header that a purpose is missing in', () => {
    expect(problemOf(new Refused('input', 'purpose-required', '/KIM-Purpose')).errors).toEqual([
      { pointer: '/KIM-Purpose', message: 'purpose required', in: 'header' },
    ]);
  });

  it('tells when to come again', () => {
    expect(problemOf(new StoreUnavailable('x')).retryAfter).toBe(2);
    expect(problemOf(new KeyRunning()).retryAfter).toBe(1);
  });
});

describe('A problem', () => {
  it('has the members of RFC 9457, its code, and what it brings along', () => {
    const problem = refused('possible-duplicate', 'Somebody like that is registered.', { matches: [] });
    expect(problemBody(problem, '0d6f6c1f-2a34-4e0a-9f0a-6f1c2b0e5d53')).toEqual({
      type: 'urn:kim:problem:possible-duplicate',
      title: 'Possible duplicate',
      status: 409,
      code: 'possible-duplicate',
      detail: 'Somebody like that is registered.',
      instance: 'urn:uuid:0d6f6c1f-2a34-4e0a-9f0a-6f1c2b0e5d53',
      matches: [],
    });
  });
});
