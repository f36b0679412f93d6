import { randomUUID } from 'node:crypto';
import {
  BACKWARDS,
  END,
  FORWARDS,
  jsonEvent,
  streamNameFilter,
  WrongExpectedVersionError,
  type AllStreamResolvedEvent,
  type AppendExpectedRevision,
  type EventStoreDBClient,
  type Position,
} from '@eventstore/db-client';

/** Answers to a fixed series of questions, with all that differs from server to server replaced by names. */
export type Answers = Record<string, unknown>;

const credentials = { username: 'admin', password: 'changeit' };

/**
 * Puts the same questions to any server through the bare client: how it recognises repeated appends, where
 * reads begin and end, when a subscription tells how far it is. Takes a server that nobody else writes to.
 */
export const recordAnswers = async (client: EventStoreDBClient): Promise<Answers> => {
  const answers: Answers = {};
  const run = randomUUID();
  const journey = `answers-${run}-journey`;
  const other = `answers-${run}-other`;
  const absent = `answers-${run}-absent`;
  /** Positions in the order in which they were first seen. */
  const places = new Map<string, string>();
  const place = (position: Position | undefined): string => {
    if (!position) return 'none';
    if (position.commit > 2n ** 63n) return 'nothing yet';
    const known = places.get(position.commit.toString()) ?? `place ${places.size}`;
    places.set(position.commit.toString(), known);
    return position.prepare === position.commit ? known : `${known} with another prepare position`;
  };
  const ids = new Map<string, string>();
  const named = (name: string) => {
    const event = jsonEvent({
      id: randomUUID(),
      type: 'ContactRecorded',
      data: { name },
      metadata: { run: 1 },
    });
    ids.set(event.id, name);
    return event;
  };
  const ask = async (question: string, answer: () => Promise<unknown>): Promise<void> => {
    answers[question] = await answer().catch(refusal);
  };
  const append = async (
    stream: string,
    events: ReturnType<typeof jsonEvent>[],
    expected: AppendExpectedRevision,
  ) => {
    const options = { expectedRevision: expected, credentials };
    const { nextExpectedRevision, position } = await client.appendToStream(stream, events, options);
    return { revision: Number(nextExpectedRevision), position: place(position) };
  };

  const [a, b, c, d] = [named('a'), named('b'), named('c'), named('d')] as const;
  await ask('begin a stream with a and b', () => append(journey, [a, b], 'no_stream'));
  await ask('begin it again with the same', () => append(journey, [a, b], 'no_stream'));
  await ask('begin it with a alone', () => append(journey, [a], 'no_stream'));
  await ask('begin it with both in another order', () => append(journey, [b, a], 'no_stream'));
  await ask('begin it with a and something new', () => append(journey, [a, named('new')], 'no_stream'));
  await ask('begin it with something new', () => append(journey, [named('new')], 'no_stream'));
  await ask('the same again, expecting nothing', () => append(journey, [a, b], 'any'));
  await ask('b alone, expecting nothing', () => append(journey, [b], 'any'));
  await ask('b and something new, expecting nothing', () => append(journey, [b, named('new')], 'any'));
  await ask('c after 1', () => append(journey, [c], 1n));
  await ask('c after 1 again', () => append(journey, [c], 1n));
  await ask('b after 0', () => append(journey, [b], 0n));
  await ask('b and c after 0, which were two appends', () => append(journey, [b, c], 0n));
  await ask('c and something new after 1', () => append(journey, [c, named('new')], 1n));
  await ask('c after 0, where it is not', () => append(journey, [c], 0n));
  await ask('something new after 7', () => append(journey, [named('new')], 7n));
  await ask('something new after 0 in no stream', () => append(absent, [named('new')], 0n));
  await ask('something new in no stream that must exist', () =>
    append(absent, [named('new')], 'stream_exists'),
  );
  await ask('a in another stream', () => append(other, [a], 'no_stream'));
  await ask('c once more, after 2 where the stream is', () => append(journey, [c], 2n));
  await ask('d twice in one append', () => append(journey, [d, d], 3n));
  await ask('the largest append there can be', () => append(other, [sized(1024 * 1024)], 0n));
  await ask('a larger one', () => append(other, [sized(1024 * 1024 + 1)], 1n));
  await ask('a stream without a name', () => append('', [named('new')], 'no_stream'));

  const read = async (stream: string, options: Parameters<EventStoreDBClient['readStream']>[1] = {}) => {
    const found: string[] = [];
    for await (const { event } of client.readStream(stream, { ...options, credentials }))
      found.push(`${event!.revision} ${ids.get(event!.id)} ${place(event!.position)}`);
    return found;
  };
  await ask('read the stream', () => read(journey));
  await ask('read it from 2', () => read(journey, { fromRevision: 2n }));
  await ask('read 2 of it from 1', () => read(journey, { fromRevision: 1n, maxCount: 2 }));
  await ask('read it from behind its end', () => read(journey, { fromRevision: 99n }));
  await ask('read it backwards', () => read(journey, { direction: BACKWARDS, fromRevision: END }));
  await ask('read it backwards from 2', () => read(journey, { direction: BACKWARDS, fromRevision: 2n }));
  await ask('read a stream that is not there', () => read(absent));

  const all: Position[] = [];
  for await (const { event } of client.readStream(journey, { credentials })) all.push(event!.position!);
  const [first, second, third] = all as [Position, Position, Position];
  const last = all.at(-1)!;
  const between = { commit: first.commit + 1n, prepare: first.prepare + 1n };
  const beyond = { commit: first.commit + 10n ** 12n, prepare: first.commit + 10n ** 12n };
  const readAll = async (options: Parameters<EventStoreDBClient['readAll']>[0]) => {
    const found: string[] = [];
    for await (const { event } of client.readAll({ ...options, credentials }))
      found.push(place(event!.position));
    return found;
  };
  for (const direction of [FORWARDS, BACKWARDS] as const) {
    await ask(`read the log ${direction} from an event`, () =>
      readAll({ fromPosition: second, maxCount: direction === FORWARDS ? 2 : 1, direction }),
    );
    await ask(`read the log ${direction} from behind its end`, async () => {
      const found = await readAll({ fromPosition: beyond, maxCount: 1, direction });
      return found.length;
    });
  }
  await ask('read the log from between two events', () => readAll({ fromPosition: between, maxCount: 2 }));
  await ask('read the log backwards from its end', () =>
    readAll({ fromPosition: END, maxCount: 1, direction: BACKWARDS }),
  );

  const subscribe = async (
    fromPosition: Position,
    prefix: string,
    window = 32,
    whenCaughtUp?: () => Promise<unknown>,
  ) => {
    const told = { events: [] as string[], checkpoints: [] as string[] };
    const watched = watchSubscription(client, fromPosition, prefix, window, (kind, position) =>
      told[kind].push(place(position)),
    );
    await watched.caughtUp;
    if (whenCaughtUp) {
      const considered = watched.checkpoint();
      await whenCaughtUp();
      await considered;
    }
    await watched.end();
    return told;
  };
  await ask('subscribe after an event', () => subscribe(second, journey));
  await ask('subscribe after an event to streams that are not there', () => subscribe(second, absent));
  await ask('subscribe from between two events', () => subscribe(between, journey));
  await ask('subscribe from behind the end', () => subscribe(beyond, journey));
  await ask('subscribe, considering one event at a time', () => subscribe(third, absent, 1));
  await ask('subscribe to what is not there while something else is appended', () =>
    subscribe(last, absent, 1, () => append(journey, [named('live')], 'any')),
  );
  return answers;
};

