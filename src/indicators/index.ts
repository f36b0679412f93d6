export { bringFactsToHead } from './facts/at-head.js';
export { factHash } from './facts/fact-hash.js';
export { journeyFactsProjection, personFactsProjection } from './facts/projections.js';
export type { FactContext } from './facts/fold.js';
export { noiseRules } from './noise.js';
export { freezeRelease, ReleaseRefused } from './release/freeze.js';
export { openReleaseLedger } from './release/ledger.js';
export { CreateReleases1764100000000, KeepReleaseCounts1764200000000 } from './release/releases-migration.js';
