import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { everyCommand } from '../../test/support/every-command.js';
import { everyEvent, everyEventInTurn } from '../../test/support/every-event.js';
import {
  adviser,
  caseManager,
  contextOf,
  headOfTeam,
  immigrationHead,
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

type Step =
  | (typeof everyCommand)[number]
  /** The whole way of a handover with these categories, to the next office or the one after that. */
  | { readonly type: 'handover'; readonly further: number; readonly categories: readonly DataCategory[] }
  /** A correction of one of the statements that the owner of the day sees. */
  | { readonly type: 'correction'; readonly of: number; readonly replacement: Replacement };

type Replacement = Readonly<Record<string, unknown>>;

/** What is recorded when these follow each other, each making the thing that `everyEvent` knows. */
const decided = (steps: readonly Step[]): readonly VisibleEvent[] => {
  const events: { readonly event: JourneyEvent; readonly by: Actor }[] = [
    { event: everyEventInTurn[0]!, by: headOfTeam },
  ];
  const sofar = () => recorded(events.map(({ event }) => event)).map(byWhom(events));
  for (const step of steps) {
    if (step.type === 'handover') {
      events.push(...handedOver(foldJourney(sofar()), step, `handover-${events.length}`));
      continue;
    }
    if (step.type === 'correction') {
      events.push(...correctedBy(sofar(), step));
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

const heads = [headOfTeam, jobCentreHead, immigrationHead];

const handedOver = (
  journey: Journey,
  { further, categories: packageCategories }: Extract<Step, { type: 'handover' }>,
  handoverId: string,
) => {
  if (journey.stage !== 'active') return [];
  const at = heads.findIndex(({ organisationId }) => organisationId === journey.owner.organisationId);
  const [from, to] = [heads[at]!, heads[(at + further) % heads.length]!];
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

const correctedBy = (
  events: readonly VisibleEvent[],
  { of, replacement }: Extract<Step, { type: 'correction' }>,
) => {
  const journey = foldJourney(events);
  const by = heads.find(
    (head) => journey.stage !== 'none' && head.organisationId === journey.owner.organisationId,
  )!;
  const seen = ownersEvents(events).filter(({ type }) => type in replacements);
  const { eventId, type } = seen[of % Math.max(seen.length, 1)] ?? { eventId: '', type: undefined };
  const fields = Object.entries(replacement).filter(([field]) => replacements[type ?? '']?.includes(field));
  return fields.length === 0
    ? []
    : [
        {
          by,
          event: {
            type: 'DataCorrected',
            data: { eventId, replacement: Object.fromEntries(fields) },
          } as const,
        },
      ];
};

/** Of what can be corrected, all that a list may depend on. */
const replacements: Readonly<Record<string, readonly string[]>> = {
  ContactRecorded: ['occurredAt', 'note'],
  NeedIdentified: ['fieldOfAction', 'urgency'],
  GoalAgreed: ['dueOn'],
  MeasurePlanned: ['dueOn', 'title'],
  JourneyClosed: ['outcome'],
};

const actors: readonly Actor[] = [
  headOfTeam,
  { ...caseManager, roles: ['case_manager', 'supervisor'] },
  jobCentreHead,
  { ...jobCentreWorker, roles: ['case_manager', 'supervisor'] },
  immigrationHead,
  adviser,
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
  ...['nonce', 'question', 'answer', 'acknowledged', 'reason', 'referredBy', 'statement', 'overrideReason'],
];

/** As a row is: read from its text before every event. */
const foldSlim = (events: readonly VisibleEvent[]): SlimJourney =>
  events.reduce<SlimJourney>(
    (journey, event) => JSON.parse(JSON.stringify(evolveSlim(journey, event))) as SlimJourney,
    noSlimJourney,
  );

/** The whole record as far as the owner of the day may see it. */
const asOwnerSees = (events: readonly VisibleEvent[]): Journey => foldJourney(ownersEvents(events));

const ownersEvents = (events: readonly VisibleEvent[]): readonly VisibleEvent[] => {
  const whole = withCorrections(events);
  const journey = foldJourney(whole);
  return journey.stage === 'none' ? [] : redact(whole, ownersGrants(journey), journey.owner.organisationId);
};

const correction: fc.Arbitrary<Step> = fc.record({
  type: fc.constant('correction' as const),
  of: fc.nat(20),
  replacement: fc.record({
    occurredAt: fc.constantFrom('2026-03-01T08:00:00Z', '2026-03-09T08:00:00Z'),
    fieldOfAction: fc.constantFrom('housing', 'health-care', 'protection', 'work'),
    urgency: fc.constantFrom('low', 'high'),
    dueOn: fc.constantFrom('2026-03-20', '2027-01-01'),
    outcome: fc.constantFrom('died', 'goals-attained'),
    title: fc.constant('Anders gesagt'),
    note: fc.constant('Anders gesagt'),
  }),
});

/** Besides, referrals that rest on no consent. */
const referrals = (['live', 'logged'] as const).map((mode) => {
  const { consentId: _, ...referral } = everyEvent.ReferralMade;
  return { ...referral, mode, type: 'MakeReferral' as const };
});

const command = fc.constantFrom(...everyCommand, ...referrals);

describe('A slim journey', () => {
  it('answers what lists ask as the whole record does, whatever was decided in whatever order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 9, arbitrary: command }, correction), { maxLength: 40 }),
        (commands) => {
          const events = decided(commands);
          expect(asked(foldSlim(events).journey)).toEqual(asked(asOwnerSees(events)));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('answers as what the new owner sees does, when the client is handed to and fro', () => {
    const step: fc.Arbitrary<Step> = fc.oneof(
      { weight: 8, arbitrary: command },
      correction,
      fc.record({
        type: fc.constant('handover' as const),
        further: fc.integer({ min: 1, max: 2 }),
        categories: fc.subarray([...dataCategories]),
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 40 }), (steps) => {
        const events = decided(steps);
        expect(asked(foldSlim(events).journey)).toEqual(asked(asOwnerSees(events)));
      }),
      { numRuns: 300 },
    );
  });

  it('does not know, of a referral from before, what its new owner does not know either', () => {
    const of = (type: string) => everyCommand.find((one) => one.type === type)!;
    const toAndFro = [1, 2].map((further) => ({ type: 'handover' as const, further, categories: [] }));
    const events = decided([
      of('IdentifyNeed'),
      ...referrals.slice(0, 1),
      of('AcceptReferral'),
      of('CompleteReferral'),
      ...toAndFro,
    ]);

    expect(events.filter(({ type }) => type === 'ReferralCompleted')).toHaveLength(1);
    const dues = asked(foldSlim(events).journey)?.dues;
    expect(dues).toContainEqual(expect.objectContaining({ what: 'referral-outcome' }));
    expect(dues).toEqual(asked(asOwnerSees(events))?.dues);
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
