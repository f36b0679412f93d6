import type { Owner } from './events.js';
import { noJourney } from './journey.js';
import type {
  ActiveJourney,
  ClosedJourney,
  Dispute,
  Goal,
  Handover,
  Journey,
  Measure,
  Need,
  Referral,
  VisibleEvent,
} from './journey.js';
import type { ReferralStatus } from './statuses.js';

export const foldJourney = (events: readonly VisibleEvent[]): Journey => events.reduce(evolve, noJourney);

/** One event further. Cannot fail: an event that fits nothing known changes nothing. */
export const evolve = (journey: Journey, event: VisibleEvent): Journey => {
  if (event.type === 'JourneyOpened') return opened(event);
  if (journey.stage === 'none') return journey;
  const entries = [...journey.entries, { eventId: event.eventId, type: event.type }];
  return recorded({ ...journey, entries }, event);
};

type Opened = Extract<VisibleEvent, { type: 'JourneyOpened' }>;
type Later = Exclude<VisibleEvent, { type: 'JourneyOpened' }>;
type Existing = ActiveJourney | ClosedJourney;

const opened = (event: Opened): ActiveJourney => ({
  stage: 'active',
  journeyId: event.data.journeyId,
  clientId: event.data.clientId,
  municipality: event.data.municipality,
  openedOn: event.data.openedOn,
  owner: event.data.owner,
  opening: entryOf(event),
  consents: [],
  contacts: [],
  needs: [],
  potentials: [],
  lifeStories: [],
  goals: [],
  measures: [],
  referrals: [],
  handovers: [],
  ownerships: [
    {
      organisationId: event.data.owner.organisationId,
      fromRevision: event.revision,
      since: event.recordedAt,
      categories: [],
    },
  ],
  legalDomains: [],
  disputes: [],
  entries: [{ eventId: event.eventId, type: event.type }],
  reached: { assessment: false, plan: false, linking: false },
});

