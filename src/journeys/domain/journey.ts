import type { Recorded } from '../../record/recorded.js';
import type { JourneyFields } from './field-table.js';
import type { DataCategory, HandoverDeadline, HandoverReason, HandoverStep } from './codes.js';
import type {
  ConsentGiven,
  ConsentWithdrawn,
  ContactRecorded,
  DataDisputed,
  GoalAgreed,
  HandoverProposed,
  JourneyClosed,
  JourneyEventData,
  JourneyEventType,
  JourneyOpened,
  LifeStoryRecorded,
  MeasurePlanned,
  NeedIdentified,
  Owner,
  PotentialIdentified,
  ReferralCompleted,
  ReferralDeclined,
  ReferralMade,
} from './events.js';
import type {
  DisputeStatus,
  GoalStatus,
  HandoverCause,
  MeasureStatus,
  NeedStatus,
  ReferralStatus,
} from './statuses.js';

/** Process fields stand for every reader; a field of a category may have been redacted. */
type ProcessField<T extends JourneyEventType> = {
  [F in keyof JourneyEventData[T]]: F extends keyof JourneyFields[T]['fields']
    ? JourneyFields[T]['fields'][F] extends `plain process`
      ? F
      : never
    : never;
}[keyof JourneyEventData[T]];

type Visible<T extends JourneyEventType> = Pick<
  JourneyEventData[T],
  Extract<ProcessField<T>, keyof JourneyEventData[T]>
> &
  Partial<Omit<JourneyEventData[T], Extract<ProcessField<T>, keyof JourneyEventData[T]>>>;

/** An event as a reader or a decision sees it: whole, or with the fields of some categories taken out. */
export type VisibleEvent = {
  [T in JourneyEventType]: Recorded<{ readonly type: T; readonly data: Visible<T> }> & {
    /** A later correction replaced some of the event's fields. */
    readonly corrected?: true;
  };
}[JourneyEventType];

type Kept<D, Required extends keyof D> = Pick<D, Required> & Partial<Omit<D, Required>>;

interface Entry {
  readonly eventId: string;
  readonly recordedBy: { readonly organisationId: string; readonly userId: string };
  readonly recordedAt: string;
  readonly corrected?: true;
}

/** What was noted when it came to the status that it has. */
interface Answered {
  readonly note?: string;
}

export type Consent = Kept<ConsentGiven, 'consentId' | 'purpose' | 'recipients' | 'validFrom'> &
  Entry & { readonly withdrawal?: Kept<ConsentWithdrawn, 'consentId' | 'withdrawnOn'> };
export type Contact = Kept<ContactRecorded, 'contactId'> & Entry;
export type Need = Kept<NeedIdentified, 'needId'> &
  Entry & { readonly status: NeedStatus; readonly resolvedAt?: string } & Answered;
export type Potential = Kept<PotentialIdentified, 'potentialId'> & Entry;
export type LifeStory = Partial<LifeStoryRecorded> & Entry;
export type Goal = Kept<GoalAgreed, 'goalId'> & Entry & { readonly status: GoalStatus } & Answered;
export type Measure = Kept<MeasurePlanned, 'measureId'> &
  Entry & { readonly status: MeasureStatus } & Answered;
export type Referral = Kept<ReferralMade, 'referralId'> &
  Entry &
  Partial<Pick<ReferralDeclined, 'reason'> & Pick<ReferralCompleted, 'outcome'>> & {
    readonly status: ReferralStatus;
    readonly lastStep?: Answered & { readonly occurredOn?: string };
  };
/** A question of the receiving office, and its answer if it came. */
export interface InformationRequest {
  readonly question?: string;
  readonly askedAt: string;
  readonly answer?: string;
  readonly category?: DataCategory;
  readonly answeredAt?: string;
}
export type Handover = Kept<HandoverProposed, 'handoverId' | 'toOrganisationId' | 'function' | 'basis'> &
  Entry & {
    readonly step: HandoverStep;
    readonly fromOrganisationId: string;
    readonly approvedAt?: string;
    /** What the supervisor looked at before approving. */
    readonly acknowledged?: readonly string[];
    readonly acceptedAt?: string;
    readonly acceptedRevision?: number;
    readonly packageHash?: string;
    /** Its new owner handed the client on before having met them. */
    readonly passedOn?: true;
    readonly informationRequests: readonly InformationRequest[];
    readonly escalated: readonly HandoverDeadline[];
    /** How it came to where it ended or was returned. */
    readonly answer?: Answered & { readonly reason?: HandoverReason; readonly cause?: HandoverCause };
  };
/** One office's time of responsibility; the last is the present one. */
export interface Ownership {
  readonly organisationId: string;
  readonly fromRevision: number;
  /** RFC 3339 in UTC. */
  readonly since: string;
  /** The handover by which it came, with the categories of the past that came with it; the first has none. */
  readonly handoverId?: string;
  readonly categories: readonly DataCategory[];
}
export interface LegalDomainPeriod extends Entry {
  readonly legalDomain: string;
  readonly effectiveOn: string;
  readonly endedOn?: string;
  /** What says that it has ended. */
  readonly endEventId?: string;
}
export type Dispute = Kept<DataDisputed, 'disputeId' | 'eventId'> &
  Entry & { readonly status: DisputeStatus } & Answered;

interface Recordings {
  readonly journeyId: string;
  readonly clientId: string;
  readonly municipality: string;
  readonly openedOn: string;
  readonly owner: Owner;
  readonly opening: Kept<JourneyOpened, 'journeyId' | 'clientId' | 'municipality' | 'openedOn'> & Entry;
  readonly consents: readonly Consent[];
  readonly contacts: readonly Contact[];
  readonly needs: readonly Need[];
  readonly potentials: readonly Potential[];
  readonly lifeStories: readonly LifeStory[];
  readonly goals: readonly Goal[];
  readonly measures: readonly Measure[];
  readonly referrals: readonly Referral[];
  readonly handovers: readonly Handover[];
  readonly ownerships: readonly [Ownership, ...Ownership[]];
  readonly legalDomains: readonly LegalDomainPeriod[];
  readonly disputes: readonly Dispute[];
  /** Ids and types of everything recorded: what a dispute or a correction may refer to. */
  readonly entries: readonly { readonly eventId: string; readonly type: JourneyEventType }[];
  /** The phases that the journey has gone through; see `phaseOf`. */
  readonly reached: { readonly assessment: boolean; readonly plan: boolean; readonly linking: boolean };
}

export interface NoJourney {
  readonly stage: 'none';
}
export interface ActiveJourney extends Recordings {
  readonly stage: 'active';
}
export interface ClosedJourney extends Recordings {
  readonly stage: 'closed';
  readonly closure: Partial<JourneyClosed> &
    Pick<Entry, 'eventId' | 'corrected'> & { readonly closedAt: string };
}
export type Journey = NoJourney | ActiveJourney | ClosedJourney;

export const noJourney: Journey = { stage: 'none' };
