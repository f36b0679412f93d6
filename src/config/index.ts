export { loadSettings, SettingsInvalid } from './settings.js';
export type { Settings } from './settings.js';
export { startEmbeddedPostgres } from './embedded-postgres/start.js';
export type { EmbeddedPostgres } from './embedded-postgres/start.js';
