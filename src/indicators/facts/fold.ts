import type { Entry, JourneyFacts } from './journey-facts.js';

/** An event as facts are taken from it: whatever of it can be read. */
export interface FactEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly eventId: string;
  readonly recordedAt: string;
  readonly recordedBy: { readonly organisationId: string };
}

/** What the fold asks of others. */
export interface FactContext {
  /** A keyed hash of an id of the record. */
  readonly hashOf: (id: string) => string;
  readonly dayOf: (instant: string) => string;
  readonly legalDomainOf: (organisationId: string) => string | undefined;
}

/** The types of events that facts are taken from. */
export const factEventTypes = [
  'JourneyOpened',
  'ContactRecorded',
  'ConsentGiven',
  'ConsentWithdrawn',
  'NeedIdentified',
  'NeedResolved',
  'PotentialIdentified',
  'GoalAgreed',
  'GoalReviewed',
  'ReferralMade',
  'ReferralStarted',
  'ReferralDeclined',
  'ReferralCompleted',
  'ReferralCancelled',
  'LegalDomainEntered',
  'LegalDomainLeft',
  'HandoverProposed',
  'HandoverReturned',
  'HandoverApproved',
  'HandoverAccepted',
  'HandoverDeclined',
  'HandoverWithdrawn',
  'HandoverLapsed',
  'DataCorrected',
  'JourneyClosed',
  'JourneyReopened',
] as const;

/** The facts one event further. Of an erased person an event has its plain part alone, and facts know less. */
export const factsAfter = (
  facts: JourneyFacts | undefined,
  event: FactEvent,
  context: FactContext,
): JourneyFacts | undefined => {
  if (event.type === 'JourneyOpened') return opened(event, context);
  return facts && further(facts, event, context);
};

const opened = (event: FactEvent, { hashOf }: FactContext): JourneyFacts => ({
  opening: {
    at: hashOf(event.eventId),
    id: '',
    municipality: text(event, 'municipality') ?? '',
    openedOn: text(event, 'openedOn') ?? '',
    ...texts(event, 'socialArea', 'residenceGroup', 'preferredLanguage', 'accessRoute'),
  },
  contacts: [],
  consents: [],
  needs: [],
  potentials: [],
  goals: [],
  referrals: [],
  legalDomains: [],
  handovers: [],
  closures: [],
});

