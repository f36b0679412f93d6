export { loadSettings, SettingsInvalid } from './settings.js';
export type { Settings } from './settings.js';
export { checkDataDirectory, makeDataDirectory, unusableDataDirectory } from './data-directory.js';
export { holdsDatabase } from './embedded-postgres/layout.js';
export { checkInstalled } from './embedded-postgres/programs.js';
export { startEmbeddedPostgres } from './embedded-postgres/start.js';
export type { EmbeddedPostgres } from './embedded-postgres/start.js';
