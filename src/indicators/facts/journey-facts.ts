/**
 * What indicators need to know of one journey: codes and days, no person, no id of the record, no word that
 * somebody wrote. Entries are told apart by keyed hashes of their ids.
 */
export interface JourneyFacts {
  readonly opening: Entry<{
    readonly municipality: string;
    readonly openedOn: string;
    readonly socialArea?: string;
    readonly residenceGroup?: string;
    readonly preferredLanguage?: string;
    readonly accessRoute?: string;
  }>;
  readonly contacts: readonly Entry<{
    readonly on: string;
    readonly language?: string;
    readonly interpreter?: boolean;
  }>[];
  readonly consents: readonly Entry<{
    readonly from: string;
    readonly until?: string;
    readonly withdrawnOn?: string;
  }>[];
  readonly needs: readonly Entry<{
    readonly on: string;
    readonly fieldOfAction?: string;
    readonly resolvedOn?: string;
  }>[];
  readonly potentials: readonly { readonly on: string }[];
  readonly goals: readonly Entry<{
    readonly on: string;
    /** Only where it was said that the client has not agreed. */
    readonly agreedByClient?: false;
    readonly reviews: readonly { readonly on: string; readonly result?: string }[];
  }>[];
  readonly referrals: readonly Entry<{
    readonly on: string;
    /** The need's hash. */
    readonly need: string;
    readonly startedOn?: string;
    readonly declinedOn?: string;
    readonly completedOn?: string;
    readonly cancelledOn?: string;
    readonly outcome?: string;
  }>[];
  readonly legalDomains: readonly Entry<{
    readonly from: string;
    readonly until?: string;
    /** Hash of the event that ended it, for corrections. */
    readonly leftAt?: string;
    readonly legalDomain?: string;
  }>[];
  readonly handovers: readonly Entry<{
    readonly on: string;
    /** Of the two offices; `none` for one without a legal domain. */
    readonly offices: string;
    /** The change of legal domain that it serves. */
    readonly transition?: string;
    readonly returnedOn?: string;
    readonly approvedOn?: string;
    readonly acceptedOn?: string;
    /** How many contacts had been recorded when it was accepted. */
    readonly contactsBefore?: number;
    readonly declinedOn?: string;
    readonly declineReason?: string;
    readonly endedOn?: string;
  }>[];
  readonly closures: readonly Entry<{
    readonly on: string;
    readonly outcome?: string;
    readonly reopenedOn?: string;
  }>[];
}

/** `at`: hash of the event that made it, for corrections; `id`: of the thing itself, for what comes later. */
export type Entry<Fields> = Fields & {
  readonly at: string;
  readonly id: string;
  /** What the plain part of the event said, where a correction, which is sealed, says something else. */
  readonly recorded?: Partial<Fields>;
};

/** The same facts once the person is erased: all that was sealed is unknown. */
export const withoutSealed = (facts: JourneyFacts): JourneyFacts => {
  const {
    socialArea: _area,
    residenceGroup: _group,
    preferredLanguage: _language,
    accessRoute: _route,
    ...opening
  } = uncorrected(facts.opening);
  return {
    ...facts,
    opening,
    contacts: facts.contacts.map(uncorrected).map(({ language: _l, interpreter: _i, ...contact }) => contact),
    needs: facts.needs.map(uncorrected).map(({ fieldOfAction: _f, ...need }) => need),
    goals: facts.goals.map(({ agreedByClient: _a, ...goal }) => ({
      ...goal,
      reviews: goal.reviews.map(({ on }) => ({ on })),
    })),
    referrals: facts.referrals.map(({ outcome: _o, ...referral }) => referral),
    // Which period ended is told by its legal domain alone.
    legalDomains: facts.legalDomains
      .map(uncorrected)
      .map(({ legalDomain: _d, until: _u, leftAt: _a, ...period }) => period),
    handovers: facts.handovers.map(({ transition: _t, declineReason: _r, ...handover }) => handover),
    closures: facts.closures.map(uncorrected).map(({ outcome: _o, ...closure }) => closure),
  };
};

const uncorrected = <E extends Entry<object>>({ recorded, ...entry }: E): E =>
  ({ ...entry, ...recorded }) as E;
