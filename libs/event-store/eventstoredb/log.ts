import type { Connection } from './connection.js';
import type { Positions } from './positions.js';
import type { RecentIds } from './recent-ids.js';

/** One opened log and what working with it takes. */
export interface Log {
  readonly connection: Connection;
  /** Aborted when the store is closed: subscriptions end, nothing new begins. */
  readonly closing: AbortSignal;
  readonly positions: Positions;
  readonly recentIds: RecentIds;
  /** Bytes of one append. */
  readonly maxAppendSize: number;
  /** Milliseconds that a call may take with all its repetitions. */
  readonly patience: number;
  /** Milliseconds without a sign from a subscription before it is looked after. */
  readonly silence: number;
  readonly notice: (what: Notice, text: string) => void;
}

/** What an operator may want to know of. */
export type Notice = 'connection-replaced' | 'subscription-interrupted' | 'subscription-resumed';
