import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { everyCommand } from '../../test/support/every-command.js';
import { everyEvent, everyEventInTurn } from '../../test/support/every-event.js';
import {
  caseManager,
  contextOf,
  headOfTeam,
  jobCentre,
  jobCentreHead,
  jobCentreWorker,
} from '../../test/support/office.js';
import { recorded } from '../../test/support/recorded.js';
import { dataCategories } from '../journeys/domain/codes.js';
import type { DataCategory } from '../journeys/domain/codes.js';
import { withCorrections } from '../journeys/domain/corrections.js';
import { decide } from '../journeys/domain/decide.js';
import type { Actor } from '../journeys/domain/decision.js';
import { foldJourney } from '../journeys/domain/evolve.js';
import { ownersGrants } from '../journeys/domain/grants.js';
import { redact } from '../journeys/domain/redact.js';
import { dueDates, phaseOf } from '../journeys/index.js';
import type { Journey, JourneyEvent, VisibleEvent } from '../journeys/index.js';
import { addDays, addWorkingDays, berlinDay } from '../reference/index.js';
import { evolveSlim, noSlimJourney } from './slim.js';
import type { SlimJourney } from './slim.js';

const calendar = { addDays, addWorkingDays, dayOf: berlinDay };

/** A command, or the whole way of a handover with these categories, to the other of two offices. */
type Step =
  (typeof everyCommand)[number] | { readonly type: 'handover'; readonly categories: readonly DataCategory[] };

/** What is recorded when these follow each other, each making the thing that `everyEvent` knows. */
const decided = (steps: readonly Step[]): readonly VisibleEvent[] => {
  const events: { readonly event: JourneyEvent; readonly by: Actor }[] = [
    { event: everyEventInTurn[0]!, by: headOfTeam },
  ];
  const sofar = () => recorded(events.map(({ event }) => event)).map(byWhom(events));
  for (const step of steps) {
    if (step.type === 'handover') {
      events.push(...handedOver(foldJourney(sofar()), step.categories, `handover-${events.length}`));
      continue;
    }
    // Each by the first of those who may: after a handover others are asked.
    const journey = asOwnerSees(sofar());
    const made = actors.map((actor) => ({ by: actor, ...decide(step, journey, contextFor(actor)) }));
    const { by, events: more = [] } = made.find((one) => one.events?.length) ?? made[0]!;
    // The ids are those that later commands refer to: so each thing is made once.
    const isThere = more.some(
      (one) => isBeginning(one) && events.some(({ event }) => event.type === one.type),
    );
    for (const { type, data } of isThere ? [] : more)
      events.push({ event: { type, data: { ...data, ...idOf(type) } } as JourneyEvent, by });
  }
  return sofar();
};

const byWhom =
  (events: readonly { readonly by: Actor }[]) =>
  (event: VisibleEvent, index: number): VisibleEvent => ({
    ...event,
    recordedBy: events[index]?.by ?? event.recordedBy,
  });

const handedOver = (journey: Journey, packageCategories: readonly DataCategory[], handoverId: string) => {
  if (journey.stage !== 'active') return [];
  const [from, to] =
    journey.owner.organisationId === jobCentre ? [jobCentreHead, headOfTeam] : [headOfTeam, jobCentreHead];
  const proposal = { ...everyEvent.HandoverProposed, basis: { type: 'statute', rule: 'none' } as const };
  const step = (by: Actor, event: JourneyEvent) => ({ by, event });
  return [
    step(from, {
      type: 'HandoverProposed',
      data: { ...proposal, handoverId, packageCategories, toOrganisationId: to.organisationId },
    }),
    step(from, { type: 'HandoverApproved', data: { handoverId } }),
    step(to, {
      type: 'HandoverAccepted',
      data: { handoverId, owner: to, packageHash: everyEvent.HandoverAccepted.packageHash },
    }),
  ];
};

const actors: readonly Actor[] = [
  headOfTeam,
  { ...caseManager, roles: ['case_manager', 'supervisor'] },
  jobCentreHead,
  { ...jobCentreWorker, roles: ['case_manager', 'supervisor'] },
];

const contextFor = (actor: Actor) => ({
  ...contextOf(actor),
  packageHash: () => everyEvent.HandoverAccepted.packageHash,
});

const isBeginning = ({ type }: JourneyEvent): boolean =>
  /Given|Made|Agreed|Planned|Identified|Disputed|Proposed/.test(type);

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

const freeTexts = [
  ...['description', 'clientWish', 'wording', 'measuredBy', 'title', 'note', 'concern', 'text'],
  ...['nonce', 'question', 'answer', 'acknowledged'],
];

/** As a row is: read from its text before every event. */
const foldSlim = (events: readonly VisibleEvent[]): SlimJourney =>
  events.reduce<SlimJourney>(
    (journey, event) => JSON.parse(JSON.stringify(evolveSlim(journey, event))) as SlimJourney,
    noSlimJourney,
  );

/** The whole record as far as the owner of the day may see it. */
const asOwnerSees = (events: readonly VisibleEvent[]): Journey => {
  const whole = withCorrections(events);
  const journey = foldJourney(whole);
  return journey.stage === 'none'
    ? journey
    : foldJourney(redact(whole, ownersGrants(journey), journey.owner.organisationId));
};

describe('A slim journey', () => {
  it('answers what lists ask as the whole record does, whatever was decided in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...everyCommand), { maxLength: 40 }), (commands) => {
        const events = decided(commands);
        expect(asked(foldSlim(events).journey)).toEqual(asked(asOwnerSees(events)));
      }),
      { numRuns: 200 },
    );
  });

  it('answers as what the new owner sees does, when the client is handed to and fro', () => {
    const step: fc.Arbitrary<Step> = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...everyCommand) },
      {
        weight: 1,
        arbitrary: fc
          .subarray([...dataCategories])
          .map((categories) => ({ type: 'handover' as const, categories })),
      },
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 40 }), (steps) => {
        const events = decided(steps);
        expect(asked(foldSlim(events).journey)).toEqual(asked(asOwnerSees(events)));
      }),
      { numRuns: 300 },
    );
  });

  it('holds no free text, at no point of its way', () => {
    const texts = everyEventInTurn.flatMap(({ data }) =>
      Object.entries(data).flatMap(([field, value]) => (freeTexts.includes(field) ? [String(value)] : [])),
    );
    expect(texts.length).toBeGreaterThan(10);
    for (const [last] of everyEventInTurn.entries()) {
      const row = JSON.stringify(foldSlim(recorded(everyEventInTurn.slice(0, last + 1))));
      for (const text of texts) expect(row).not.toContain(text);
    }
  });
});
