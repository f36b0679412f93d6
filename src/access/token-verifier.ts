import { hash } from 'node:crypto';
import type { Caller } from './caller.js';

export interface VerifiedToken {
  readonly caller: Caller;
  /** Milliseconds since 1970: from then on the token is no longer good. */
  readonly expiresAt: number;
}

/** Whoever vouches for callers: the demo identity now, an OpenID provider later. */
export interface TokenVerifier {
  /** Undefined for every token that is not good, whatever the reason. */
  verify(token: string): Promise<VerifiedToken | undefined>;
}

/** The injection token of the application's verifier. */
export const TOKEN_VERIFIER = Symbol('TOKEN_VERIFIER');

/**
 * Verifies a signature once per token instead of once per request. What is kept is the hash of the token and
 * what it says, never the token; the oldest entry goes when there are more than `capacity`.
 */
export const rememberingTokens = (
  verifier: TokenVerifier,
  clock: { now(): Date },
  capacity = 10_000,
): TokenVerifier => {
  const verified = new Map<string, VerifiedToken>();
  return {
    async verify(token) {
      const digest = hash('sha256', token, 'base64');
      const known = verified.get(digest);
      if (known && clock.now().getTime() < known.expiresAt) return known;
      verified.delete(digest);
      const fresh = await verifier.verify(token);
      if (!fresh) return undefined;
      const oldest = verified.keys().next();
      if (verified.size >= capacity && !oldest.done) verified.delete(oldest.value);
      verified.set(digest, fresh);
      return fresh;
    },
  };
};
