export * from './port.js';
export * from './errors.js';
export { copyLog, CopyRefused, type CopyProgress, type CopyReport } from './copy.js';
export { watched, type CallOutcome, type StoreOperation, type StoreWatcher } from './watched.js';
export { checkAppend, defaultMaxAppendSize, type CheckedAppend } from './append-request.js';
export { openPostgresEventStore, type PostgresEventStoreOptions } from './postgres/open.js';
export { UnsuitableDatabase } from './postgres/layout.js';
export {
  checkAddress as checkEventStoreDBAddress,
  openEventStoreDB,
  UnsuitableStore,
  type EventStoreDBOptions,
  type Notice,
} from './eventstoredb/index.js';
