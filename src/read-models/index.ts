export type { CaseEvent } from './case-event.js';
export { measure, openReadModels, READ_MODELS, views } from './read-models.js';
export type { ReadModelParts, ReadModels } from './read-models.js';
