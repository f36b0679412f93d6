export { narrowByBounds, type Narrowed } from './adversary/bounds.js';
export { consistentCounts, type Publication } from './adversary/enumeration.js';
export { publicKnowledge } from './adversary/knowledge.js';
export { narrowByPrograms } from './adversary/programs.js';
export { auditHidden, InconsistentTable, type ExposedCell } from './audit.js';
export * from './cell-key.js';
export { SolverFailed } from './linear-program.js';
export * from './linked-table.js';
export * from './perturbation-table.js';
export * from './population.js';
export * from './rates.js';
export * from './rounding.js';
export {
  shownRange,
  suppressTable,
  type EmptyCells,
  type SuppressedTable,
  type SuppressionRules,
} from './suppression.js';
