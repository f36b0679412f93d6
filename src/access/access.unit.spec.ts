import { describe, expect, it } from '@jest/globals';
import { callerOf, type Caller } from './caller.js';
import { demoIdentity } from './demo-identity.js';
import { atTheDoor, mayUse, policy, type Operation } from './policy.js';
import { rememberingTokens, type TokenVerifier } from './token-verifier.js';

const claims = {
  sub: 'kamen-cm',
  name: 'Fallmanagement Kamen',
  organisation: 'kim-kamen',
  roles: ['case_manager'],
};
const users = [{ username: claims.sub, ...claims }];
const as = (...roles: Caller['roles'][number][]): Caller => ({
  userId: 'someone',
  name: 'Someone',
  organisationId: 'kim-kamen',
  roles,
});
const clockAt = (text: string) => {
  const clock = { time: Date.parse(text), now: () => new Date(clock.time) };
  return clock;
};

describe("A token's claims", () => {
  it('say who the caller is', () => {
    expect(callerOf(claims)).toEqual({
      userId: 'kamen-cm',
      name: 'Fallmanagement Kamen',
      organisationId: 'kim-kamen',
      roles: ['case_manager'],
    });
  });

  it.each([
    [{ sub: undefined }],
    [{ sub: '' }],
    [{ sub: 7 }],
    [{ sub: 'a\nb' }],
    [{ sub: 'x'.repeat(256) }],
    [{ name: undefined }],
    [{ name: '' }],
    [{ organisation: 'KIM Kamen' }],
    [{ organisation: ['kim-kamen'] }],
    [{ roles: undefined }],
    [{ roles: [] }],
    [{ roles: 'case_manager' }],
    [{ roles: ['case_manager', 'king'] }],
    [{ roles: [['case_manager']] }],
  ])('are refused as a whole when one is not what it must be: %j', (wrong) => {
    expect(callerOf({ ...claims, ...wrong })).toBeUndefined();
  });
});

describe('The demo identity', () => {
  it('vouches for its users until their token runs out', async () => {
    const clock = clockAt('2026-03-02T08:00:00Z');
    const identity = await demoIdentity(users, clock);
    const token = (await identity.tokenFor('kamen-cm')) ?? '';
    expect((await identity.verify(token))?.caller.userId).toBe('kamen-cm');

    clock.time += 12 * 3600 * 1000;
    expect(await identity.verify(token)).toBeUndefined();
  });

  it('knows nobody else', async () => {
    expect(await (await demoIdentity(users, clockAt('2026-03-02'))).tokenFor('mayor')).toBeUndefined();
  });

  it('does not vouch for what another key signed, or none', async () => {
    const clock = clockAt('2026-03-02T08:00:00Z');
    const [identity, other] = [await demoIdentity(users, clock), await demoIdentity(users, clock)];
    const token = (await other.tokenFor('kamen-cm')) ?? '';
    const [, payload] = token.split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    for (const bad of [token, unsigned, '', 'a.b.c', `${token}x`]) {
      expect(await identity.verify(bad)).toBeUndefined();
    }
  });
});

describe('Tokens that were verified', () => {
  const countingVerifier = (expiresAt: number): TokenVerifier & { asked: string[] } => {
    const asked: string[] = [];
    return {
      asked,
      verify: (token) => {
        asked.push(token);
        return Promise.resolve(token === 'bad' ? undefined : { caller: as('case_manager'), expiresAt });
      },
    };
  };

  it('are remembered until they run out', async () => {
    const clock = clockAt('2026-03-02T08:00:00Z');
    const verifier = countingVerifier(clock.time + 1000);
    const remembering = rememberingTokens(verifier, clock);
    await remembering.verify('one');
    await remembering.verify('one');
    expect(verifier.asked).toEqual(['one']);
    clock.time += 1000;
    await remembering.verify('one');
    expect(verifier.asked).toEqual(['one', 'one']);
  });

  it('are remembered up to a number, the oldest forgotten first; bad ones never', async () => {
    const clock = clockAt('2026-03-02T08:00:00Z');
    const verifier = countingVerifier(clock.time + 1000);
    const remembering = rememberingTokens(verifier, clock, 2);
    for (const token of ['one', 'two', 'three', 'two', 'one', 'bad', 'bad']) await remembering.verify(token);
    expect(verifier.asked).toEqual(['one', 'two', 'three', 'one', 'bad', 'bad']);
  });
});

describe('The policy', () => {
  const operations = Object.keys(policy) as Operation[];
  const onRecords = operations.filter((operation) => ['client', 'journey'].includes(policy[operation].on));

  it('lets a data-protection officer see who could see a journey, and no journey', () => {
    const officer = as('data_protection_officer');
    for (const operation of onRecords)
      expect(atTheDoor(operation, officer)).toBe(operation === 'readVisibility' ? 'enter' : 'not-found');
  });

  it.each(['coordinator', 'analyst', 'administrator'] as const)(
    'hides every journey and client from a %s',
    (role) => {
      for (const operation of onRecords) expect(atTheDoor(operation, as(role))).toBe('not-found');
    },
  );

  it('forbids an analyst to open a journey, and says so', () => {
    expect(atTheDoor('openJourney', as('analyst'))).toBe('forbidden');
  });

  it('lets a case manager in who may not reopen, because only the record tells 404 from 403', () => {
    expect(atTheDoor('reopenJourney', as('case_manager'))).toBe('enter');
    expect(mayUse('reopenJourney', as('case_manager'))).toBe(false);
    expect(mayUse('reopenJourney', as('supervisor'))).toBe(true);
  });

  it('gives somebody with two roles what either may', () => {
    expect(mayUse('openJourney', as('analyst', 'case_manager'))).toBe(true);
  });
});
