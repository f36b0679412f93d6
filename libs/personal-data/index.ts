export { SealBroken } from './aes-gcm.js';
export * from './canonical-json.js';
export {
  deriveKey,
  MasterKeyMissing,
  MasterKeyUnusable,
  openMasterKey,
  type KeyPurpose,
  type MasterKey,
} from './master-key.js';
export * from './name-search/index.js';
export * from './sealing.js';
export * from './subject-keys.js';
export * from './subject-keys-migration.js';
