import { generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { callerOf } from './caller.js';
import type { TokenVerifier } from './token-verifier.js';

/** A user of the demonstration, as `data/users.json` has them. */
export interface DemoUser {
  readonly username: string;
  readonly name: string;
  readonly organisation: string;
  readonly roles: readonly string[];
}

export interface DemoIdentity extends TokenVerifier {
  readonly users: readonly DemoUser[];
  /** A token for one of the users; undefined for anybody else. */
  tokenFor(username: string): Promise<string | undefined>;
}

/** The injection token of the demo identity, which is there in demo mode only. */
export const DEMO_IDENTITY = Symbol('DEMO_IDENTITY');

const issuer = 'urn:kim:demo';
const algorithm = 'ES256';
const lifetimeInSeconds = 12 * 3600;

/** Signs for the users it is given, with a key that ends with the process. */
export const demoIdentity = async (
  users: readonly DemoUser[],
  clock: { now(): Date },
): Promise<DemoIdentity> => {
  const { publicKey, privateKey } = await generateKeyPair(algorithm);
  return {
    users,

    async tokenFor(username) {
      const user = users.find((one) => one.username === username);
      if (!user) return undefined;
      const issuedAt = Math.floor(clock.now().getTime() / 1000);
      return new SignJWT({ name: user.name, organisation: user.organisation, roles: [...user.roles] })
        .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
        .setIssuer(issuer)
        .setSubject(user.username)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifetimeInSeconds)
        .sign(privateKey);
    },

    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, publicKey, {
          algorithms: [algorithm],
          issuer,
          requiredClaims: ['sub', 'name', 'organisation', 'roles', 'exp'],
          currentDate: clock.now(),
        });
        const caller = callerOf(payload);
        return caller && { caller, expiresAt: (payload.exp ?? 0) * 1000 };
      } catch {
        return undefined;
      }
    },
  };
};
