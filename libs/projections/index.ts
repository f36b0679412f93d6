export * from './column.js';
export { NotComparable, type Comparison, type Difference } from './comparison.js';
export type { Failure } from './failure.js';
export type { Readable } from './feed.js';
export {
  InvalidProjection,
  list,
  projection,
  type List,
  type Projection,
  type Related,
} from './projection.js';
export * from './projections.js';
export { rowsAfter } from './rows-after.js';
export { sealedPlace, type PlacedText, type Seals } from './sealing.js';
export type { ProjectionStatus, RebuildProgress } from './status.js';
export { KeyChanged } from './working-set.js';
