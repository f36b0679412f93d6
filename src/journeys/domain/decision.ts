import type { DataCategory, Gender, HandoverFunction, LegalDomain, Periods } from './codes.js';
import type { Calendar } from './due.js';
import type { JourneyEvent, JourneyEventData, JourneyEventType } from './events.js';

/** Why a command was not carried out; nothing was recorded. */
export interface Refusal {
  /**
   * `state`: the journey is not where the command needs it to be. `unknown`: what the address names does
   * not exist. `not-allowed`: the caller knows it but may not do it. `input`: the body names something that
   * no register holds, at `pointer`.
   */
  readonly kind: 'state' | 'unknown' | 'not-allowed' | 'input';
  /** Says which rule, in the contract's manner (`journey-closed`). */
  readonly code: string;
  readonly pointer?: string;
  /** What helps to do it right: ids and codes of registers, never what somebody wrote. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export type Decision =
  | { readonly events: readonly JourneyEvent[]; readonly refusal?: never }
  | { readonly refusal: Refusal; readonly events?: never };

export interface Actor {
  readonly userId: string;
  readonly organisationId: string;
  readonly roles: readonly string[];
}

/** What a decision may know beside the journey: who asks, when, and the registers. */
export interface Context {
  readonly actor: Actor;
  /** RFC 3339 in UTC. */
  readonly now: string;
  /** The day of `now` in Europe/Berlin. */
  readonly today: string;
  /** The id for whatever the command makes; derives from the command id. */
  readonly id: string;
  /** 128 random bits for a handover's package. */
  readonly nonce: () => string;
  /** The hash of that handover's package as it stands now; undefined if there is no such handover. */
  readonly packageHash: (handoverId: string) => string | undefined;
  /** The fields of that entry as the caller sees them, corrections applied; undefined if they see nothing of it. */
  readonly statement: (eventId: string) => Readonly<Record<string, unknown>> | undefined;
  /** Working days and periods by which a step of a handover is overdue. */
  readonly deadlines: Deadlines;
  readonly registers: Registers;
  /** The value, in the one way to write it, if it is one that the field of such an event may have. */
  readonly fitting: (
    type: JourneyEventType,
    field: string,
    value: unknown,
  ) => { readonly value: unknown } | undefined;
}

/** When something is due. */
export interface Deadlines {
  readonly calendar: Calendar;
  /** The periods of that organisation. */
  readonly periodsOf: (organisationId: string) => Periods;
}

export interface Registers {
  /** All organisations that are competent on that day. */
  competentFor(
    wanted: HandoverFunction,
    municipality: string,
    on: string,
  ): readonly { readonly id: string }[];
  statutoryRule(rule: string): { readonly rule: string } | undefined;
  /** The statutes by which the one legal domain may transfer something to the other. */
  statutoryRules(
    from: LegalDomain | undefined,
    to: LegalDomain | undefined,
  ): readonly { readonly rule: string; readonly categories: readonly DataCategory[] }[];
  /** What is refused for that pair whatever the basis. */
  neverTransferred(from: LegalDomain | undefined, to: LegalDomain | undefined): readonly DataCategory[];
  organisation(id: string): { readonly id: string; readonly legalDomain?: LegalDomain } | undefined;
  servesMunicipality(organisationId: string, municipality: string): boolean;
  socialAreaIn(socialArea: string, municipality: string): boolean;
  user(
    userId: string,
  ):
    | { readonly organisation: string; readonly roles: readonly string[]; readonly gender?: Gender }
    | undefined;
}

export const happened = <T extends JourneyEventType>(type: T, data: JourneyEventData[T]): Decision => ({
  events: [{ type, data } as JourneyEvent],
});

/** The command finds everything as it asks for it. */
export const nothingToDo: Decision = { events: [] };

/** Whether a command says nothing but what the record says already; only then is there nothing to do. */
export const repeats = (command: object, known: object): boolean => {
  const recorded = known as Readonly<Record<string, unknown>>;
  return Object.entries(command).every(([field, value]) => value === undefined || value === recorded[field]);
};

export const refuse = (code: string, extensions?: Refusal['extensions']): Decision => ({
  refusal: { kind: 'state', code, ...(extensions && { extensions }) },
});

export const notFound: Decision = { refusal: { kind: 'unknown', code: 'not-found' } };

export const notAllowed = (code: string): Decision => ({ refusal: { kind: 'not-allowed', code } });

export const invalid = (code: string, pointer: string): Decision => ({
  refusal: { kind: 'input', code, pointer },
});
