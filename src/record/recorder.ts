import { StoreUnavailable, WrongExpectedRevision } from '#event-store';
import type { EventStore, Position, RecordedEvent } from '#event-store';
import type { SubjectKey, SubjectKeys } from '#personal-data';
import { decode, encode, metadataOf } from './codec.js';
import type { DomainEvent, StreamFormat } from './codec.js';
import { KeyReused, StaleRevision, SubjectKeyMissing } from './errors.js';
import type { Recorded } from './recorded.js';
import { uuidV5 } from './uuid-v5.js';

/** Who asks for what, under which key: everything about a command that goes into the record's metadata. */
export interface CommandRequest {
  /** UUID v5 of caller, method, path and Idempotency-Key. */
  readonly commandId: string;
  /** Keyed hash of the body. */
  readonly fingerprint: string;
  readonly correlationId: string;
  readonly caller: {
    readonly userId: string;
    readonly organisationId: string;
    readonly roles: readonly string[];
  };
  /** The revision that the caller has seen (If-Match). */
  readonly ifMatch?: number;
}

/** A stream as it stands. */
export interface History<E> {
  readonly events: readonly Recorded<E>[];
  /** Of the last event; -1 if there is no such stream. */
  readonly revision: number;
  readonly position: Position | undefined;
  /** The key of the person is gone: of the events only the plain part is left. */
  readonly erased: boolean;
}

export interface Recording<E extends DomainEvent, State> {
  readonly stream: string;
  readonly format: StreamFormat<E>;
  readonly request: CommandRequest;
  readonly fold: (events: readonly Recorded<E>[]) => State;
  /** Whether the decision needs everything unsealed, and not only what decisions look at for the most part. */
  readonly needsAll?: (state: State) => boolean;
  /** Whose key seals the events; absent where they are about no one person. */
  readonly subject?: (state: State) => string;
  /** Throws if the caller may not know or touch the stream; comes before any answer about its state. */
  readonly admit: (state: State, history: History<E>) => void | Promise<void>;
  /** The revision that the caller reads, where that is not the stream's: what `If-Match` is held against. */
  readonly revisionRead?: (state: State, history: History<E>) => number;
  /** Throws the refusal; no events mean that nothing is to be changed. */
  readonly decide: (state: State) => readonly E[];
}

export interface Outcome<E> {
  /** What this command recorded, now or when it was first sent. */
  readonly events: readonly Recorded<E>[];
  /** Of the stream's last event that this answer is about. */
  readonly revision: number;
  readonly position: Position | undefined;
}

export interface Recorder {
  load<E extends DomainEvent>(stream: string, format: StreamFormat<E>): Promise<History<E>>;
  /**
   * Decides on the newest state and appends with its exact revision, anew as long as somebody else was
   * faster. A command that stands in the stream already is answered from its events.
   * @throws KeyReused, StaleRevision, SubjectKeyMissing, and whatever `admit` and `decide` throw
   */
  record<E extends DomainEvent, State>(recording: Recording<E, State>): Promise<Outcome<E>>;
}

export const createRecorder = (store: EventStore, keys: SubjectKeys, clock: { now(): Date }): Recorder => {
  const inTurn = turns();

  const load = async <E extends DomainEvent>(stream: string, format: StreamFormat<E>) => {
    const { stored, subjectKeys } = await loaded(stream);
    return historyOf(stored, subjectKeys, format);
  };

  const loaded = async (stream: string) => {
    const stored = await store.readStream(stream);
    const subjects = new Set(stored.flatMap((event) => metadataOf(event).subject ?? []));
    return { stored, subjectKeys: await keys.fetch(subjects) };
  };

  const attempt = async <E extends DomainEvent, State>(
    recording: Recording<E, State>,
  ): Promise<Outcome<E>> => {
    const { stream, format, request, fold, needsAll, subject, admit, revisionRead, decide } = recording;
    const { stored, subjectKeys } = await loaded(stream);
    const decisive = historyOf(stored, subjectKeys, format, format.decisiveSeals);
    const earlier = answerOf(request, stored, decisive);
    if (earlier) return earlier;
    const decisiveState = fold(decisive.events);
    const all = needsAll?.(decisiveState) === true ? historyOf(stored, subjectKeys, format) : undefined;
    const history = all ?? decisive;
    const state = all ? fold(all.events) : decisiveState;
    await admit(state, history);
    if (request.ifMatch !== undefined) {
      const read = revisionRead?.(state, history) ?? history.revision;
      if (request.ifMatch !== read) throw new StaleRevision();
    }
    const events = decide(state);
    const last = history.events.at(-1);
    if (events.length === 0) return unchanged(stored, revisionRead?.(state, history) ?? history.revision);

    const person = subject?.(state);
    const key =
      person === undefined
        ? undefined
        : (subjectKeys.get(person) ?? (await firstKeyOf(person, stored, keys)));
    const metadata = {
      ...(person !== undefined && { subject: person }),
      actor: request.caller.userId,
      organisation: request.caller.organisationId,
      roles: request.caller.roles,
      correlationId: request.correlationId,
      causationId: request.commandId,
      commandId: request.commandId,
      fingerprint: request.fingerprint,
      recordedAt: notBefore(last?.recordedAt, clock.now()),
    };
    const encoded = events.map((event, index) =>
      encode(event, eventId(request.commandId, stream, index), metadata, key, format),
    );
    const { revision, position } = await store.append({
      stream,
      expected: history.revision < 0 ? 'none' : history.revision,
      events: encoded,
    });
    const recorded = encoded.map(({ id }, index) => ({
      ...(events[index] as E),
      eventId: id,
      revision: history.revision + 1 + index,
      recordedAt: metadata.recordedAt,
      recordedBy: { organisationId: metadata.organisation, userId: metadata.actor },
    }));
    return { events: recorded, revision, position };
  };

  const record = async <E extends DomainEvent, State>(
    recording: Recording<E, State>,
  ): Promise<Outcome<E>> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(recording);
      } catch (error) {
        // Whoever loses against other instances of the application again and again is told so by the store.
        if (!(error instanceof WrongExpectedRevision) || tries === 50) throw error;
      }
    }
  };

  return { load, record: (recording) => inTurn(recording.stream, () => record(recording)) };
};

