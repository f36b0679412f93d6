import { describe } from '@jest/globals';
import { appending } from './appending.js';
import { closing } from './closing.js';
import { expectedRevisions } from './expected-revisions.js';
import type { ContractHarness } from './harness.js';
import { idempotence } from './idempotence.js';
import { limits } from './limits.js';
import { model } from './model.js';
import { outages } from './outages.js';
import { positions } from './positions.js';
import { readingStreams } from './reading-streams.js';
import { readingTheLog } from './reading-the-log.js';
import { subscribing } from './subscribing.js';

export type { ContractHarness } from './harness.js';

/**
 * What every event store promises, as one suite of tests: an adapter's own test calls this once and adds
 * what only it has. Everything happens in streams with fresh names, so the server may be shared.
 */
export const eventStoreContract = (name: string, harness: ContractHarness): void => {
  describe(`${name} keeps the contract of an event store:`, () => {
    for (const chapter of [
      appending,
      expectedRevisions,
      idempotence,
      limits,
      readingStreams,
      readingTheLog,
      positions,
      subscribing,
      closing,
      model,
      outages,
    ])
      chapter(harness);
  });
};
