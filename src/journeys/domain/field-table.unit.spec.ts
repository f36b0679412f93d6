import { describe, expect, it } from '@jest/globals';
import { everyEvent, everyEventType } from '../../../test/support/every-event.js';
import {
  adviser,
  caseManager,
  contextOf,
  headOfTeam,
  jobCentreWorker,
} from '../../../test/support/office.js';
import { recorded } from '../../../test/support/recorded.js';
import { fieldsOf } from '../../http/index.js';
import type { Kind, Shape } from '../../http/index.js';
import { categoryOf, isSealed } from '../../record/field-table.js';
import type { FieldRule } from '../../record/field-table.js';
import * as assessmentBodies from '../http/assessment.dto.js';
import * as handoverBodies from '../http/handovers.dto.js';
import * as intakeBodies from '../http/intake.dto.js';
import * as planBodies from '../http/plan.dto.js';
import type { JourneyCommand } from './commands.js';
import { dataCategories } from './codes.js';
import { withCorrections } from './corrections.js';
import { decide } from './decide.js';
import type { Actor, Decision } from './decision.js';
import type { JourneyEvent, JourneyEventType } from './events.js';
import { foldJourney } from './evolve.js';
import { journeyFields } from './field-table.js';
import { openJourney } from './opening.js';

const deadlines: Actor = { userId: 'deadlines', organisationId: 'kim-journeys', roles: [] };

const rulesOf = (type: JourneyEventType): Readonly<Record<string, FieldRule>> => journeyFields[type].fields;

describe('the table of fields', () => {
  const rows = everyEventType.flatMap((type) =>
    Object.entries(rulesOf(type)).map(([field, rule]) => ({ type, field, rule })),
  );

  it.each(everyEventType)('has a row for every field of %s, and none for another', (type) => {
    expect(new Set(Object.keys(rulesOf(type)))).toEqual(new Set(Object.keys(everyEvent[type])));
  });

  it.each(rows)('puts $type.$field into one category', ({ rule }) => {
    expect(['process', 'of-need', 'of-potential', 'of-event', 'of-answer', ...dataCategories]).toContain(
      categoryOf(rule),
    );
    expect(rule).toMatch(/^(plain|sealed) [a-z-]+$/);
  });

  it('leaves in the clear only ids, offices, days and the codes that ownership and visibility need', () => {
    const inTheClear = rows.filter(({ rule }) => !isSealed(rule)).map(({ field }) => field);
    expect([...new Set(inTheClear)].sort()).toEqual(
      [
        ...['journeyId', 'clientId', 'consentId', 'contactId', 'needId', 'needIds', 'potentialId', 'goalId'],
        ...['measureId', 'referralId', 'disputeId', 'eventId', 'municipality', 'owner', 'organisationId'],
        ...['recipients', 'purpose', 'mode', 'cause', 'openedOn', 'occurredOn', 'occurredAt', 'dueOn'],
        ...['effectiveOn', 'validFrom', 'validUntil', 'withdrawnOn', 'handoverId', 'toOrganisationId'],
        ...['function', 'basis', 'deadline'],
      ].sort(),
    );
  });
});

/** The events that record what a body says, and the fields under which they do where those are others. */
const recordedAs: Readonly<
  Record<string, { readonly types: readonly JourneyEventType[]; readonly otherwise?: Record<string, string> }>
> = {
  OpenJourneyBody: { types: ['JourneyOpened'] },
  ConsentBody: { types: ['ConsentGiven'] },
  WithdrawalBody: { types: ['ConsentWithdrawn'] },
  ContactBody: { types: ['ContactRecorded'] },
  NeedBody: { types: ['NeedIdentified'] },
  PotentialBody: { types: ['PotentialIdentified'] },
  LifeStoryBody: { types: ['LifeStoryRecorded'] },
  NoteBody: { types: ['NeedResolved', 'MeasureCompleted'] },
  GoalBody: { types: ['GoalAgreed'] },
  GoalReviewBody: { types: ['GoalReviewed'] },
  MeasureBody: { types: ['MeasurePlanned'] },
  ReferralBody: { types: ['ReferralMade'] },
  ReferralStepBody: { types: ['ReferralAccepted', 'ReferralStarted', 'ReferralCancelled'] },
  ReferralDeclineBody: { types: ['ReferralDeclined'] },
  ReferralCompletionBody: { types: ['ReferralCompleted'] },
  AssignmentBody: { types: ['JourneyAssigned'], otherwise: { ownerUserId: 'owner' } },
  AssignmentsBody: {
    types: ['JourneyAssigned'],
    // Whose journeys and which ones: the streams that the events are appended to.
    otherwise: { fromUserId: 'owner', toUserId: 'owner', journeyIds: 'owner' },
  },
  LegalDomainBody: { types: ['LegalDomainEntered'] },
  LegalDomainEndBody: { types: ['LegalDomainLeft'] },
  DisputeBody: { types: ['DataDisputed'] },
  DisputeResolutionBody: { types: ['DisputeResolved'] },
  CorrectionBody: { types: ['DataCorrected'] },
  ClosureBody: { types: ['JourneyClosed'] },
  ReopeningBody: { types: ['JourneyReopened'] },
  HandoverBody: { types: ['HandoverProposed'] },
  HandoverApprovalBody: { types: ['HandoverApproved'] },
  HandoverReasonBody: { types: ['HandoverReturned', 'HandoverDeclined', 'HandoverWithdrawn'] },
  InformationRequestBody: { types: ['HandoverInformationRequested'] },
  InformationBody: { types: ['HandoverInformationProvided'] },
  HandoverAcceptanceBody: { types: ['HandoverAccepted'], otherwise: { ownerUserId: 'owner' } },
};

