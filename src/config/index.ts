export { loadSettings, SettingsInvalid } from './settings.js';
export type { Settings } from './settings.js';
