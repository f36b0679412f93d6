import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type * as streamsTypes from '@eventstore/db-client/generated/streams_pb.js';
import type { Expected, Outcome, ProposedEvent, StoredEvent } from './log.js';

/** An offset in the log as it is printed on the wire: unsigned, so that `nothing yet` is the greatest one. */
export const offset = (position: number): string => BigInt.asUintN(64, BigInt(position)).toString();

/** Events have the same commit and prepare position; what lies before an event has prepare position 0. */
export interface Place {
  readonly commit: number;
  readonly prepare: number;
}

export const eventMessage = (stored: StoredEvent): streamsTypes.ReadResp => {
  const event = new streams.ReadResp.ReadEvent.RecordedEvent();
  event.setId(new shared.UUID().setString(stored.id));
  event.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stored.stream)));
  event.setStreamRevision(String(stored.revision));
  event.setCommitPosition(offset(stored.position));
  event.setPreparePosition(offset(stored.position));
  event.getMetadataMap().set('type', stored.type);
  event.getMetadataMap().set('content-type', stored.contentType);
  event.getMetadataMap().set('created', String(stored.recordedAt.getTime() * 10_000));
  event.setData(stored.data);
  event.setCustomMetadata(stored.metadata);
  const read = new streams.ReadResp.ReadEvent().setEvent(event).setCommitPosition(offset(stored.position));
  return new streams.ReadResp().setEvent(read);
};

export const streamNotFound = (name: string): streamsTypes.ReadResp => {
  const notFound = new streams.ReadResp.StreamNotFound();
  notFound.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(name)));
  return new streams.ReadResp().setStreamNotFound(notFound);
};

export const confirmation = (): streamsTypes.ReadResp =>
  new streams.ReadResp().setConfirmation(
    new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId('stand-in'),
  );

export const caughtUp = (): streamsTypes.ReadResp =>
  new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());

export const checkpointMessage = ({ commit, prepare }: Place): streamsTypes.ReadResp =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(offset(commit)).setPreparePosition(offset(prepare)),
  );

export const appendAnswer = (outcome: Outcome, expected: Expected): streamsTypes.AppendResp => {
  const answer = new streams.AppendResp();
  if (outcome.accepted) {
    const success = new streams.AppendResp.Success();
    if (outcome.revision === undefined) success.setNoStream(new shared.Empty());
    else success.setCurrentRevision(String(outcome.revision));
    if (outcome.position === undefined) success.setNoPosition(new shared.Empty());
    else
      success.setPosition(
        new streams.AppendResp.Position()
          .setCommitPosition(offset(outcome.position))
          .setPreparePosition(offset(outcome.position)),
      );
    return answer.setSuccess(success);
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (outcome.current === undefined) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(outcome.current));
  if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
  else if (expected === 'no stream') wrong.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream exists') wrong.setExpectedStreamExists(new shared.Empty());
  else wrong.setExpectedRevision(String(expected));
  return answer.setWrongExpectedVersion(wrong);
};

export const streamName = (identifier: { getStreamName(): Uint8Array | string } | undefined): string =>
  Buffer.from(identifier?.getStreamName() ?? '').toString('utf8');

/** An event as it was proposed, by the classic append or by a batch. */
export const proposedEvent = (
  message: streamsTypes.AppendReq.ProposedMessage | streamsTypes.BatchAppendReq.ProposedMessage,
): ProposedEvent => ({
  id: message.getId()?.getString().toLowerCase() ?? '',
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});
