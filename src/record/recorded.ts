/** Where a recorded event comes from: the part of its metadata that decisions and views may use. */
export interface Provenance {
  readonly eventId: string;
  readonly revision: number;
  /** RFC 3339 in UTC; never goes back within a stream. */
  readonly recordedAt: string;
  readonly recordedBy: { readonly organisationId: string; readonly userId: string };
}

export type Recorded<Event> = Event & Provenance;
