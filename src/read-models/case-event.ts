import type { Position, RecordedEvent } from '#event-store';
import type { SubjectKey } from '#personal-data';
import { clientFormat } from '../clients/index.js';
import type { ClientEvent } from '../clients/index.js';
import { journeyFormat } from '../journeys/index.js';
import type { JourneyEvent } from '../journeys/index.js';
import { decode, metadataOf } from '../record/index.js';
import type { Recorded } from '../record/index.js';
import type { FetchedKeys } from './batch-keys.js';

/** An event as read models get it: unsealed for one batch, of an erased person only its plain part. */
export interface CaseEvent {
  readonly stream: string;
  readonly position: Position;
  /** The person whose key seals it. */
  readonly subject: string;
  /** The key is gone. */
  readonly erased: boolean;
  readonly event: Recorded<ClientEvent> | Recorded<JourneyEvent>;
}

/** Decodes a batch with the keys of everybody in it, fetched with one statement and forgotten afterwards. */
export const caseEvents =
  (keys: FetchedKeys) =>
  async (stored: readonly RecordedEvent[]): Promise<readonly CaseEvent[]> => {
    const subjectKeys = await keys.fetch(new Set(stored.map(personOf)));
    return stored.map((event) => caseEvent(event, subjectKeys));
  };

/** What clients and journeys are told of is always somebody's. */
const personOf = (stored: RecordedEvent): string => metadataOf(stored).subject!;

const caseEvent = (stored: RecordedEvent, keys: ReadonlyMap<string, SubjectKey>): CaseEvent => {
  const subject = personOf(stored);
  const key = keys.get(subject);
  return {
    stream: stored.stream,
    position: stored.position,
    subject,
    erased: key === undefined,
    event: stored.stream.startsWith('client-')
      ? decode(stored, key, clientFormat)
      : decode(stored, key, journeyFormat),
  };
};
