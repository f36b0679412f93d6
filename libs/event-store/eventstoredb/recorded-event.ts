import type { AllStreamResolvedEvent, ResolvedEvent } from '@eventstore/db-client';
import type { JsonObject, RecordedEvent } from '../port.js';
import type { LogPosition } from './connection.js';
import type { Positions } from './positions.js';

type Delivered = NonNullable<ResolvedEvent['event'] | AllStreamResolvedEvent['event']>;

/** Where an event that the server delivered lies in the log. */
export const placeOf = ({ event, commitPosition }: ResolvedEvent | AllStreamResolvedEvent): LogPosition => {
  const place = event?.position ?? (commitPosition && { commit: commitPosition, prepare: commitPosition });
  if (!place) throw new Error('EventStoreDB delivered an event without its position');
  return place;
};

/** An event as the port shows it. */
export const recordedEvent = (
  { streamId, id, type, revision, data, metadata }: Delivered,
  place: LogPosition,
  positions: Positions,
): RecordedEvent => ({
  id,
  type,
  data: data as JsonObject,
  metadata: (metadata ?? {}) as JsonObject,
  stream: streamId,
  revision: Number(revision),
  position: positions.print(place),
});
