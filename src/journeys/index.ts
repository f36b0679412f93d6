export { clientGrants } from './client-grants.js';
export * from './domain/codes.js';
export type { JourneyCommand, OpenJourney } from './domain/commands.js';
export type { JourneyEvent, JourneyEventData, JourneyEventType } from './domain/events.js';
export { ChangeJourney, StartJourney } from './journey-commands.js';
export { JourneysModule } from './journeys.module.js';
