import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { everyCommand } from '../../test/support/every-command.js';
import { everyEvent, everyEventInTurn } from '../../test/support/every-event.js';
import { contextOf, headOfTeam } from '../../test/support/office.js';
import { recorded } from '../../test/support/recorded.js';
import { withCorrections } from '../journeys/domain/corrections.js';
import { decide } from '../journeys/domain/decide.js';
import { foldJourney } from '../journeys/domain/evolve.js';
import { dueDates, noJourney, phaseOf } from '../journeys/index.js';
import type { Journey, JourneyEvent, VisibleEvent } from '../journeys/index.js';
import { addDays, addWorkingDays, berlinDay } from '../reference/index.js';
import { evolveSlim } from './slim.js';

const calendar = { addDays, addWorkingDays, dayOf: berlinDay };

/** What is recorded when these commands follow each other, each making the thing that `everyEvent` knows. */
const decided = (commands: typeof everyCommand): readonly VisibleEvent[] => {
  let events = everyEventInTurn.slice(0, 1);
  for (const command of commands) {
    const journey = foldJourney(withCorrections(recorded(events)));
    const { events: more = [] } = decide(command, journey, contextOf(headOfTeam));
    // The ids are those that later commands refer to.
    events = [
      ...events,
      ...more.map(({ type, data }) => ({ type, data: { ...data, ...idOf(type) } }) as JourneyEvent),
    ];
  }
  return recorded(events);
};

const idOf = (type: JourneyEvent['type']): object =>
  Object.fromEntries(
    Object.entries(everyEvent[type]).filter(([field]) => field.endsWith('Id') && field !== 'eventId'),
  );

/** What lists across journeys ask of one. */
const asked = (journey: Journey) =>
  journey.stage === 'none'
    ? undefined
    : {
        phase: phaseOf(journey),
        owner: journey.owner,
        dues: dueDates(journey, calendar),
        urgencies: journey.needs.filter(({ status }) => status === 'open').map(({ urgency }) => urgency),
        lastContact: journey.contacts
          .map(({ occurredAt }) => occurredAt)
          .toSorted()
          .at(-1),
      };

/** As a row is: read from its text before every event. */
const foldSlim = (events: readonly VisibleEvent[]): Journey =>
  events.reduce<Journey>(
    (journey, event) => JSON.parse(JSON.stringify(evolveSlim(journey, event))) as Journey,
    noJourney,
  );

describe('A slim journey', () => {
  it('answers what lists ask as the whole record does, whatever was decided in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...everyCommand), { maxLength: 40 }), (commands) => {
        const events = decided(commands);
        expect(asked(foldSlim(events))).toEqual(asked(foldJourney(withCorrections(events))));
      }),
      { numRuns: 300 },
    );
  });

  it('holds no free text, at no point of its way', () => {
    const texts = everyEventInTurn.flatMap(({ data }) =>
      Object.entries(data).flatMap(([field, value]) =>
        ['description', 'clientWish', 'wording', 'measuredBy', 'title', 'note', 'concern', 'text'].includes(
          field,
        )
          ? [String(value)]
          : [],
      ),
    );
    expect(texts.length).toBeGreaterThan(5);
    for (const [last] of everyEventInTurn.entries()) {
      const row = JSON.stringify(foldSlim(recorded(everyEventInTurn.slice(0, last + 1))));
      for (const text of texts) expect(row).not.toContain(text);
    }
  });
});
