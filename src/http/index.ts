export { Answer } from './answer.js';
export type { AnswerLanguage } from './accept-language.js';
export { createApplication } from './application.js';
export { CLOCK, systemClock, type Clock } from './clock.js';
export type { CommandRequest } from './command-request.js';
export { describeContract } from './contract.js';
export { decodeCursor, encodeCursor } from './cursor.js';
export * from './fields.js';
export type { Purpose } from './headers.js';
export { HttpModule, type HttpParts } from './http.module.js';
export { pointerTo, readInput } from './input.js';
export { jsonLines, LOG, type Log, type LogEntry } from './log.js';
export {
  BodyOf,
  CallerOf,
  CommandRequestOf,
  LanguageOf,
  MinPositionOf,
  PathOf,
  PurposeOf,
  QueryOf,
} from './parameters.js';
export { CURSOR_KEY, ListAnswer, pageByPlace, pageOf, type PageOf } from './paging.js';
export * from './problem.js';
export { Page } from './query.js';
export { CommandRoute, QueryRoute, SearchRoute } from './routes.js';
export { Shown } from './shown.js';
export { FINGERPRINT, type Fingerprint } from './shell.js';
