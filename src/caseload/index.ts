export { CLIENT_NAMES, CLIENT_SEARCH } from './client-names.js';
export type { ClientName, ClientNames, ClientSearch } from './client-names.js';
export { referralsProjection } from './referrals.js';
export { named, SEEN_CLIENT } from './seen-client.js';
export type { SeenClient, Viewer } from './seen-client.js';
export { why } from './why.js';
export type { WhyLanguage } from './why.js';
export { worklistProjection } from './worklist.js';
