import { date, json, nullable, projection, text } from '#projections';
import type { Projection, RowOf } from '#projections';
import type { JsonValue } from '#event-store';
import type { CaseEvent } from '../../read-models/index.js';
import { factEventTypes, factsAfter } from './fold.js';
import type { FactContext, FactEvent } from './fold.js';
import { withoutSealed } from './journey-facts.js';
import type { JourneyFacts } from './journey-facts.js';
import { ageGroupOn } from './person-facts.js';

/** The event that will be recorded when a person is erased; until then only the missing key tells. */
const clientErased = 'ClientErased';

const personColumns = {
  /** A keyed hash of the client's id. */
  person: text(),
  registeredOn: date(),
  sex: nullable(text()),
  ageGroup: nullable(text()),
  /** The person who is the same, after a merge. */
  mergedInto: nullable(text()),
};

type PersonRow = RowOf<typeof personColumns>;

/** What indicators know of a person: two coarse codes. */
export const personFactsProjection = ({ hashOf, dayOf }: FactContext): Projection<CaseEvent> =>
  projection({
    name: 'fact_persons',
    version: 1,
    prefixes: ['client-'],
    eventTypes: ['ClientRegistered', 'ClientCorrected', 'ClientsMerged', clientErased],
    columns: personColumns,
    key: 'person',
    rowKeysOf: ({ stream }: CaseEvent) => [hashOf(stream.slice('client-'.length))],
    evolve: (row, { event: recorded, stream, erased }: CaseEvent, person): PersonRow | undefined => {
      const event = recorded as unknown as FactEvent;
      const next = (): PersonRow | undefined => {
        if (event.type === 'ClientRegistered') {
          const registeredOn = dayOf(event.recordedAt);
          const unknown = { person, registeredOn, sex: null, ageGroup: null, mergedInto: null };
          return { ...unknown, ...codesOf(event, unknown) };
        }
        if (!row) return undefined;
        if (event.type === 'ClientCorrected') return { ...row, ...codesOf(event, row) };
        if (event.type === 'ClientsMerged') {
          const { survivorClientId, duplicateClientId } = event.data as Readonly<Record<string, string>>;
          // It counts where it stands in the duplicate's own stream.
          if (stream !== `client-${duplicateClientId}` || survivorClientId === undefined) return row;
          return { ...row, mergedInto: hashOf(survivorClientId) };
        }
        return row;
      };
      const known = next();
      return known && (erased || event.type === clientErased)
        ? { ...known, sex: null, ageGroup: null }
        : known;
    },
  });

const codesOf = ({ data }: FactEvent, { registeredOn, sex, ageGroup }: PersonRow) => ({
  sex: typeof data['sex'] === 'string' ? data['sex'] : sex,
  ageGroup: ageGroupOn(registeredOn, data) ?? ageGroup,
});

const journeyColumns = {
  /** A keyed hash of the journey's id. */
  journey: text(),
  /** As in `fact_persons`. */
  person: text(),
  /** The day of its last event. */
  recordedOn: date(),
  facts: json<JsonValue>(),
};

/** What indicators know of a journey: codes and days. */
export const journeyFactsProjection = (context: FactContext): Projection<CaseEvent> =>
  projection({
    name: 'fact_journeys',
    version: 4,
    prefixes: ['journey-', 'client-'],
    eventTypes: [...factEventTypes, clientErased],
    columns: journeyColumns,
    key: 'journey',
    related: {
      column: 'person',
      valueOf: ({ event, stream }: CaseEvent) =>
        (event.type as string) === clientErased ? context.hashOf(stream.slice('client-'.length)) : undefined,
    },
    rowKeysOf: ({ stream }: CaseEvent) =>
      stream.startsWith('journey-') ? [context.hashOf(stream.slice('journey-'.length))] : [],
    evolve: (row, { event: recorded, subject, erased }: CaseEvent, journey) => {
      const event = recorded as unknown as FactEvent;
      const before = row?.facts as unknown as JourneyFacts | undefined;
      const known = event.type === clientErased ? before : factsAfter(before, event, context);
      if (!known) return undefined;
      const facts = erased || event.type === clientErased ? withoutSealed(known) : known;
      return {
        journey,
        person: row?.person ?? context.hashOf(subject),
        recordedOn: context.dayOf(event.recordedAt),
        facts: facts as unknown as JsonValue,
      };
    },
  });
