export { AddClient } from './client-commands.js';
export { clientNames } from './client-names.js';
export { clientFormat, clientStream } from './client-format.js';
export { viewOfClient } from './client-view.js';
export type { ClientView } from './client-view.js';
export { foldClient } from './domain/client.js';
export { linkJourney } from './domain/decide.js';
export type { Client } from './domain/client.js';
export type { ClientDetails, ClientEvent } from './domain/events.js';
