import fc from 'fast-check';
import {
  consentPurposes,
  dataCategories,
  fieldsOfAction,
  potentialKinds,
} from '../../src/journeys/domain/codes.js';
import type { DataCategory, FieldOfAction, PotentialKind } from '../../src/journeys/domain/codes.js';
import type { JourneyEvent, JourneyEventType } from '../../src/journeys/domain/events.js';
import { journeyFields } from '../../src/journeys/domain/field-table.js';
import { correctable } from '../../src/journeys/domain/statements.js';
import { categoryOf } from '../../src/record/field-table.js';
import type { FieldRule } from '../../src/record/field-table.js';
import { everyEvent, everyEventType } from './every-event.js';
import { integrationManagement } from './office.js';
import { entry } from './recorded.js';

/** The organisation that must not come to light before the reader. */
export const thirdOffice = 'third-office';

/**
 * A generated journey in which every value of a category is a canary that says where it belongs:
 * `~notes~7~`, or `~of-need:n2~8~` where another event settles it. What settles a category, and what events
 * refer to each other by, are the real things.
 */
export interface PlantedJourney {
  readonly events: readonly JourneyEvent[];
  /** Who a referral was made to, by its id. */
  readonly referrals: ReadonlyMap<string, { readonly to: string; readonly mode: 'live' | 'logged' }>;
}

export const canary = /~([a-z-]+)(?::([^~]+))?~\d+~/g;

interface Choice {
  readonly type: JourneyEventType;
  readonly pick: number;
  readonly code: number;
  readonly bits: number;
  readonly yes: boolean;
}

export const anyJourney = (reader: string): fc.Arbitrary<PlantedJourney> =>
  fc
    .array(
      fc.record<Choice>({
        type: fc.constantFrom(
          ...everyEventType.filter(
            // Handovers move ownership: what is seen of them stands in `handover-view.unit.spec.ts`.
            (type) => type !== 'JourneyOpened' && !type.startsWith('Handover'),
          ),
        ),
        pick: fc.nat(1_000),
        code: fc.nat(1_000),
        bits: fc.nat(2 ** 15 - 1),
        yes: fc.boolean(),
      }),
      { minLength: 5, maxLength: 60 },
    )
    .map((choices) => plant(choices, reader));

