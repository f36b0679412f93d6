export { callerOf, hasRole, roles, type Caller, type Role } from './caller.js';
export { atTheDoor, isPublic, mayUse, policy, type Operation } from './policy.js';
export {
  rememberingTokens,
  TOKEN_VERIFIER,
  type TokenVerifier,
  type VerifiedToken,
} from './token-verifier.js';
export { DEMO_IDENTITY, demoIdentity, type DemoIdentity, type DemoUser } from './demo-identity.js';