const further = (facts: JourneyFacts, event: FactEvent, context: FactContext): JourneyFacts => {
  const { hashOf, dayOf } = context;
  const recordedOn = dayOf(event.recordedAt);
  const on = text(event, 'occurredOn') ?? recordedOn;
  const entry = (idField: string) => ({
    at: hashOf(event.eventId),
    id: hashOf(text(event, idField) ?? ''),
  });
  const amended = <E extends Entry<object>>(
    entries: readonly E[],
    idField: string,
    fields: Partial<E>,
  ): readonly E[] => {
    const id = hashOf(text(event, idField) ?? '');
    return entries.map((one) => (one.id === id ? { ...one, ...fields } : one));
  };
  const referral = (fields: Partial<JourneyFacts['referrals'][number]>): JourneyFacts => ({
    ...facts,
    referrals: amended(facts.referrals, 'referralId', fields),
  });
  const handover = (fields: Partial<JourneyFacts['handovers'][number]>): JourneyFacts => ({
    ...facts,
    handovers: amended(facts.handovers, 'handoverId', fields),
  });

  switch (event.type) {
    case 'ContactRecorded': {
      const { interpreter } = event.data;
      const contact = {
        ...entry('contactId'),
        on: dayOf(text(event, 'occurredAt') ?? event.recordedAt),
        ...texts(event, 'language'),
        ...(typeof interpreter === 'boolean' && { interpreter }),
      };
      return { ...facts, contacts: [...facts.contacts, contact] };
    }
    case 'ConsentGiven': {
      const until = text(event, 'validUntil');
      const from = text(event, 'validFrom') ?? recordedOn;
      const consent = { ...entry('consentId'), from, ...(until !== undefined && { until }) };
      return { ...facts, consents: [...facts.consents, consent] };
    }
    case 'ConsentWithdrawn': {
      const withdrawnOn = text(event, 'withdrawnOn') ?? recordedOn;
      const consentId = hashOf(text(event, 'consentId') ?? '');
      return {
        ...facts,
        consents: facts.consents.map((consent) =>
          // The first counts: another office may record it once more, which was not told of it.
          consent.id === consentId && consent.withdrawnOn === undefined
            ? { ...consent, withdrawnOn }
            : consent,
        ),
      };
    }
    case 'NeedIdentified':
      return {
        ...facts,
        needs: [...facts.needs, { ...entry('needId'), on, ...texts(event, 'fieldOfAction') }],
      };
    case 'NeedResolved':
      return { ...facts, needs: amended(facts.needs, 'needId', { resolvedOn: recordedOn }) };
    case 'PotentialIdentified':
      return { ...facts, potentials: [...facts.potentials, { on: recordedOn }] };
    case 'GoalAgreed':
      return {
        ...facts,
        goals: [
          ...facts.goals,
          {
            ...entry('goalId'),
            on: recordedOn,
            ...(event.data['agreedByClient'] === false && { agreedByClient: false }),
            reviews: [],
          },
        ],
      };
    case 'GoalReviewed': {
      const id = hashOf(text(event, 'goalId') ?? '');
      const review = { on: recordedOn, ...texts(event, 'result') };
      return {
        ...facts,
        goals: facts.goals.map((goal) =>
          goal.id === id ? { ...goal, reviews: [...goal.reviews, review] } : goal,
        ),
      };
    }
    case 'ReferralMade': {
      const made = { ...entry('referralId'), on: recordedOn, need: hashOf(text(event, 'needId') ?? '') };
      return { ...facts, referrals: [...facts.referrals, made] };
    }
    case 'ReferralStarted':
      return referral({ startedOn: on });
    case 'ReferralDeclined':
      return referral({ declinedOn: on });
    case 'ReferralCompleted':
      return referral({ completedOn: on, ...texts(event, 'outcome') });
    case 'ReferralCancelled':
      return referral({ cancelledOn: on });
    case 'LegalDomainEntered': {
      const from = text(event, 'effectiveOn') ?? recordedOn;
      const period = { ...entry('legalDomain'), id: '', from, ...texts(event, 'legalDomain') };
      return { ...facts, legalDomains: [...facts.legalDomains, period] };
    }
    case 'LegalDomainLeft':
      return { ...facts, legalDomains: left(facts, event, hashOf(event.eventId)) };
    case 'HandoverProposed':
      return { ...facts, handovers: [...facts.handovers, proposed(event, context, entry('handoverId'))] };
    case 'HandoverReturned':
      return handover({ returnedOn: recordedOn });
    case 'HandoverApproved':
      return handover({ approvedOn: recordedOn });
    case 'HandoverAccepted':
      return handover({ acceptedOn: recordedOn, contactsBefore: facts.contacts.length });
    case 'HandoverDeclined': {
      const declineReason = text(event, 'reason');
      return handover({ declinedOn: recordedOn, ...(declineReason !== undefined && { declineReason }) });
    }
    case 'HandoverWithdrawn':
    case 'HandoverLapsed':
      return handover({ endedOn: recordedOn });
    case 'DataCorrected':
      return corrected(facts, event, context);
    case 'JourneyClosed':
      return {
        ...facts,
        closures: [
          ...facts.closures,
          { at: hashOf(event.eventId), id: '', on: recordedOn, ...texts(event, 'outcome') },
        ],
      };
    case 'JourneyReopened':
      return {
        ...facts,
        closures: facts.closures.map((closure, at) =>
          at === facts.closures.length - 1 ? { ...closure, reopenedOn: recordedOn } : closure,
        ),
      };
    default:
      return facts;
  }
};

