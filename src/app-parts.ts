import { deriveKey, fingerprint } from '#personal-data';
import type { DemoIdentity, TokenVerifier } from './access/index.js';
import { projections } from './app.module.js';
import type { AppParts } from './app.module.js';
import type { Clock, Log } from './http/index.js';
import type { Installation } from './installation.js';
import { factHash } from './indicators/index.js';
import { openReadModels } from './read-models/index.js';
import { berlinDay, loadReferenceData } from './reference/index.js';

/** An installation as the application's modules need it. */
export const partsOf = (
  { store, storeWatch, keys, masterKey, database, databaseAddress }: Installation,
  {
    clock,
    verifier,
    log,
    demo,
  }: {
    readonly clock: Clock;
    readonly verifier: TokenVerifier;
    readonly log: Log;
    readonly demo?: DemoIdentity;
  },
): AppParts => {
  const fingerprintKey = deriveKey(masterKey, 'fingerprint');
  const searchKey = deriveKey(masterKey, 'search');
  const reference = loadReferenceData();
  return {
    store,
    storeWatch,
    keys,
    clock,
    verifier,
    log,
    ...(demo && { demo }),
    fingerprint: (body) => fingerprint(fingerprintKey, body),
    cursorKey: deriveKey(masterKey, 'cursor'),
    readModels: openReadModels({
      store,
      keys,
      pool: database,
      databaseAddress,
      projections: projections(searchKey, reference, {
        hashOf: factHash(deriveKey(masterKey, 'facts')),
        dayOf: berlinDay,
        legalDomainOf: (organisationId) => reference.organisation(organisationId)?.legalDomain,
      }),
      report: ({ what, ...incident }) => {
        log(what === 'projection-stopped' ? 'error' : 'info', what, entryOf(incident));
      },
    }),
    searchKey,
  };
};

const entryOf = (incident: object): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(incident).flatMap(([name, value]) => {
      if (typeof value === 'string' || typeof value === 'number') return [[name, value]];
      return typeof value === 'object' && value !== null ? Object.entries(entryOf(value as object)) : [];
    }),
  );
