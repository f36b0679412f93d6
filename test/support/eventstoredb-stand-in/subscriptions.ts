import type * as streamsTypes from '@eventstore/db-client/generated/streams_pb.js';
import { status } from '@grpc/grpc-js';
import type { InMemoryLog, StoredEvent } from './log.js';
import { caughtUp, checkpointMessage, confirmation, eventMessage } from './messages.js';
import { refusal } from './refusals.js';
import { isGone, send, type ReadCall } from './sending.js';

/** Events that the server hands out from one page of its log. */
const pageSize = 32;

/** No place yet, as the server names it. */
const nothingYet = -1;

/**
 * A subscription to all streams: pages of the log, then what is appended. Checkpoints come as the server
 * sends them: after so many events considered, naming a page's start while catching up and never going back.
 */
export const runSubscription = async (
  call: ReadCall,
  log: InMemoryLog,
  isSilenced: () => boolean,
): Promise<void> => {
  const options = call.request.getOptions()!;
  const all = options.getAll()!;
  const filter = options.hasFilter() ? options.getFilter()! : undefined;
  const passes = filter ? matcher(filter) : () => true;
  const window = filter?.hasMax() ? filter.getMax() : pageSize;
  const interval = filter ? window * filter.getCheckpointintervalmultiplier() : Infinity;

  const { events } = log;
  const start = all.hasPosition() ? Number(all.getPosition()!.getCommitPosition()) : nothingYet;
  let reached = all.hasEnd() ? (events.at(-1)?.position ?? nothingYet) : start;
  const at = events.findIndex(({ position }) => position >= reached);
  if (all.hasPosition() && at !== -1 && events[at]!.position !== reached)
    return void call.emit(
      'error',
      refusal({ code: status.INVALID_ARGUMENT, details: 'Trying to read from an invalid position.' }),
    );

  let lastCheckpoint: number | undefined;
  const tell = async (message: streamsTypes.ReadResp): Promise<boolean> =>
    isSilenced() || send(call, message);
  const tellCheckpoint = async (): Promise<boolean> => {
    if (!filter || (lastCheckpoint !== undefined && reached <= lastCheckpoint)) return true;
    lastCheckpoint = reached;
    return tell(checkpointMessage(reached));
  };

  if (!(await tell(confirmation()))) return;
  let next = at === -1 ? events.length : events[at]!.position === reached ? at + 1 : at;
  let considered = 0;
  if (next < events.length) {
    while (next < events.length) {
      const pageStart = next === 0 ? 0 : events[next - 1]!.position;
      let handedOut = 0;
      const pageEnd = next + window;
      for (; next < events.length && next < pageEnd && handedOut < pageSize; next++, considered++) {
        const event = events[next]!;
        if (!passes(event)) continue;
        if (!(await tell(eventMessage(event)))) return;
        reached = event.position;
        handedOut++;
      }
      if (next < events.length && considered >= interval) {
        considered %= interval;
        reached = Math.max(reached, pageStart);
        if (!(await tellCheckpoint())) return;
      }
    }
    if (!(await tellCheckpoint())) return;
  }
  if (!(await tell(caughtUp()))) return;

  for (considered = 0; !isGone(call); await log.grown()) {
    for (; next < events.length; next++) {
      const event = events[next]!;
      if (passes(event) && !(await tell(eventMessage(event)))) return;
      reached = event.position;
      if (++considered < interval) continue;
      considered = 0;
      if (!(await tellCheckpoint())) return;
    }
  }
};

const matcher = (filter: streamsTypes.ReadReq.Options.FilterOptions): ((event: StoredEvent) => boolean) => {
  const expression = filter.hasStreamIdentifier() ? filter.getStreamIdentifier()! : filter.getEventType()!;
  const text = ({ stream, type }: StoredEvent): string => (filter.hasStreamIdentifier() ? stream : type);
  if (expression.getRegex() !== '') {
    const regex = new RegExp(expression.getRegex(), 'u');
    return (event) => regex.test(text(event));
  }
  return (event) => expression.getPrefixList().some((prefix) => text(event).startsWith(prefix));
};
