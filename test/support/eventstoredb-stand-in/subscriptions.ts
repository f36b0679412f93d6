import type * as streamsTypes from '@eventstore/db-client/generated/streams_pb.js';
import { status } from '@grpc/grpc-js';
import type { Faults } from './faults.js';
import type { InMemoryLog, StoredEvent } from './log.js';
import { caughtUp, checkpointMessage, confirmation, eventMessage, type Place } from './messages.js';
import { refusal } from './refusals.js';
import { isGone, send, type ReadCall } from './sending.js';

/** Events that the server hands out from one page of its log. */
const pageSize = 32;

/** No place yet, as the server names it. */
const nothingYet: Place = { commit: -1, prepare: -1 };

/**
 * A subscription to all streams: pages of the log, then what is appended. Checkpoints come as the server
 * sends them: after so many events considered, naming a page's start while catching up and never going back.
 */
export const runSubscription = async (
  call: ReadCall,
  log: InMemoryLog,
  faults: Faults,
  isSilenced: () => boolean,
): Promise<void> => {
  const options = call.request.getOptions()!;
  const all = options.getAll()!;
  const filter = options.hasFilter() ? options.getFilter()! : undefined;
  const passes = filter ? matcher(filter) : () => true;
  const window = filter?.hasMax() ? filter.getMax() : pageSize;
  const interval = filter ? window * filter.getCheckpointintervalmultiplier() : Infinity;

  const { events } = log;
  const head = events.at(-1)?.position ?? nothingYet.commit;
  let reached = startOf(all, head);
  let next = events.findIndex(({ position }) => position >= reached.commit);
  if (all.hasPosition() && next !== -1 && events[next]!.position !== reached.commit)
    return void call.emit(
      'error',
      refusal({ code: status.INVALID_ARGUMENT, details: 'Trying to read from an invalid position.' }),
    );

  const tell = async (message: streamsTypes.ReadResp): Promise<boolean> => {
    if (isSilenced()) return true;
    faults.countSent();
    return send(call, message);
  };
  let lastCheckpoint: Place | undefined;
  const tellCheckpoint = async (): Promise<boolean> => {
    if (!filter || (lastCheckpoint && !isBefore(lastCheckpoint, reached))) return true;
    lastCheckpoint = reached;
    return tell(checkpointMessage(reached));
  };

  if (!(await tell(confirmation()))) return;
  if (reached.commit >= head) next = events.length;
  else {
    let pageStart = reached === nothingYet ? { commit: 0, prepare: 0 } : reached;
    let considered = 0;
    for (let isEnd = false; !isEnd; pageStart = { commit: events[next]?.position ?? head, prepare: 0 }) {
      let handedOut = 0;
      const pageEnd = next + window;
      for (; next < events.length && next < pageEnd && handedOut < pageSize; next++, considered++) {
        const event = events[next]!;
        const place = placeOf(event);
        if (!isBefore(reached, place) || !passes(event)) continue;
        if (!(await tell(eventMessage(event)))) return;
        reached = place;
        handedOut++;
      }
      isEnd = next === events.length && next < pageEnd && handedOut < pageSize;
      if (!isEnd && considered < interval) continue;
      if (!isEnd && isBefore(reached, pageStart)) reached = pageStart;
      considered %= interval;
      if (!(await tellCheckpoint())) return;
    }
  }
  if (!(await tell(caughtUp()))) return;

  for (let considered = 0; !isGone(call); await log.grown()) {
    for (; next < events.length; next++) {
      const event = events[next]!;
      if (!isBefore(reached, placeOf(event))) continue;
      if (passes(event) && !(await tell(eventMessage(event)))) return;
      reached = placeOf(event);
      if (++considered < interval) continue;
      considered = 0;
      if (!(await tellCheckpoint())) return;
    }
  }
};

const startOf = (all: streamsTypes.ReadReq.Options.AllOptions, head: number): Place => {
  if (all.hasEnd()) return { commit: head, prepare: head };
  const position = all.getPosition();
  return position
    ? { commit: Number(position.getCommitPosition()), prepare: Number(position.getPreparePosition()) }
    : nothingYet;
};

const placeOf = ({ position }: StoredEvent): Place => ({ commit: position, prepare: position });

const isBefore = (a: Place, b: Place): boolean =>
  a.commit < b.commit || (a.commit === b.commit && a.prepare < b.prepare);

const matcher = (filter: streamsTypes.ReadReq.Options.FilterOptions): ((event: StoredEvent) => boolean) => {
  const expression = filter.hasStreamIdentifier() ? filter.getStreamIdentifier()! : filter.getEventType()!;
  const text = ({ stream, type }: StoredEvent): string => (filter.hasStreamIdentifier() ? stream : type);
  if (expression.getRegex() !== '') {
    const regex = new RegExp(expression.getRegex(), 'u');
    return (event) => regex.test(text(event));
  }
  return (event) => expression.getPrefixList().some((prefix) => text(event).startsWith(prefix));
};