/** Without the legal domain, which is sealed, it cannot be told which period ended. */
const left = (
  { legalDomains }: JourneyFacts,
  event: FactEvent,
  leftAt: string,
): JourneyFacts['legalDomains'] => {
  const [legalDomain, until] = [text(event, 'legalDomain'), text(event, 'effectiveOn')];
  if (legalDomain === undefined || until === undefined) return legalDomains;
  return legalDomains.map((period) =>
    period.legalDomain === legalDomain && period.until === undefined ? { ...period, until, leftAt } : period,
  );
};

const proposed = (
  event: FactEvent,
  { dayOf, legalDomainOf }: FactContext,
  entry: Entry<object>,
): JourneyFacts['handovers'][number] => {
  const { transition } = event.data;
  const office = (organisationId: string): string => legalDomainOf(organisationId) ?? 'none';
  return {
    ...entry,
    on: dayOf(event.recordedAt),
    offices: `${office(event.recordedBy.organisationId)}>${office(text(event, 'toOrganisationId') ?? '')}`,
    ...(isTransition(transition) && { transition: `${transition.from}>${transition.to}` }),
  };
};

const isTransition = (value: unknown): value is { readonly from: string; readonly to: string } =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value;

/** The corrected fields of the entry that the corrected event made, as far as facts have them. */
const corrected = (facts: JourneyFacts, event: FactEvent, { hashOf, dayOf }: FactContext): JourneyFacts => {
  const at = hashOf(text(event, 'eventId') ?? '');
  const replacement = event.data['replacement'];
  if (typeof replacement !== 'object' || replacement === null) return facts;
  const corrections = { data: replacement as Readonly<Record<string, unknown>> };
  const amend = <E extends Entry<object>>(
    entry: E,
    fields: Partial<E>,
    plain: readonly (keyof E)[] = [],
  ): E => {
    if (entry.at !== at) return entry;
    const before = Object.fromEntries(
      plain.flatMap((field) => (field in fields ? [[field, entry[field]]] : [])),
    );
    const recorded = { ...before, ...entry.recorded };
    return { ...entry, ...fields, ...(Object.keys(recorded).length > 0 && { recorded }) };
  };
  const occurredAt = text(corrections, 'occurredAt');
  const occurredOn = text(corrections, 'occurredOn');
  const effectiveOn = text(corrections, 'effectiveOn');
  const { interpreter } = corrections.data;
  return {
    ...facts,
    opening: amend(
      facts.opening,
      texts(
        corrections,
        'municipality',
        'openedOn',
        'socialArea',
        'residenceGroup',
        'preferredLanguage',
        'accessRoute',
      ),
      ['municipality', 'openedOn'],
    ),
    contacts: facts.contacts.map((contact) =>
      amend(
        contact,
        {
          ...texts(corrections, 'language'),
          ...(occurredAt !== undefined && { on: dayOf(occurredAt) }),
          ...(typeof interpreter === 'boolean' && { interpreter }),
        },
        ['on'],
      ),
    ),
    needs: facts.needs.map((need) =>
      amend(
        need,
        {
          ...texts(corrections, 'fieldOfAction'),
          ...(occurredOn !== undefined && { on: occurredOn }),
        },
        ['on'],
      ),
    ),
    legalDomains: facts.legalDomains.map((period) =>
      // Its end is known as long as its legal domain is, so what was recorded of the end need not be kept.
      effectiveOn !== undefined && period.leftAt === at
        ? { ...period, until: effectiveOn }
        : amend(
            period,
            {
              ...texts(corrections, 'legalDomain'),
              ...(effectiveOn !== undefined && { from: effectiveOn }),
            },
            ['from'],
          ),
    ),
    closures: facts.closures.map((closure) => amend(closure, texts(corrections, 'outcome'))),
  };
};

const text = ({ data }: Pick<FactEvent, 'data'>, field: string): string | undefined => {
  const value = data[field];
  return typeof value === 'string' ? value : undefined;
};

const texts = <Field extends string>(
  event: Pick<FactEvent, 'data'>,
  ...fields: readonly Field[]
): { readonly [F in Field]?: string } =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const value = text(event, field);
      return value === undefined ? [] : [[field, value]];
    }),
  ) as { readonly [F in Field]?: string };
