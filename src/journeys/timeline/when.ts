import type { VisibleEvent } from '../domain/journey.js';

export interface When {
  /** RFC 3339 in UTC. */
  readonly occurredAt: string;
  /** `YYYY-MM-DD`, where only the day is known. */
  readonly occurredOn?: string;
}

/**
 * When it happened, as far as the event says so: at a moment; on a day, for which that day's noon stands, but
 * nothing is recorded before it happens; otherwise when it was recorded.
 */
export const whenOf = ({ data, recordedAt }: VisibleEvent): When => {
  if ('occurredAt' in data) return { occurredAt: data.occurredAt };
  const occurredOn = dayIn(data);
  if (occurredOn === undefined) return { occurredAt: recordedAt };
  const noon = `${occurredOn}T12:00:00.000Z`;
  return { occurredAt: noon < recordedAt ? noon : recordedAt, occurredOn };
};

const dayIn = (data: VisibleEvent['data']): string | undefined => {
  if ('openedOn' in data) return data.openedOn;
  if ('withdrawnOn' in data) return data.withdrawnOn;
  if ('effectiveOn' in data) return data.effectiveOn;
  return 'occurredOn' in data ? data.occurredOn : undefined;
};