/** An event with this many bytes of data, which is all that the server counts. */
const sized = (bytes: number) =>
  jsonEvent({ type: 'T', data: { text: 'x'.repeat(bytes - '{"text":""}'.length) } });

interface Watched {
  readonly caughtUp: Promise<void>;
  /** Resolves at the next checkpoint. */
  checkpoint(): Promise<void>;
  end(): Promise<void>;
}

/** Tells events and checkpoints of a filtered subscription, each kind in order. */
const watchSubscription = (
  client: EventStoreDBClient,
  fromPosition: Position,
  prefix: string,
  maxSearchWindow: number,
  tell: (kind: 'events' | 'checkpoints', position: Position) => void,
): Watched => {
  let told = (): void => undefined;
  const subscription = client.subscribeToAll({
    fromPosition,
    credentials,
    filter: streamNameFilter({
      prefixes: [prefix],
      maxSearchWindow,
      checkpointInterval: 1,
      checkpointReached: (_, position) => {
        tell('checkpoints', position);
        told();
        return Promise.resolve();
      },
    }),
  });
  subscription.on('data', ({ event }: AllStreamResolvedEvent) => tell('events', event!.position));
  return {
    caughtUp: new Promise((resolve, reject) => {
      // Events told before may still be on their way through the client.
      subscription.once('caughtUp', () => setImmediate(resolve));
      subscription.once('error', reject);
    }),
    checkpoint: () => new Promise((resolve) => (told = resolve)),
    end: () => subscription.unsubscribe(),
  };
};

const refusal = (error: unknown): unknown => {
  if (error instanceof WrongExpectedVersionError)
    return {
      refused: error.type,
      actual: typeof error.actualVersion === 'bigint' ? Number(error.actualVersion) : error.actualVersion,
    };
  const { type, code, message } = error as { type?: string; code?: number; message: string };
  return { refused: type ?? 'error', code: code ?? 'none', message: message.replace(/answers-[^ ']+-/, '') };
};
