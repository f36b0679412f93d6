import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type * as streamsTypes from '@eventstore/db-client/generated/streams_pb.js';
import { status, type handleBidiStreamingCall, type handleClientStreamingCall } from '@grpc/grpc-js';
import type { Faults } from './faults.js';
import type { Expected, InMemoryLog, ProposedEvent } from './log.js';
import { appendAnswer, offset, proposedEvent, streamName } from './messages.js';
import { namelessStream, refusal } from './refusals.js';

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
        const stream = streamName(options.getStreamIdentifier());
        if (stream === '') return answer(refusal(namelessStream));
        // The server means to count metadata and type, too, and does not.
        const size = events.reduce((sum, { data }) => sum + data.length, 0);
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
        const outcome = log.append(stream, expected, events);
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

/** Batch append, as far as showing its traps takes: appends without expectations, none of which is refused. */
export const handleBatchAppend =
  (
    log: InMemoryLog,
    faults: Faults,
  ): handleBidiStreamingCall<streamsTypes.BatchAppendReq, streamsTypes.BatchAppendResp> =>
  (call) => {
    const answer = async (message: streamsTypes.BatchAppendReq): Promise<void> => {
      const fault = faults.take('batch append');
      if (fault === 'ignore') return;
      if (typeof fault === 'object' && 'hold' in fault) await fault.hold;
      const stream = streamName(message.getOptions()?.getStreamIdentifier());
      const outcome = log.append(stream, 'any', message.getProposedMessagesList().map(proposedEvent));
      if (fault === 'lose the answer' || !outcome.accepted) return;
      const position = offset(outcome.position!);
      const success = new streams.BatchAppendResp.Success()
        .setCurrentRevision(String(outcome.revision))
        .setPosition(new shared.AllStreamPosition().setCommitPosition(position).setPreparePosition(position));
      call.write(
        new streams.BatchAppendResp()
          .setCorrelationId(message.getCorrelationId())
          .setStreamIdentifier(message.getOptions()?.getStreamIdentifier())
          .setSuccess(success),
      );
    };
    call.on('data', (message: streamsTypes.BatchAppendReq) => void answer(message));
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  };