const plant = (choices: readonly Choice[], reader: string): PlantedJourney => {
  const events: JourneyEvent[] = [];
  const referrals = new Map<string, { to: string; mode: 'live' | 'logged' }>();
  let planted = 0;

  const value = (rule: FieldRule, of: string): unknown => {
    const category = categoryOf(rule);
    if (category === 'process') return 'process';
    planted += 1;
    return category.startsWith('of-') ? `~${category}:${of}~${planted}~` : `~${category}~${planted}~`;
  };
  /** Every field that the event can have, planted, but for those that are given. */
  const add = (type: JourneyEventType, of: string, given: Readonly<Record<string, unknown>>): void => {
    const rules = Object.entries<FieldRule>(journeyFields[type].fields);
    const data = Object.fromEntries(rules.map(([field, rule]) => [field, given[field] ?? value(rule, of)]));
    events.push({ type, data } as unknown as JourneyEvent);
  };
  const idsOf = (type: JourneyEventType, field: string): readonly string[] =>
    events.flatMap((event) =>
      event.type === type ? [(event.data as unknown as Record<string, string>)[field]!] : [],
    );
  const one = <T>(from: readonly T[], index: number): T | undefined => from[index % from.length];

  const { journeyId, clientId, municipality, owner, openedOn } = everyEvent.JourneyOpened;
  add('JourneyOpened', '', { journeyId, clientId, municipality, owner, openedOn });

  for (const { type, pick, code, bits, yes } of choices) {
    const id = `${type}-${events.length}`;
    const needId = one(idsOf('NeedIdentified', 'needId'), pick);
    const goalId = one(idsOf('GoalAgreed', 'goalId'), pick);
    const to = yes ? reader : thirdOffice;
    const consentId = one(idsOf('ConsentGiven', 'consentId'), pick);
    const consentToThem = one(consentsNaming(to, events), pick);
    switch (type) {
      case 'ConsentGiven':
        add(type, id, {
          consentId: id,
          purpose: one(consentPurposes, code),
          recipients: one([[reader], [thirdOffice], [thirdOffice, reader], [integrationManagement]], pick),
          dataCategories: dataCategories.filter((_, index) => bits & (1 << index)),
          validFrom: '2026-01-01',
          validUntil: '2026-12-31',
          includesArticle9: yes,
        });
        break;
      case 'ConsentWithdrawn':
        if (consentId) add(type, consentId, { consentId, withdrawnOn: '2026-03-09' });
        break;
      case 'NeedIdentified':
        add(type, id, { needId: id, fieldOfAction: one(fieldsOfAction, code) });
        break;
      case 'NeedResolved':
        if (needId) add(type, needId, { needId });
        break;
      case 'PotentialIdentified':
        add(type, id, { potentialId: id, kind: one(potentialKinds, code) });
        break;
      case 'GoalAgreed':
        add(type, id, { goalId: id, needIds: idsOf('NeedIdentified', 'needId').slice(pick % 3) });
        break;
      case 'GoalReviewed':
        if (goalId) add(type, goalId, { goalId });
        break;
      case 'MeasurePlanned':
        if (goalId) add(type, id, { measureId: id, goalId });
        break;
      case 'MeasureCompleted': {
        const measureId = one(idsOf('MeasurePlanned', 'measureId'), pick);
        if (measureId) add(type, measureId, { measureId });
        break;
      }
      case 'ReferralMade': {
        const mode = code % 2 ? 'live' : 'logged';
        referrals.set(id, { to, mode });
        add(type, id, {
          referralId: id,
          organisationId: to,
          mode,
          needId: needId ?? 'none',
          consentId: consentToThem ?? 'none',
        });
        break;
      }
      case 'ReferralAccepted':
      case 'ReferralDeclined':
      case 'ReferralStarted':
      case 'ReferralCompleted':
      case 'ReferralCancelled': {
        const referralId = one([...referrals.keys()], pick);
        if (referralId) add(type, referralId, { referralId });
        break;
      }
      case 'JourneyAssigned':
        add(type, id, { owner });
        break;
      case 'DataDisputed': {
        const about = pick % events.length;
        add(type, entry(about), { disputeId: id, eventId: entry(about) });
        break;
      }
      case 'DisputeResolved': {
        const disputeId = one(idsOf('DataDisputed', 'disputeId'), pick);
        if (disputeId) add(type, disputeId, { disputeId });
        break;
      }
      case 'DataCorrected': {
        const about = pick % events.length;
        const corrected = events[about]!;
        if (!(corrected.type in correctable)) break;
        const rules: Readonly<Record<string, FieldRule>> = journeyFields[corrected.type].fields;
        const { needId: of = '' } = corrected.data as { needId?: string };
        const { potentialId = of } = corrected.data as { potentialId?: string };
        const fields = correctable[corrected.type as keyof typeof correctable].filter(
          (_, i) => bits & (1 << i),
        );
        if (fields.length === 0) break;
        const settling: Readonly<Record<string, unknown>> = {
          ...(corrected.type === 'NeedIdentified' && { fieldOfAction: one(fieldsOfAction, code) }),
          ...(corrected.type === 'PotentialIdentified' && { kind: one(potentialKinds, code) }),
        };
        add(type, entry(about), {
          eventId: entry(about),
          replacement: Object.fromEntries(
            fields.map((field) => [field, settling[field] ?? value(rules[field]!, potentialId)]),
          ),
        });
        break;
      }
      default:
        add(type, id, {});
    }
  }
  return { events, referrals };
};

/** The ids of the consents that name this organisation among their recipients. */
export const consentsNaming = (organisationId: string, events: readonly JourneyEvent[]): readonly string[] =>
  events.flatMap(({ type, data }) =>
    type === 'ConsentGiven' && data.recipients.includes(organisationId) ? [data.consentId] : [],
  );

/** What `domain.md` says of data categories, written down a second time. */
export const categoryOfNeed = (field: FieldOfAction | undefined): DataCategory => {
  if (field === 'health-care') return 'health';
  return field === 'protection' || field === 'discrimination' ? 'protection' : 'needs';
};

export const categoryOfPotential = (kind: PotentialKind | undefined): DataCategory => {
  const categories = {
    language: 'language',
    qualification: 'education',
    recognition: 'education',
    'work-experience': 'employment',
    volunteering: 'potentials',
    strength: 'potentials',
  } as const;
  return categories[kind ?? 'strength'];
};