const recorded = (journey: Existing, event: Later): Journey => {
  switch (event.type) {
    case 'ConsentGiven':
      return { ...journey, consents: [...journey.consents, entryOf(event)] };
    case 'ConsentWithdrawn':
      return {
        ...journey,
        consents: journey.consents.map((consent) =>
          // Another office may record it once more, which was not told of the first: what has ended stays ended.
          consent.consentId === event.data.consentId && !consent.withdrawal
            ? { ...consent, withdrawal: event.data }
            : consent,
        ),
      };
    case 'ContactRecorded':
      return { ...journey, contacts: [...journey.contacts, entryOf(event)] };
    case 'NeedIdentified':
      return {
        ...journey,
        needs: [...journey.needs, { ...entryOf(event), status: 'open' }],
        reached: { ...journey.reached, assessment: true },
      };
    case 'NeedResolved':
      return { ...journey, needs: journey.needs.map(resolved(event)) };
    case 'PotentialIdentified':
      return {
        ...journey,
        potentials: [...journey.potentials, entryOf(event)],
        reached: { ...journey.reached, assessment: true },
      };
    case 'LifeStoryRecorded':
      return { ...journey, lifeStories: [...journey.lifeStories, entryOf(event)] };
    case 'GoalAgreed':
      return {
        ...journey,
        goals: [...journey.goals, { ...entryOf(event), status: 'open' }],
        reached: { ...journey.reached, plan: true },
      };
    case 'GoalReviewed':
      return { ...journey, goals: journey.goals.map(reviewed(event.data)) };
    case 'MeasurePlanned':
      return { ...journey, measures: [...journey.measures, { ...entryOf(event), status: 'planned' }] };
    case 'MeasureCompleted':
      return { ...journey, measures: journey.measures.map(completed(event.data)) };
    case 'ReferralMade':
      return {
        ...journey,
        referrals: [...journey.referrals, { ...entryOf(event), status: 'made' }],
        reached: { ...journey.reached, linking: true },
      };
    case 'ReferralAccepted':
      return moved(journey, event.data, 'accepted');
    case 'ReferralDeclined':
      return moved(journey, event.data, 'declined', pick(event.data, 'reason'));
    case 'ReferralStarted':
      return moved(journey, event.data, 'started');
    case 'ReferralCompleted':
      return moved(journey, event.data, 'completed', pick(event.data, 'outcome'));
    case 'ReferralCancelled':
      return moved(journey, event.data, 'cancelled');
    case 'HandoverProposed':
      return {
        ...journey,
        handovers: [...journey.handovers, handoverOf(event)],
        reached: { ...journey.reached, linking: true },
      };
    case 'HandoverReturned':
      return stepped(journey, event.data, { step: 'returned', answer: pick(event.data, 'reason', 'note') });
    case 'HandoverApproved':
      return stepped(journey, event.data, {
        step: 'approved',
        approvedAt: event.recordedAt,
        ...pick(event.data, 'acknowledged'),
      });
    case 'HandoverInformationRequested':
      return asked(journey, event);
    case 'HandoverInformationProvided':
      return answered(journey, event);
    case 'HandoverAccepted':
      return accepted(journey, event);
    case 'HandoverDeclined':
      return stepped(journey, event.data, { step: 'declined', answer: pick(event.data, 'reason', 'note') });
    case 'HandoverWithdrawn':
      return stepped(journey, event.data, {
        step: 'withdrawn',
        answer: pick(event.data, 'reason', 'note', 'cause'),
      });
    case 'HandoverLapsed':
      return stepped(journey, event.data, { step: 'lapsed', answer: pick(event.data, 'cause') });
    case 'HandoverEscalated':
      return escalated(journey, event.data);
    case 'HandoverCompleted':
      return stepped(journey, event.data, { step: 'completed' });
    case 'JourneyAssigned':
      return { ...journey, owner: event.data.owner satisfies Owner };
    case 'LegalDomainEntered':
      return event.data.legalDomain === undefined || event.data.effectiveOn === undefined
        ? journey
        : {
            ...journey,
            legalDomains: [
              ...journey.legalDomains,
              {
                ...provenance(event),
                legalDomain: event.data.legalDomain,
                effectiveOn: event.data.effectiveOn,
              },
            ],
          };
    case 'LegalDomainLeft': {
      const { legalDomain, effectiveOn } = event.data;
      return {
        ...journey,
        legalDomains: journey.legalDomains.map((period) =>
          period.legalDomain === legalDomain && period.endedOn === undefined && effectiveOn !== undefined
            ? {
                ...period,
                endedOn: effectiveOn,
                endEventId: event.eventId,
                ...(event.corrected && { corrected: true }),
              }
            : period,
        ),
      };
    }
    case 'DataDisputed':
      return { ...journey, disputes: [...journey.disputes, disputeOf(event)] };
    case 'DisputeResolved':
      return {
        ...journey,
        disputes: journey.disputes.map((dispute) =>
          dispute.disputeId === event.data.disputeId
            ? { ...dispute, status: event.data.outcome ?? 'resolved', ...pick(event.data, 'note') }
            : dispute,
        ),
      };
    case 'DataCorrected':
      // Its effect is on the event it corrects: `withCorrections`, before the fold.
      return journey;
    case 'JourneyClosed':
      return {
        ...journey,
        stage: 'closed',
        closure: {
          ...event.data,
          eventId: event.eventId,
          ...(event.corrected && { corrected: true }),
          closedAt: event.recordedAt,
        },
        goals: journey.goals.map((goal) => (goal.status === 'open' ? { ...goal, status: 'ended' } : goal)),
        measures: journey.measures.map((measure) =>
          measure.status === 'planned' ? { ...measure, status: 'ended' } : measure,
        ),
        referrals: journey.referrals.map((referral) =>
          isOpen(referral.status) ? { ...referral, status: 'ended' } : referral,
        ),
      };
    case 'JourneyReopened': {
      const { closure: _reopened, ...rest } = journey as ClosedJourney;
      return { ...rest, stage: 'active' };
    }
    default:
      return unknownEvent(event, journey);
  }
};

/** A live or logged referral whose outcome is still to come. */
export const isOpen = (status: ReferralStatus): boolean =>
  status === 'made' || status === 'accepted' || status === 'started';

const provenance = ({ eventId, recordedBy, recordedAt, corrected }: VisibleEvent) => ({
  eventId,
  recordedBy,
  recordedAt,
  ...(corrected && { corrected }),
});

const entryOf = <E extends VisibleEvent>(event: E): E['data'] & ReturnType<typeof provenance> => ({
  ...event.data,
  ...provenance(event),
});

/** A dispute names the event that it is about, as the command did, and not its own. */
const disputeOf = (event: Extract<VisibleEvent, { type: 'DataDisputed' }>): Dispute => ({
  ...entryOf(event),
  eventId: event.data.eventId,
  status: 'open',
});

const pick = <D extends object, F extends keyof D>(from: D, ...fields: readonly F[]): Partial<Pick<D, F>> =>
  Object.fromEntries(
    fields.filter((field) => from[field] !== undefined).map((field) => [field, from[field]]),
  ) as Partial<Pick<D, F>>;