/** Ids derive from the command, so that the same command makes the same events. */
export const eventId = (commandId: string, stream: string, index: number): string =>
  uuidV5(`${stream}/${index}`, commandId);

const historyOf = <E extends DomainEvent>(
  stored: readonly RecordedEvent[],
  keys: ReadonlyMap<string, SubjectKey>,
  format: StreamFormat<E>,
  unsealed?: ReadonlySet<string>,
): History<E> => ({
  events: stored.map((event) =>
    decode(
      event,
      unsealed === undefined || unsealed.has(event.type) ? keyFor(event, keys) : undefined,
      format,
    ),
  ),
  revision: stored.at(-1)?.revision ?? -1,
  position: stored.at(-1)?.position,
  erased: stored.some((event) => metadataOf(event).subject !== undefined && !keyFor(event, keys)),
});

const keyFor = (event: RecordedEvent, keys: ReadonlyMap<string, SubjectKey>): SubjectKey | undefined => {
  const { subject } = metadataOf(event);
  return subject === undefined ? undefined : keys.get(subject);
};

const answerOf = <E extends DomainEvent>(
  { commandId, fingerprint }: CommandRequest,
  stored: readonly RecordedEvent[],
  history: History<E>,
): Outcome<E> | undefined => {
  const own = stored.filter((event) => metadataOf(event).commandId === commandId);
  const last = own.at(-1);
  if (!last) return undefined;
  if (metadataOf(last).fingerprint !== fingerprint) throw new KeyReused();
  const ids = new Set(own.map(({ id }) => id));
  return {
    events: history.events.filter((event) => ids.has(event.eventId)),
    revision: last.revision,
    position: last.position,
  };
};

/** What the caller reads is what the answer is about: how much further the stream goes may be nothing for them. */
const unchanged = (stored: readonly RecordedEvent[], revision: number): Outcome<never> => ({
  events: [],
  revision,
  position: stored.find((event) => event.revision === revision)?.position,
});

/** Under a second key a person's events could never be read together again. */
const firstKeyOf = async (
  subject: string,
  stored: readonly RecordedEvent[],
  keys: SubjectKeys,
): Promise<SubjectKey> => {
  if (stored.some((event) => metadataOf(event).subject === subject)) throw new SubjectKeyMissing();
  await keys.create(subject);
  const key = (await keys.fetch([subject])).get(subject);
  // One that was destroyed is not made again.
  if (!key) throw new SubjectKeyMissing();
  return key;
};

const notBefore = (earlier: string | undefined, now: Date): string => {
  const instant = now.toISOString();
  return earlier !== undefined && earlier > instant ? earlier : instant;
};

/** While the store is away nobody waits longer than whoever is in front. */
const unlessAway =
  <T>(work: () => Promise<T>) =>
  (error: unknown): Promise<T> => {
    if (error instanceof StoreUnavailable) throw error;
    return work();
  };

/**
 * Lets the commands on one stream wait for each other. The append's expected revision is what keeps them
 * apart; taking turns only spares them from losing against their neighbours.
 */
const turns = () => {
  const last = new Map<string, Promise<unknown>>();
  return async <T>(stream: string, work: () => Promise<T>): Promise<T> => {
    const before = last.get(stream);
    const turn = before === undefined ? work() : before.then(work, unlessAway(work));
    last.set(stream, turn);
    try {
      return await turn;
    } finally {
      if (last.get(stream) === turn) last.delete(stream);
    }
  };
};