/** Sent as text, but one of the register's ids or the command is refused; sealed like an address. */
const idsOfRegisters = ['socialArea'];

/** The one note that belongs to the category that it names itself. */
const answers = ['InformationBody.answer'];

const isFreeText = ({ rule, items }: Kind): boolean =>
  items
    ? isFreeText(items)
    : rule.schema['type'] === 'string' &&
      !['enum', 'format', 'pattern', 'anyOf'].some((key) => key in rule.schema);

describe('a field of a command', () => {
  const { basisFrom: _, ...handovers } = handoverBodies;
  const parts = ['InformedBody', 'BasisBody', 'TransitionBody'];
  const bodies = Object.entries<Shape>({
    ...intakeBodies,
    ...assessmentBodies,
    ...planBodies,
    ...handovers,
  }).filter(([name]) => !parts.includes(name));
  const fields = bodies.flatMap(([body, shape]) =>
    [...fieldsOf(shape)].flatMap(([field, kind]) =>
      (recordedAs[body]?.types ?? []).map((type) => ({
        body,
        field,
        kind,
        type,
        rule: rulesOf(type)[recordedAs[body]?.otherwise?.[field] ?? field],
      })),
    ),
  );

  it('is that of a body whose events are known', () => {
    expect(bodies.map(([name]) => name).filter((name) => !(name in recordedAs))).toEqual([]);
    expect(new Set(fields.map(({ body }) => body)).size).toBe(bodies.length);
  });

  it.each(fields)('is recorded under a category: $body.$field in $type', ({ rule }) => {
    expect(rule).toBeDefined();
  });

  const freeTexts = fields.filter(
    ({ kind, field, body }) =>
      isFreeText(kind) && !idsOfRegisters.includes(field) && !answers.includes(`${body}.${field}`),
  );

  it.each(freeTexts)('that takes free text is sealed, and a note: $body.$field in $type', ({ rule }) => {
    expect(rule).toBe('sealed notes');
  });

  it('takes free text wherever a note is recorded: the life story, too', () => {
    const texts = new Set(freeTexts.map(({ type, field }) => `${type}.${field}`));
    const notes = everyEventType.flatMap((type) =>
      Object.entries(rulesOf(type)).flatMap(([field, rule]) =>
        rule === 'sealed notes' ? [`${type}.${field}`] : [],
      ),
    );
    expect(texts).toEqual(new Set(notes));
    expect(texts).toContain('LifeStoryRecorded.text');
  });

  it.each(idsOfRegisters)('that names a place is sealed all the same: %s', (field) => {
    const rules = fields.filter((one) => one.field === field).map(({ rule }) => rule);
    expect(rules).not.toEqual([]);
    for (const rule of rules) expect(isSealed(rule!)).toBe(true);
  });
});

