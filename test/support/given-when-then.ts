import { expect } from '@jest/globals';
import type { JourneyCommand, OpenJourney } from '../../src/journeys/domain/commands.js';
import { withCorrections } from '../../src/journeys/domain/corrections.js';
import { decide } from '../../src/journeys/domain/decide.js';
import type { Actor, Context, Decision, Refusal } from '../../src/journeys/domain/decision.js';
import type { JourneyEvent } from '../../src/journeys/domain/events.js';
import { foldJourney } from '../../src/journeys/domain/evolve.js';
import type { Journey, VisibleEvent } from '../../src/journeys/domain/journey.js';
import { openJourney } from '../../src/journeys/domain/opening.js';
import { journeyFormat } from '../../src/journeys/journey-format.js';
import { contextOf } from './office.js';
import { recorded, withFields } from './recorded.js';

export interface Outcome {
  /** Exactly these events, in this order. */
  then(...events: readonly JourneyEvent[]): void;
  /** It succeeds, and there is nothing to record. */
  thenNothing(): void;
  thenRefused(code: string, rest?: Partial<Refusal>): void;
}

interface Circumstances extends Partial<Omit<Context, 'actor' | 'now' | 'today'>> {
  /** RFC 3339 in UTC. */
  readonly at?: string;
}

/**
 * One decision as a story: `given` what has been recorded (`entry(n)` is the id of its n-th event), `when` a
 * command is sent `by` somebody, `then` this comes of it.
 */
export const given = (...history: readonly JourneyEvent[]) => ({
  when: (command: JourneyCommand | OpenJourney) => ({
    by: (actor: Actor, { at, ...rest }: Circumstances = {}): Outcome =>
      outcomeOf(
        decideOn(command, foldJourney(asDecided(history)), {
          ...contextOf(actor, at),
          statement: (eventId) =>
            withCorrections(recorded(history)).find((event) => event.eventId === eventId)?.data,
          ...rest,
        }),
      ),
  }),
});

/** The journey that these events make. */
export const journeyAfter = (history: readonly JourneyEvent[]): Journey =>
  foldJourney(withCorrections(recorded(history)));

/** What the record unseals for a decision: of many events only the plain part. */
const asDecided = (history: readonly JourneyEvent[]): readonly VisibleEvent[] =>
  withCorrections(
    recorded(history).map((event) =>
      journeyFormat.decisiveSeals.has(event.type)
        ? event
        : withFields(event, (_, rule) => rule?.startsWith('plain') === true),
    ),
  );

const decideOn = (command: JourneyCommand | OpenJourney, journey: Journey, context: Context): Decision =>
  command.type === 'OpenJourney' ? openJourney(command, journey, context) : decide(command, journey, context);

const outcomeOf = (decision: Decision): Outcome => ({
  then: (...events) => expect(decision).toStrictEqual({ events }),
  thenNothing: () => expect(decision).toStrictEqual({ events: [] }),
  thenRefused: (code, rest = {}) =>
    expect(decision).toEqual({ refusal: expect.objectContaining({ code, ...rest }) }),
});
