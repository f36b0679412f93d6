import type { LegalDomain, Gender } from './codes.js';
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
  readonly registers: Registers;
  /** Whether the value is one that the field of such an event may have. */
  readonly fits: (type: JourneyEventType, field: string, value: unknown) => boolean;
}

export interface Registers {
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

export const refuse = (code: string): Decision => ({ refusal: { kind: 'state', code } });

export const notFound: Decision = { refusal: { kind: 'unknown', code: 'not-found' } };

export const notAllowed = (code: string): Decision => ({ refusal: { kind: 'not-allowed', code } });

export const invalid = (code: string, pointer: string): Decision => ({
  refusal: { kind: 'input', code, pointer },
});
