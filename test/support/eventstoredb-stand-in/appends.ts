import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type * as streamsTypes from '@eventstore/db-client/generated/streams_pb.js';
import { status, type handleBidiStreamingCall, type handleClientStreamingCall } from '@grpc/grpc-js';
import type { Faults } from './faults.js';
import type { Expected, InMemoryLog, ProposedEvent } from './log.js';
import { appendAnswer, offset, proposedEvent, streamName } from './messages.js';
import { refusal } from './refusals.js';

type Options = streamsTypes.AppendReq.Options;

/** The server's own default. */
const maxAppendSize = 1024 * 1024;

export const handleAppend =
  (
    log: InMemoryLog,
    faults: Faults,
  ): handleClientStreamingCall<streamsTypes.AppendReq, streamsTypes.AppendResp> =>
  (call, answer) => {
    let options: Options | undefined;
    const events: ProposedEvent[] = [];
    call.on('data', (message: streamsTypes.AppendReq) => {
      options ??= message.getOptions();
      const proposed = message.getProposedMessage();
      if (proposed) events.push(proposedEvent(proposed));
    });
    call.on('end', () => {
      void (async () => {
        // A call that is cancelled while it is being written ends, too, and was never asked for as a whole.
        await new Promise(setImmediate);
        if (call.cancelled || !options) return;
        const fault = faults.take('append');
        if (fault === 'ignore') return;
        if (typeof fault === 'object' && 'refuse' in fault) return answer(refusal(fault.refuse));
        if (typeof fault === 'object') await fault.hold;
        const size = events.reduce(
          (sum, { type, data, metadata }) => sum + 2 * type.length + data.length + metadata.length,
          0,
        );
        if (size > maxAppendSize)
          return answer(
            refusal({
              code: status.INVALID_ARGUMENT,
              details: `Maximum Append Size of ${maxAppendSize} Exceeded.`,
              exception: {
                exception: 'maximum-append-size-exceeded',
                'maximum-append-size': String(maxAppendSize),
              },
            }),
          );
        const expected = expectedRevision(options);
        const outcome = log.append(streamName(options.getStreamIdentifier()), expected, events);
        if (fault === 'lose the answer') return;
        const told =
          fault === 'withhold the position' && outcome.accepted
            ? { ...outcome, position: undefined }
            : outcome;
        answer(null, appendAnswer(told, expected));
      })();
    });
  };

const expectedRevision = (options: Options): Expected => {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no stream';
  return options.hasStreamExists() ? 'stream exists' : Number(options.getRevision());
};

/** Replies to batch appends, as many as were asked to be held, and then lets them go, the last one first. */
export interface BatchReplies {
  hold(count: number): void;
}

/**
 * Batch append, as far as showing its traps takes: appends without expectations, whose replies can be held
 * and reversed.
 */
export const batchAppends = (log: InMemoryLog, faults: Faults) => {
  let toHold = 0;
  const held: (() => void)[] = [];
  const handle: handleBidiStreamingCall<streamsTypes.BatchAppendReq, streamsTypes.BatchAppendResp> = (
    call,
  ) => {
    call.on('data', (message: streamsTypes.BatchAppendReq) => {
      const fault = faults.take('batch append');
      if (fault === 'ignore') return;
      const stream = streamName(message.getOptions()?.getStreamIdentifier());
      const outcome = log.append(stream, 'any', message.getProposedMessagesList().map(proposedEvent));
      if (fault === 'lose the answer' || !outcome.accepted) return;
      const success = new streams.BatchAppendResp.Success();
      success.setCurrentRevision(String(outcome.revision));
      const position = offset(outcome.position!);
      success.setPosition(
        new shared.AllStreamPosition().setCommitPosition(position).setPreparePosition(position),
      );
      const reply = new streams.BatchAppendResp();
      reply.setCorrelationId(message.getCorrelationId());
      reply.setStreamIdentifier(message.getOptions()?.getStreamIdentifier());
      reply.setSuccess(success);
      const send = () => void call.write(reply);
      if (toHold === 0) return send();
      held.push(send);
      if (held.length < toHold) return;
      toHold = 0;
      for (const release of held.splice(0).reverse()) release();
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  };
  const replies: BatchReplies = {
    hold: (count) => {
      toHold = count;
    },
  };
  return { handle, replies };
};