describe('what the deciders record', () => {
  /** One journey from its opening to its reopening, every command with everything that it can say. */
  const story = (): readonly JourneyEvent[] => {
    const events: JourneyEvent[] = [];
    let made = 0;
    const take = (decision: Decision): string => {
      if (!decision.events?.length) throw new Error(`nothing was recorded: ${decision.refusal?.code}`);
      events.push(...decision.events);
      return newId();
    };
    const newId = () => `id-${made}`;
    const packageHash = () => everyEvent.HandoverAccepted.packageHash;
    const context = (actor: Actor, at?: string) => {
      made += 1;
      return { ...contextOf(actor, at), id: newId(), packageHash };
    };
    const does = (actor: Actor, command: JourneyCommand, at?: string): string =>
      take(decide(command, foldJourney(withCorrections(recorded(events))), context(actor, at)));
    const says = <T extends JourneyEventType, Omitted extends string = never>(
      type: T,
      ...omitted: readonly Omitted[]
    ) =>
      Object.fromEntries(
        Object.entries(everyEvent[type]).filter(([field]) => !omitted.includes(field as Omitted)),
      ) as Omit<(typeof everyEvent)[T], Omitted>;

    const opening = { type: 'OpenJourney' as const, ...says('JourneyOpened', 'journeyId', 'owner') };
    take(openJourney(opening, { stage: 'none' }, context(caseManager)));
    const consent = { ...says('ConsentGiven', 'consentId'), purpose: 'referral' as const };
    const consentId = does(caseManager, { type: 'GiveConsent', ...consent });
    does(caseManager, { type: 'RecordContact', ...says('ContactRecorded', 'contactId') });
    const needId = does(caseManager, { type: 'IdentifyNeed', ...says('NeedIdentified', 'needId') });
    does(caseManager, { type: 'IdentifyPotential', ...says('PotentialIdentified', 'potentialId') });
    does(caseManager, { type: 'RecordLifeStory', ...says('LifeStoryRecorded') });
    const goalId = does(caseManager, {
      type: 'AgreeGoal',
      ...says('GoalAgreed', 'goalId'),
      needIds: [needId],
    });
    const measure = { ...says('MeasurePlanned', 'measureId'), goalId };
    const measureId = does(caseManager, { type: 'PlanMeasure', ...measure });
    does(caseManager, { type: 'CompleteMeasure', ...says('MeasureCompleted'), measureId });
    does(caseManager, { type: 'ReviewGoal', ...says('GoalReviewed'), goalId });
    const referral = { ...says('ReferralMade', 'referralId'), needId, consentId };
    const refer = () => does(caseManager, { type: 'MakeReferral', ...referral });
    const first = refer();
    does(adviser, { type: 'AcceptReferral', ...says('ReferralAccepted'), referralId: first });
    does(adviser, { type: 'StartReferral', ...says('ReferralStarted'), referralId: first });
    does(adviser, { type: 'CompleteReferral', ...says('ReferralCompleted'), referralId: first });
    does(adviser, { type: 'DeclineReferral', ...says('ReferralDeclined'), referralId: refer() });
    does(caseManager, { type: 'CancelReferral', ...says('ReferralCancelled', 'cause'), referralId: refer() });
    refer();
    does(caseManager, { type: 'WithdrawConsent', ...says('ConsentWithdrawn'), consentId });
    does(caseManager, { type: 'ResolveNeed', ...says('NeedResolved'), needId });
    const assignment = { ownerUserId: 'bergkamen-cm2', overrideReason: 'Spricht Ukrainisch' };
    does(headOfTeam, { type: 'AssignJourney', ...assignment });
    does(caseManager, { type: 'EnterLegalDomain', ...says('LegalDomainEntered') });
    does(caseManager, { type: 'LeaveLegalDomain', ...says('LegalDomainLeft') });
    const disputeId = does(caseManager, { type: 'DisputeStatement', ...says('DataDisputed', 'disputeId') });
    does(caseManager, { type: 'ResolveDispute', ...says('DisputeResolved'), disputeId });
    does(caseManager, { type: 'CorrectStatement', ...says('DataCorrected') });
    does(caseManager, { type: 'CloseJourney', ...says('JourneyClosed') });
    does(headOfTeam, { type: 'ReopenJourney', ...says('JourneyReopened') });

    const agreed = () =>
      does(caseManager, {
        type: 'GiveConsent',
        ...says('ConsentGiven', 'consentId'),
        purpose: 'handover',
        dataCategories: ['identity', 'employment'],
      });
    const handover = says('HandoverProposed', 'handoverId', 'nonce', 'basis');
    const propose = (on: string) =>
      does(caseManager, {
        type: 'ProposeHandover',
        ...handover,
        basis: { type: 'consent', consentId: on },
      });
    const approve = (handoverId: string) =>
      does(headOfTeam, { type: 'ApproveHandover', ...says('HandoverApproved'), handoverId });
    const withdrawn = agreed();
    const returned = propose(withdrawn);
    does(headOfTeam, { type: 'ReturnHandover', ...says('HandoverReturned'), handoverId: returned });
    const takenBack = says('HandoverWithdrawn', 'cause');
    const anew = propose(withdrawn);
    does(caseManager, { type: 'WithdrawHandover', ...takenBack, handoverId: anew });
    const declined = propose(withdrawn);
    approve(declined);
    const question = says('HandoverInformationRequested');
    does(jobCentreWorker, { type: 'RequestInformation', ...question, handoverId: declined });
    const answer = says('HandoverInformationProvided');
    does(caseManager, { type: 'ProvideInformation', ...answer, handoverId: declined });
    does(jobCentreWorker, { type: 'DeclineHandover', ...says('HandoverDeclined'), handoverId: declined });
    const lapsing = propose(withdrawn);
    does(
      deadlines,
      { type: 'EscalateHandover', handoverId: lapsing, deadline: 'review' },
      '2026-06-01T08:00:00.000Z',
    );
    does(caseManager, { type: 'WithdrawConsent', ...says('ConsentWithdrawn'), consentId: withdrawn });
    const accepted = propose(agreed());
    approve(accepted);
    does(jobCentreWorker, {
      type: 'AcceptHandover',
      ...says('HandoverAccepted', 'owner'),
      handoverId: accepted,
    });
    does(jobCentreWorker, { type: 'RecordContact', ...says('ContactRecorded', 'contactId') });
    return events;
  };

  const shownBy = (events: readonly JourneyEvent[], type: JourneyEventType): ReadonlySet<string> =>
    new Set(events.flatMap((event) => (event.type === type ? Object.keys(event.data) : [])));

  it.each(everyEventType)(
    'has a category field by field, and the table no field that is never recorded: %s',
    (type) => {
      expect(shownBy(story(), type)).toEqual(new Set(Object.keys(rulesOf(type))));
    },
  );
});
