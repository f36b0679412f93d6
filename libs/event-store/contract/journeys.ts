import { randomUUID } from 'node:crypto';
import { StoreUnavailable } from '../errors.js';
import type { EventStore, JsonObject, LogBatch, NewEvent, Position, RecordedEvent } from '../port.js';

/** A stream that no other test knows. The prefix may be anything that a stream may be called. */
export const newStream = (prefix = 'journey-'): string => `${prefix}${randomUUID()}`;

export const happened = (type: string, data: JsonObject = {}): NewEvent => ({
  id: randomUUID(),
  type,
  data,
  metadata: { actor: 'case-manager', organisation: 'kim-bergkamen', commandId: randomUUID() },
});

export const journeyOpened = (): NewEvent =>
  happened('JourneyOpened', { legalDomains: ['sgb2', 'aufenthg'] });

export const contactRecorded = (number = 0): NewEvent => happened('ContactRecorded', { number });

export const contacts = (count: number): NewEvent[] =>
  Array.from({ length: count }, (_, number) => contactRecorded(number));

/** Opens a journey with so many contacts after the opening, and says where that left it. */
export const openJourney = async (store: EventStore, furtherContacts = 0): Promise<string> => {
  const stream = newStream();
  await store.append({ stream, expected: 'none', events: [journeyOpened(), ...contacts(furtherContacts)] });
  return stream;
};

export const idsOf = (events: readonly { readonly id: string }[]): string[] => events.map(({ id }) => id);

/** An append's refusal, as a value. */
export const refusalOf = async (answer: Promise<unknown>): Promise<unknown> => {
  try {
    await answer;
  } catch (error) {
    return error;
  }
  throw new Error('This was expected to be refused');
};

/** Everything after a position, batch by batch up to the log's head. */
export const readToHead = async (
  store: EventStore,
  { after, prefixes, limit = 100 }: { after?: Position | undefined; prefixes?: string[]; limit?: number },
): Promise<RecordedEvent[]> => {
  const found: RecordedEvent[] = [];
  for (let checkpoint = after; ;) {
    const batch = await store.readLog({ after: checkpoint, limit, ...(prefixes && { prefixes }) });
    found.push(...batch.events);
    checkpoint = batch.checkpoint;
    if (batch.atHead) return found;
  }
};

/** Consumes batches until so many events have come. */
export const take = async (
  batches: AsyncIterable<LogBatch, void>,
  count: number,
): Promise<RecordedEvent[]> => {
  const taken: RecordedEvent[] = [];
  if (count === 0) return taken;
  for await (const { events } of batches) {
    taken.push(...events);
    if (taken.length >= count) return taken;
  }
  throw new Error(`The subscription ended after ${taken.length} of ${count} events`);
};

/** As a careful client does it: what could not be answered is asked again, unchanged, until it has an answer. */
export const eventually = async <T>(ask: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      await new Promise((resume) => setTimeout(resume, 20));
    }
  }
};
