export { handoversProjection } from './handovers.js';
export { READ_HANDOVER } from './handover-reader.js';
export type { HandoverReader } from './handover-reader.js';
export { findDue } from './due-handovers.js';
export type { DueHandover } from './due-handovers.js';
