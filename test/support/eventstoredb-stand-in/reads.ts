import streams from '@eventstore/db-client/generated/streams_pb.js';
import type * as streamsTypes from '@eventstore/db-client/generated/streams_pb.js';
import { status, type handleServerStreamingCall } from '@grpc/grpc-js';
import type { Faults } from './faults.js';
import type { InMemoryLog, StoredEvent } from './log.js';
import { eventMessage, streamName, streamNotFound } from './messages.js';
import { namelessStream, refusal } from './refusals.js';
import { send, type ReadCall } from './sending.js';
import { runSubscription } from './subscriptions.js';

/** Whether the subscriptions opened so far are to say nothing any more. */
export interface Silence {
  begin(): void;
  /** Asked once when a subscription opens; the answer tells later whether it was silenced. */
  watch(): () => boolean;
}

export const handleRead =
  (
    log: InMemoryLog,
    faults: Faults,
    silence: Silence,
  ): handleServerStreamingCall<streamsTypes.ReadReq, streamsTypes.ReadResp> =>
  (call) => {
    void (async () => {
      const options = call.request.getOptions()!;
      const fault = faults.take(options.hasSubscription() ? 'subscribe' : 'read');
      if (fault === 'ignore' || fault === 'lose the answer') return;
      if (typeof fault === 'object' && 'refuse' in fault) return call.emit('error', refusal(fault.refuse));
      if (typeof fault === 'object') await fault.hold;
      if (options.hasSubscription()) return runSubscription(call, log, faults, silence.watch());
      const events = options.hasStream()
        ? streamEvents(call, log, options.getStream()!)
        : allEvents(call, log);
      if (!events) return;
      const count = Number(options.getCount());
      for (const event of events.slice(0, count)) {
        faults.countSent();
        if (!(await send(call, eventMessage(event)))) return;
      }
      call.end();
    })();
  };

const isBackwards = (call: ReadCall): boolean =>
  call.request.getOptions()!.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;

const streamEvents = (
  call: ReadCall,
  log: InMemoryLog,
  options: streamsTypes.ReadReq.Options.StreamOptions,
): readonly StoredEvent[] | undefined => {
  const name = streamName(options.getStreamIdentifier());
  if (name === '') {
    call.emit('error', refusal(namelessStream));
    return undefined;
  }
  const events = log.stream(name);
  if (events.length === 0) {
    call.write(streamNotFound(name));
    call.end();
    return undefined;
  }
  const revision = options.hasRevision() ? Number(options.getRevision()) : undefined;
  if (isBackwards(call)) return events.slice(0, revision === undefined ? undefined : revision + 1).reverse();
  return events.slice(revision ?? (options.hasEnd() ? events.length : 0));
};

const allEvents = (call: ReadCall, log: InMemoryLog): readonly StoredEvent[] | undefined => {
  const options = call.request.getOptions()!.getAll()!;
  const { events } = log;
  if (options.hasStart()) return isBackwards(call) ? [] : events;
  if (options.hasEnd()) return isBackwards(call) ? [...events].reverse() : [];
  const position = Number(options.getPosition()!.getCommitPosition());
  const index = events.findIndex((event) => event.position >= position);
  // A position beyond the log's end is taken; one between two events is not.
  if (index !== -1 && events[index]!.position !== position) {
    call.emit(
      'error',
      refusal({ code: status.UNKNOWN, details: 'Unexpected ReadAllResult: InvalidPosition' }),
    );
    return undefined;
  }
  if (index === -1 && isBackwards(call)) {
    call.emit('error', refusal({ code: status.UNKNOWN, details: 'Unexpected ReadAllResult: Error' }));
    return undefined;
  }
  const from = index === -1 ? events.length : index;
  return isBackwards(call) ? events.slice(0, from).reverse() : events.slice(from);
};