const resolved =
  ({ data, recordedAt }: Extract<VisibleEvent, { type: 'NeedResolved' }>) =>
  (need: Need): Need =>
    need.needId === data.needId
      ? { ...need, status: 'resolved', resolvedAt: recordedAt, ...pick(data, 'note') }
      : need;

const reviewed =
  (review: Extract<VisibleEvent, { type: 'GoalReviewed' }>['data']) =>
  (goal: Goal): Goal => {
    if (goal.goalId !== review.goalId || review.result === undefined) return goal;
    const { note: _earlier, ...rest } = goal;
    return { ...rest, status: review.result, ...pick(review, 'note') };
  };

const completed =
  (completion: Extract<VisibleEvent, { type: 'MeasureCompleted' }>['data']) =>
  (measure: Measure): Measure =>
    measure.measureId === completion.measureId
      ? { ...measure, status: 'completed', ...pick(completion, 'note') }
      : measure;

const moved = (
  journey: Existing,
  step: { readonly referralId: string; readonly occurredOn?: string; readonly note?: string },
  status: ReferralStatus,
  answer: Partial<Pick<Referral, 'reason' | 'outcome'>> = {},
): Existing => ({
  ...journey,
  referrals: journey.referrals.map((referral) =>
    referral.referralId === step.referralId
      ? { ...referral, status, ...answer, lastStep: pick(step, 'occurredOn', 'note') }
      : referral,
  ),
});

type Of<T extends VisibleEvent['type']> = Extract<VisibleEvent, { type: T }>;

const handoverOf = (event: Of<'HandoverProposed'>): Handover => ({
  ...entryOf(event),
  step: 'proposed',
  fromOrganisationId: event.recordedBy.organisationId,
  informationRequests: [],
  escalated: [],
});

const changed = (
  journey: Existing,
  handoverId: string,
  change: (handover: Handover) => Partial<Handover>,
): Existing => ({
  ...journey,
  handovers: journey.handovers.map((handover) =>
    handover.handoverId === handoverId ? { ...handover, ...change(handover) } : handover,
  ),
});

const stepped = (
  journey: Existing,
  { handoverId }: { readonly handoverId: string },
  step: Partial<Handover>,
): Existing => changed(journey, handoverId, () => step);

const asked = (journey: Existing, { data, recordedAt }: Of<'HandoverInformationRequested'>): Existing =>
  changed(journey, data.handoverId, ({ informationRequests }) => ({
    step: 'information-requested',
    informationRequests: [...informationRequests, { ...pick(data, 'question'), askedAt: recordedAt }],
  }));

const answered = (journey: Existing, { data, recordedAt }: Of<'HandoverInformationProvided'>): Existing =>
  changed(journey, data.handoverId, ({ informationRequests }) => {
    const last = informationRequests.at(-1);
    const answer = { ...pick(data, 'answer', 'category'), answeredAt: recordedAt };
    return {
      step: 'approved',
      informationRequests: last ? [...informationRequests.slice(0, -1), { ...last, ...answer }] : [],
    };
  });

/** Owner and visibility in one. An open logged referral ends: whoever could record its outcome has left. */
const accepted = (journey: Existing, { data, recordedAt, revision }: Of<'HandoverAccepted'>): Existing => {
  const handover = journey.handovers.find(({ handoverId }) => handoverId === data.handoverId);
  const handovers = journey.handovers.map((earlier) =>
    earlier.step === 'accepted' ? { ...earlier, passedOn: true as const } : earlier,
  );
  const taken = stepped({ ...journey, handovers }, data, {
    step: 'accepted',
    acceptedAt: recordedAt,
    acceptedRevision: revision,
    ...pick(data, 'packageHash'),
  });
  return {
    ...taken,
    owner: data.owner,
    ownerships: [
      ...journey.ownerships,
      {
        organisationId: data.owner.organisationId,
        fromRevision: revision,
        since: recordedAt,
        handoverId: data.handoverId,
        categories: handover?.packageCategories ?? [],
      },
    ],
    referrals: journey.referrals.map((referral) =>
      referral.mode === 'logged' && isOpen(referral.status) ? { ...referral, status: 'ended' } : referral,
    ),
  };
};

const escalated = (journey: Existing, { handoverId, deadline }: Of<'HandoverEscalated'>['data']): Existing =>
  changed(journey, handoverId, (handover) => ({ escalated: [...handover.escalated, deadline] }));

const unknownEvent = (_event: never, journey: Existing): Existing => journey;
