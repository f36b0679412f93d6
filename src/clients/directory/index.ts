export { CLIENT_DIRECTORY } from './directory.js';
export type { Directory } from './directory.js';
export { findClientIds, likelyClients, likenessTo } from './finding.js';
export type { FoundClient } from './finding.js';
export { namesOf } from './names.js';
export type { ListedName } from './names.js';
export { clientsProjection } from './projection.js';
