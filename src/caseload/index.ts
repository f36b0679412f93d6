export { CLIENT_NAMES, CLIENT_SEARCH } from './client-names.js';
export type { ClientName, ClientNames, ClientSearch } from './client-names.js';
export { referralsProjection } from './referrals.js';
export { SEEN_CLIENT } from './seen-client.js';
export type { SeenClient } from './seen-client.js';
export { worklistProjection } from './worklist.js';
